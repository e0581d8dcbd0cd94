//! The class as a whole: how points are distributed, what goes wrong most often.

use std::collections::BTreeMap;

use super::mark::Sheet;
use crate::assignment::Assignment;
use crate::verdict::Verdict;

/// Into how many parts the points are divided.
pub(super) const BARS: usize = 10;

/// How many mistakes are listed.
const MISTAKES: usize = 12;

/// One task over the whole class.
#[derive(Clone, Debug, Default)]
pub(super) struct TaskCounts {
    /// How many of each verdict, by name.
    pub verdicts: BTreeMap<&'static str, usize>,
    pub open: usize,
    pub sum: f64,
    pub counted: usize,
}

/// One line of the list of students.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub id: String,
    pub name: String,
    pub file: String,
    pub points: Option<f64>,
    pub verdicts: Vec<Option<Verdict>>,
}

/// The class as a whole.
#[derive(Clone, Debug)]
pub(super) struct Class {
    pub lines: Vec<Line>,
    pub tasks: Vec<TaskCounts>,
    pub bars: [usize; BARS],
    mistakes: BTreeMap<(String, String), usize>,
    max: f64,
}

impl Class {
    pub(super) fn new(assignment: &Assignment) -> Class {
        Class {
            lines: Vec::new(),
            tasks: vec![TaskCounts::default(); assignment.tasks.len()],
            bars: [0; BARS],
            mistakes: BTreeMap::new(),
            max: assignment.max_points(),
        }
    }

    pub(super) fn add(&mut self, sheet: &Sheet<'_>, file: &str) {
        for (counts, mark) in self.tasks.iter_mut().zip(&sheet.marks) {
            match mark.verdict {
                Some(verdict) => *counts.verdicts.entry(verdict.name()).or_default() += 1,
                None => counts.open += 1,
            }
            if let Some(points) = mark.points {
                counts.sum += points;
                counts.counted += 1;
            }
            let failed = !matches!(
                mark.verdict,
                None | Some(Verdict::Accepted | Verdict::Internal)
            );
            if failed {
                let mistake = (mark.task.id.clone(), mark.said.clone());
                *self.mistakes.entry(mistake).or_default() += 1;
            }
        }
        let points = sheet.points();
        if let Some(points) = points {
            let part = if self.max > 0.0 {
                points / self.max
            } else {
                1.0
            };
            // Full points belong to the last bar, not to one of their own.
            let bar = ((part * BARS as f64) as usize).min(BARS - 1);
            self.bars[bar] += 1;
        }
        self.lines.push(Line {
            id: sheet.student.id.clone(),
            name: sheet.name().to_owned(),
            file: file.to_owned(),
            points,
            verdicts: sheet.marks.iter().map(|mark| mark.verdict).collect(),
        });
    }

    /// The commonest mistakes: task, sentence, how many.
    pub(super) fn mistakes(&self) -> Vec<(&str, &str, usize)> {
        let mut all: Vec<_> = self
            .mistakes
            .iter()
            .map(|((task, said), count)| (task.as_str(), said.as_str(), *count))
            .collect();
        all.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
        all.truncate(MISTAKES);
        all
    }

    /// How many have no sum yet; the mean and the distribution do not count them.
    pub(super) fn open(&self) -> usize {
        self.lines
            .iter()
            .filter(|line| line.points.is_none())
            .count()
    }

    /// The mean of all points that are known.
    pub(super) fn mean(&self) -> Option<f64> {
        let known: Vec<f64> = self.lines.iter().filter_map(|line| line.points).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    }
}
