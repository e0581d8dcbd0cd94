//! The short stable form in which a rule prints itself: `sequential(who)`.

use std::fmt;

use super::{Pick, Rule};
use crate::event::LaneKind;

struct List<'a, T>(&'a [T]);

impl<T: fmt::Display> fmt::Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, item) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{item}")?;
        }
        Ok(())
    }
}

fn value_name(field: &str) -> &str {
    if field.is_empty() { "value" } else { field }
}

fn kind_name(kind: LaneKind) -> &'static str {
    match kind {
        LaneKind::Thread => "thread",
        LaneKind::Process => "process",
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Count { of, is } => write!(f, "count({of}) = {is}"),
            Rule::AtMost { of, max } => write!(f, "count({of}) <= {max}"),
            Rule::DistinctWho { of, max } => write!(f, "distinct-who({of}) <= {max}"),
            Rule::Indices { of, from, count } => {
                write!(f, "indices({of}) = {count} from {from}")
            }
            Rule::IndexIsPid { of } => write!(f, "own-pid(who: {of})"),
            Rule::Sequential {
                of: Pick { who: [], what: [] },
                ..
            } => f.write_str("sequential(who)"),
            Rule::Sequential { of, .. } => write!(f, "sequential(who: {of})"),
            Rule::Blocks {
                of: Pick { who: [], what: [] },
            } => f.write_str("contiguous(who)"),
            Rule::Blocks { of } => write!(f, "contiguous(who: {of})"),
            Rule::Within {
                of: Pick { who: [], what: [] },
                words,
            } => {
                write!(f, "within(who: {})", List(words))
            }
            Rule::Within { of, words } => write!(f, "within({of}: {})", List(words)),
            Rule::Exactly { steps, .. } => write!(f, "exactly({})", List(steps)),
            Rule::ProperPrefix { steps, .. } => write!(f, "proper-prefix({})", List(steps)),
            Rule::Prefix { steps, .. } => write!(f, "prefix({})", List(steps)),
            Rule::AllBefore { first, then } => write!(f, "all({first}) < all({then})"),
            Rule::First { of } => write!(f, "first({of})"),
            Rule::Last { of } => write!(f, "last({of})"),
            Rule::Countdown { who, begin, what } => {
                write!(f, "countdown({who}: {begin}, {what} to 0)")
            }
            Rule::Ramp { what, .. } => write!(f, "values({what}) = 0..index per who"),
            Rule::Fifo { put, take } => write!(f, "fifo({put}, {take})"),
            Rule::SameValues { put, take } => write!(f, "same-values({put}, {take})"),
            Rule::Balance { less, more } => write!(f, "always(count({less}) <= count({more}))"),
            Rule::Inside { enter, leave, max } => write!(f, "inside({enter}..{leave}) <= {max}"),
            Rule::Same { of, field } => write!(f, "same({}: {of})", value_name(field)),
            Rule::Distinct { of, field } => write!(f, "distinct({}: {of})", value_name(field)),
            Rule::OwnPid { of, field } => write!(f, "own-pid({}: {of})", value_name(field)),
            Rule::OwnLane { of, kind } => write!(f, "own-{}({of})", kind_name(*kind)),
            Rule::ParentOf { child, parent } => write!(f, "parent({child}) = pid({parent})"),
            Rule::Result { field, is } => write!(f, "result.{field} = {is}"),
            Rule::ResultBetween { field, min, max } => {
                write!(f, "{min} <= result.{field} <= {max}")
            }
            Rule::ResultIsValue { field, of } => write!(f, "result.{field} = value({of})"),
            Rule::ResultCounts { field, of } => write!(f, "result.{field} = count({of})"),
            Rule::Squares { of } => write!(f, "squares({of})"),
            Rule::ResultCollects { field, of } => {
                write!(f, "result.{field} = outputs({of}) by input")
            }
            Rule::Rising { of, field } => write!(f, "rising({}: {of})", value_name(field)),
            Rule::RisingInChunks { of, field, chunk } => {
                write!(
                    f,
                    "rising({}: {of}) in chunks of {chunk}",
                    value_name(field)
                )
            }
            Rule::OddRising { of } => write!(f, "rising(odd who: {of})"),
            Rule::EvenAfterOdd { of } => write!(f, "after(even who, odd who before it: {of})"),
            Rule::Alternating { a, b } => write!(f, "alternating({a}, {b})"),
            Rule::OrderedBy { of, list, .. } => write!(f, "ordered({of} by result.{list})"),
            Rule::AliveTogether { kind, max } => {
                write!(f, "alive-together({}) <= {max}", kind_name(*kind))
            }
            Rule::AllEnded { kind, count } => write!(f, "ended({}) = {count}", kind_name(*kind)),
            Rule::TimeAtLeast { ms } => write!(f, "elapsed >= {ms} ms"),
            Rule::TimeAtMost { ms } => write!(f, "elapsed <= {ms} ms"),
            Rule::Consecutive { of, field, from } => {
                write!(f, "consecutive({}: {of}) from {from}", value_name(field))
            }
            Rule::NeverRising { of, field } => {
                write!(f, "never-rising({}: {of})", value_name(field))
            }
            Rule::InsideUpTo { enter, leave, max } => {
                write!(f, "inside({enter}..{leave}) <= {max}")
            }
            Rule::Begins { steps, .. } => write!(f, "begins({})", List(steps)),
            Rule::RisingEach { of, field } => {
                write!(f, "rising({} for each who: {of})", value_name(field))
            }
            Rule::ResultReads { field, json } => write!(f, "result.{field} = {json}"),
            Rule::ResultIsField { field, of, part } => {
                write!(f, "result.{field} = {part}({of})")
            }
            Rule::FromList { of, list, .. } => write!(f, "value({of}) = result.{list}[index]"),
            Rule::EachTakesAll { put, take } => write!(f, "each-takes-all({put}, {take})"),
            Rule::Gate {
                open,
                shut,
                keeps_out,
                late,
            } => write!(f, "gate({open}/{shut}: {keeps_out}) <= {late}"),
            Rule::Groups {
                arrive,
                pass,
                members,
            } => write!(f, "groups({arrive}, {pass}) of {members}"),
            Rule::RisingBy { of, by, field } => write!(f, "rising({field} by {by}: {of})"),
            Rule::PutFirst { put, take } => write!(f, "put-first({put}, {take})"),
            Rule::OneLine { of, field } => write!(f, "one-line({}: {of})", value_name(field)),
            Rule::ResultList { field, is } => write!(f, "result.{field} = [{}]", List(is)),
            Rule::Programs { count } => write!(f, "programs = {count}"),
            Rule::ChildrenOfMain { of } => write!(f, "parent({of}) = pid(main)"),
            Rule::ResultIs { field, is } => write!(f, "result.{field} = {is}"),
            Rule::Values {
                of,
                field,
                from,
                count,
            } => write!(
                f,
                "values({}: {of}) = {count} from {from}",
                value_name(field)
            ),
            Rule::EndedBefore { kind, of } => {
                write!(f, "all ended({}) < all({of})", kind_name(*kind))
            }
            Rule::EachOnce {
                of,
                field,
                from,
                count,
            } => {
                let name = value_name(field);
                write!(f, "each-once({name}: {of}) = {count} from {from}")
            }
            Rule::Unless { param, rule } => write!(f, "{rule} unless {param}"),
            Rule::Named { of, field, is } => {
                write!(f, "named({}: {of}) = {is}", value_name(field))
            }
            Rule::Carries { of, field, is } => {
                write!(f, "carries({}: {of}) = {is}", value_name(field))
            }
            Rule::FollowsSame { first, then } => write!(f, "follows-same-value({first}, {then})"),
            Rule::Roots { of } => write!(f, "roots({of})"),
            Rule::ResultLists { field, of } => write!(f, "result.{field} = values({of})"),
            Rule::ResultAtMost { field, max } => write!(f, "result.{field} <= {max}"),
            Rule::OneLane { of } => write!(f, "one-lane({of})"),
        }
    }
}
