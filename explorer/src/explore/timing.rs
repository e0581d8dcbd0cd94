//! What is usual, by simulation: likely orders with the delay that breaks them, and luck.
use super::phases::with_timed;
use super::{Exploration, Settings};
use crate::allowance::{Allowance, Spent};
use crate::execution::Machine;
use crate::outputs::Orders;
use crate::search::timed::{HeldUp, Timed};
use std::collections::HashMap;

/// From this share of the runs on an order is likely.
const LIKELY: f64 = 0.95;

/// A pair that comes together in fewer of the runs is not spoken of.
const TOGETHER: f64 = 0.25;

/// No more of each than this are told.
const MAX_TOLD: usize = 50;

/// At so many places before its line a thread is held up, to see whether that turns an order round.
const MAX_PLACES: u32 = 8;

/// An order that is not guaranteed, but usual.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Likely {
    /// The earlier line.
    pub before: String,
    /// The later line.
    pub after: String,
    /// In this share of the runs that print both.
    pub share: f64,
    /// Held up by this many milliseconds somewhere before it prints the earlier line, its thread comes later. `None`:
    /// not by one delay of that thread alone.
    pub margin_ms: Option<f64>,
}

/// Two lines that come now in one order, now in the other.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Luck {
    /// A line.
    pub one: String,
    /// Another.
    pub other: String,
    /// The share of the runs in which the first of them came first.
    pub share: f64,
}

/// What the simulation says.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Timing {
    /// Simulated runs.
    pub runs: u32,
    /// Usual orders; what follows from two others is left out.
    pub likely: Vec<Likely>,
    /// The rest.
    pub luck: Vec<Luck>,
    /// So many more pairs.
    pub left_out: usize,
}

/// A run: how each line was printed first.
type Run = Vec<Option<First>>;

/// When a line was printed first, and where.
#[derive(Clone, Copy)]
struct First {
    at: u64,
    thread: usize,
    after: u32,
}

/// Simulates some runs in time, always the same for the same seed. `None` where the exploration has no orders of lines
/// to compare with.
pub fn timing(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    exploration: &Exploration,
    runs: u32,
    seed: u64,
) -> Option<Timing> {
    let endless = Allowance::endless();
    let orders = exploration.outputs.as_ref().ok()?.orders(&endless).ok()??;
    timing_of(program, settings, &orders, runs, seed, &endless).ok()
}

/// The same, for orders that are known.
///
/// # Errors
/// When the allowance is spent.
pub fn timing_of(
    program: &(impl Fn() + Clone + 'static),
    settings: &Settings,
    orders: &Orders,
    runs: u32,
    seed: u64,
    allowance: &Allowance<'_>,
) -> Result<Timing, Spent> {
    let numbers: HashMap<&str, usize> = orders
        .lines
        .iter()
        .enumerate()
        .map(|(number, line)| (line.as_str(), number))
        .collect();
    let machine = Machine::new(
        Box::new(Timed::new(None, None, settings.max_steps, settings.stderr)),
        settings.plain(),
        false,
    );
    let simulate = |seed: Option<u64>, held_up: Option<HeldUp>| -> Result<Run, Spent> {
        allowance.look()?;
        let search = Timed::new(seed, held_up, settings.max_steps, settings.stderr);
        machine.with(|inner| inner.search = Box::new(search));
        machine.run(program.clone());
        let prints = with_timed(&machine, Timed::take_prints);
        let mut run = vec![None; numbers.len()];
        for print in &prints {
            for line in print.text.lines() {
                if let Some(&number) = numbers.get(line) {
                    let first: &mut Option<First> = &mut run[number];
                    first.get_or_insert(First {
                        at: print.at,
                        thread: print.thread,
                        after: print.after,
                    });
                }
            }
        }
        Ok(run)
    };
    let runs: Vec<Run> = (0..u64::from(runs))
        .map(|number| simulate(Some(seed.wrapping_add(number)), None))
        .collect::<Result<_, Spent>>()?;
    let usual = simulate(None, None)?;
    let shares = shares(orders, &runs);
    let likely = |before: usize, after: usize| {
        shares
            .get(&(before, after))
            .is_some_and(|&share| share >= LIKELY)
    };
    let follows = |before: usize, after: usize| {
        (0..orders.lines.len()).any(|between| {
            let link = |one, two| likely(one, two) || orders.fixed(one, two);
            between != before && between != after && link(before, between) && link(between, after)
        })
    };
    let mut timing = Timing {
        runs: runs.len() as u32,
        ..Timing::default()
    };
    let mut pairs: Vec<_> = shares.iter().map(|(&pair, &share)| (pair, share)).collect();
    pairs.sort_by_key(|&(pair, _)| pair);
    for ((before, after), share) in pairs {
        let (one, other) = (orders.lines[before].clone(), orders.lines[after].clone());
        if share >= LIKELY {
            if follows(before, after) {
                continue;
            }
            if timing.likely.len() >= MAX_TOLD {
                timing.left_out += 1;
                continue;
            }
            timing.likely.push(Likely {
                before: one,
                after: other,
                share,
                margin_ms: margin(&usual, before, after, |held_up| {
                    simulate(None, Some(held_up))
                })?,
            });
        } else if share > 1.0 - LIKELY && before < after {
            if timing.luck.len() >= MAX_TOLD {
                timing.left_out += 1;
                continue;
            }
            timing.luck.push(Luck { one, other, share });
        }
    }
    Ok(timing)
}

/// For each pair that is not in a fixed order: how often the first came first, of the runs that print both.
fn shares(orders: &Orders, runs: &[Run]) -> HashMap<(usize, usize), f64> {
    let mut shares = HashMap::new();
    for one in 0..orders.lines.len() {
        for other in 0..orders.lines.len() {
            if !orders.open(one, other) {
                continue;
            }
            let both = runs.iter().filter_map(|run| run[one].zip(run[other]));
            let (mut together, mut first) = (0u32, 0u32);
            for (one, other) in both {
                together += 1;
                first += u32::from(one.at < other.at);
            }
            if f64::from(together) >= TOGETHER * runs.len() as f64 && together > 0 {
                shares.insert((one, other), f64::from(first) / f64::from(together));
            }
        }
    }
    shares
}

/// The delay of the earlier line's thread that turns the order round, tried out: right before the line, and where that
/// holds the other up too (because a lock is held there), before the operations that lead to it, or at the start.
fn margin(
    usual: &Run,
    before: usize,
    after: usize,
    mut simulate: impl FnMut(HeldUp) -> Result<Run, Spent>,
) -> Result<Option<f64>, Spent> {
    let (Some(early), Some(late)) = (usual[before], usual[after]) else {
        return Ok(None);
    };
    let Some(margin) = late.at.checked_sub(early.at) else {
        return Ok(None);
    };
    let nearest = early.after.saturating_sub(MAX_PLACES - 1);
    let places = (nearest.max(1)..=early.after).rev().chain([0]);
    for place in places {
        let run = simulate(HeldUp {
            thread: early.thread,
            after: place,
            by: margin + margin / 20 + 1_000_000,
        })?;
        let turned = match (run[before], run[after]) {
            (Some(early), Some(late)) => late.at < early.at,
            // Held up beyond the end of the process.
            (None, Some(_)) => true,
            _ => false,
        };
        if turned {
            return Ok(Some(margin as f64 / 1e6));
        }
    }
    Ok(None)
}
