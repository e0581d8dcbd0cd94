//! The vocabulary of order contracts: everything that can be said about a run, and nothing about how
//! it is checked ([`check`](super::check)) or printed.

use super::{Amount, Exact, Pick, Step, Word};
use crate::event::LaneKind;

/// One statement about a run. `of` says which lines are meant; "index" is the first number in `who`.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// There are exactly so many of these lines.
    Count {
        /// The lines that are counted.
        of: Pick,
        /// How many.
        is: Amount,
    },
    /// There are at most so many of these lines.
    AtMost {
        /// The lines that are counted.
        of: Pick,
        /// How many.
        max: Amount,
    },
    /// At most so many different names print these lines.
    DistinctWho {
        /// The lines looked at.
        of: Pick,
        /// How many names.
        max: Amount,
    },
    /// The indices that occur are `from`, `from + 1`, ..., `count` of them, in any order.
    Indices {
        /// The lines looked at.
        of: Pick,
        /// The smallest index.
        from: u64,
        /// How many.
        count: Amount,
    },
    /// The index in `who` is the process id of the lane that printed the line.
    IndexIsPid {
        /// The lines looked at.
        of: Pick,
    },
    /// The lines of each index stand together, and the indices are `from`, `from + 1`, ...
    Sequential {
        /// The lines looked at (those without an index are left out).
        of: Pick,
        /// The first index.
        from: u64,
    },
    /// The lines of each name stand together.
    Blocks {
        /// The lines looked at.
        of: Pick,
    },
    /// Each name's lines are these words in this order.
    Within {
        /// The lines looked at.
        of: Pick,
        /// The words.
        words: &'static [Word],
    },
    /// The lines are exactly these.
    Exactly {
        /// The lines looked at.
        of: Pick,
        /// The sequence.
        steps: &'static [Step],
    },
    /// The lines are the beginning of this sequence, and not the whole of it.
    ProperPrefix {
        /// The lines looked at.
        of: Pick,
        /// The sequence.
        steps: &'static [Step],
    },
    /// The lines are the beginning of this sequence, or the whole of it.
    Prefix {
        /// The lines looked at.
        of: Pick,
        /// The sequence.
        steps: &'static [Step],
    },
    /// Every line of the first group comes before every line of the second.
    AllBefore {
        /// The earlier group.
        first: Pick,
        /// The later group.
        then: Pick,
    },
    /// One such line, and it is the first of all.
    First {
        /// The line.
        of: Pick,
    },
    /// One such line, and it is the last of all.
    Last {
        /// The line.
        of: Pick,
    },
    /// The first line carries how many, the next ones count down to 0.
    Countdown {
        /// Whose lines.
        who: &'static str,
        /// The word of the line that says how many.
        begin: &'static str,
        /// The word of the lines that count.
        what: &'static str,
    },
    /// Each index i prints the values 0, 1, ..., i - 1, in this order.
    Ramp {
        /// The participants (every index with at least one of these lines).
        of: Pick,
        /// The word of the lines that count.
        what: &'static str,
    },
    /// What comes out is, in this order, the beginning of what went in.
    Fifo {
        /// The word of the lines of those who put in.
        put: &'static str,
        /// The word of the lines of those who take out.
        take: &'static str,
    },
    /// What comes out is the same as what went in, in any order.
    SameValues {
        /// The word of the first group.
        put: &'static str,
        /// The word of the second group.
        take: &'static str,
    },
    /// At no time have there been more lines of the one word than of the other.
    Balance {
        /// The word that may not get ahead.
        less: &'static str,
        /// The word it may not overtake.
        more: &'static str,
    },
    /// At most so many participants are between these two words at any time.
    Inside {
        /// The word that enters.
        enter: &'static str,
        /// The word that leaves.
        leave: &'static str,
        /// How many at most.
        max: u64,
    },
    /// The value (or this field of it) is the same in all lines.
    Same {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// Each name has one value (or field of it), and no two names have the same.
    Distinct {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// The value (or field of it) is the process id of the lane that printed the line.
    OwnPid {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// Each name prints from one lane of this kind, not the main one, and no two names share one.
    OwnLane {
        /// The lines looked at.
        of: Pick,
        /// Thread or process.
        kind: LaneKind,
    },
    /// The field `parent` of the one is the field `pid` of the other; `main` is the run's own process.
    ParentOf {
        /// The name of the child.
        child: &'static str,
        /// The name of the parent.
        parent: &'static str,
    },
    /// A field of the result has this value.
    Result {
        /// The field.
        field: &'static str,
        /// What it is.
        is: Amount,
    },
    /// A field of the result lies in this range.
    ResultBetween {
        /// The field.
        field: &'static str,
        /// At least.
        min: i64,
        /// At most.
        max: i64,
    },
    /// A field of the result is the value of this line.
    ResultIsValue {
        /// The field.
        field: &'static str,
        /// The line (the last of them).
        of: Pick,
    },
    /// A field of the result is the number of these lines.
    ResultCounts {
        /// The field.
        field: &'static str,
        /// The lines that are counted.
        of: Pick,
    },
    /// Each line's `output` is the square of its `input`, and the inputs are 0, 1, ..., count - 1.
    Squares {
        /// The lines looked at.
        of: Pick,
    },
    /// A list in the result is the `output` of these lines, in the order of their `input`.
    ResultCollects {
        /// The field.
        field: &'static str,
        /// The lines looked at.
        of: Pick,
    },
    /// The value (or field of it) rises from line to line.
    Rising {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// The field rises inside each group of `chunk` neighbours.
    RisingInChunks {
        /// The lines looked at.
        of: Pick,
        /// The field.
        field: &'static str,
        /// How many neighbours make a group.
        chunk: Amount,
    },
    /// The lines with an odd index come with rising index.
    OddRising {
        /// The lines looked at.
        of: Pick,
    },
    /// Each line with an even index comes after the line with the index before it.
    EvenAfterOdd {
        /// The lines looked at.
        of: Pick,
    },
    /// While both groups have lines left, they take turns.
    Alternating {
        /// The one word.
        a: &'static str,
        /// The other word.
        b: &'static str,
    },
    /// The lines come in the order of the numbers that this list of the result holds for each
    /// index (lines without a number: for the position in the list `names`).
    OrderedBy {
        /// The lines looked at.
        of: Pick,
        /// The list in the result.
        list: &'static str,
        /// The index that the first item of the list belongs to.
        from: u64,
        /// The names that the list belongs to, where they have no index.
        names: &'static [&'static str],
    },
    /// At most so many lanes of this kind, apart from the main one, run at the same time.
    AliveTogether {
        /// Thread or process.
        kind: LaneKind,
        /// How many at most.
        max: u64,
    },
    /// The run has so many lanes of this kind besides the main one, and each has ended.
    AllEnded {
        /// Thread or process.
        kind: LaneKind,
        /// How many.
        count: Amount,
    },
    /// The run took at least this long (times the time scale).
    TimeAtLeast {
        /// In milliseconds.
        ms: Amount,
    },
    /// The run took at most this long (times the time scale, plus a fixed allowance of 250 ms).
    TimeAtMost {
        /// In milliseconds.
        ms: Amount,
    },
    /// The values (or this field of them) are `from`, `from + 1`, ..., one a line, in this order.
    Consecutive {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
        /// The first value.
        from: i64,
    },
    /// The value (or field of it) never rises from line to line.
    NeverRising {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// As `Inside`, with a bound that is known only when the run is.
    InsideUpTo {
        /// The word that enters.
        enter: &'static str,
        /// The word that leaves.
        leave: &'static str,
        /// How many at most.
        max: Amount,
    },
    /// The first lines are these; what follows does not matter.
    Begins {
        /// The lines looked at.
        of: Pick,
        /// The sequence.
        steps: &'static [Step],
    },
    /// In the lines of each single name the value (or field of it) rises.
    RisingEach {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// A field of the result is exactly this, written as JSON.
    ResultReads {
        /// The field.
        field: &'static str,
        /// The JSON text.
        json: &'static str,
    },
    /// A field of the result is a field of this line's value.
    ResultIsField {
        /// The field of the result.
        field: &'static str,
        /// The line (the last of them).
        of: Pick,
        /// The field of its value.
        part: &'static str,
    },
    /// Each line's value is the item of this list of the result that belongs to its index.
    FromList {
        /// The lines looked at.
        of: Pick,
        /// The list in the result.
        list: &'static str,
        /// The index that the first item of the list belongs to.
        from: u64,
    },
    /// Everybody who takes out takes all that went in, in this order.
    EachTakesAll {
        /// The word of the lines of those who put in.
        put: &'static str,
        /// The word of the lines of those who take out.
        take: &'static str,
    },
    /// Before the first `open` there are none of these lines, and after each `shut`, until the next
    /// `open`, at most so many.
    Gate {
        /// The word that opens.
        open: &'static str,
        /// The word that shuts.
        shut: &'static str,
        /// The word of the lines that are kept out.
        keeps_out: &'static str,
        /// How many may still slip through after a `shut`.
        late: u64,
    },
    /// The value of each `pass` is its group, from 0; a group has this many members, and none of them
    /// passes before so many have arrived as all groups up to this one have together.
    Groups {
        /// The word of those who arrive.
        arrive: &'static str,
        /// The word of those who pass.
        pass: &'static str,
        /// How many make a group.
        members: Amount,
    },
    /// Of the lines with the same `by`, the field rises from line to line.
    RisingBy {
        /// The lines looked at.
        of: Pick,
        /// The field that tells the lines apart.
        by: &'static str,
        /// The field that rises.
        field: &'static str,
    },
    /// Every value that comes out has gone in before, and as often.
    PutFirst {
        /// The word of the lines of those who put in.
        put: &'static str,
        /// The word of the lines of those who take out.
        take: &'static str,
    },
    /// The value (or field of it) is a text of one line: not empty, and without a newline.
    OneLine {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
    },
    /// A field of the result is this list of numbers.
    ResultList {
        /// The field.
        field: &'static str,
        /// The numbers.
        is: &'static [i64],
    },
    /// So many lanes ran another program, and the end of each was waited for.
    Programs {
        /// How many.
        count: Amount,
    },
    /// The field `parent` of each line is the process id of the run's own process.
    ChildrenOfMain {
        /// The lines looked at.
        of: Pick,
    },
    /// A field of the result is exactly this.
    ResultIs {
        /// The field.
        field: &'static str,
        /// What it is.
        is: Exact,
    },
    /// The values (or fields of them) are `from`, `from + 1`, ..., `count` of them, each once, in
    /// any order.
    Values {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
        /// The smallest value.
        from: i64,
        /// How many.
        count: Amount,
    },
    /// All lanes of this kind besides the main one have ended before the first of these lines.
    EndedBefore {
        /// Thread or process.
        kind: LaneKind,
        /// The lines.
        of: Pick,
    },
    /// The value (or field of it) runs through `from`, `from + 1`, ..., `count` of them, in any
    /// order, each in one line.
    EachOnce {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
        /// The smallest value.
        from: i64,
        /// How many.
        count: Amount,
    },
    /// Only where this parameter is 0, or this file was not chosen.
    Unless {
        /// The parameter.
        param: &'static str,
        /// What then holds.
        rule: &'static Rule,
    },
    /// A field of the value is this word; `#` in it stands for the index.
    Named {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
        /// The word: `Thread-#`.
        is: &'static str,
    },
    /// The value (or field of it) is this number in each of these lines.
    Carries {
        /// The lines looked at.
        of: Pick,
        /// The field, or `""` for the value itself.
        field: &'static str,
        /// The number.
        is: Amount,
    },
    /// Each line of the one word comes after a line of the other word with the same value, one
    /// for one.
    FollowsSame {
        /// The word that leads.
        first: &'static str,
        /// The word that follows.
        then: &'static str,
    },
    /// The value of each line is the square root of its index, to four places.
    Roots {
        /// The lines looked at.
        of: Pick,
    },
    /// A list in the result is the values of these lines, in their order.
    ResultLists {
        /// The field.
        field: &'static str,
        /// The lines looked at.
        of: Pick,
    },
    /// A field of the result, which may have a fraction, is at most this.
    ResultAtMost {
        /// The field.
        field: &'static str,
        /// At most.
        max: Amount,
    },
    /// All these lines are printed by one lane.
    OneLane {
        /// The lines looked at.
        of: Pick,
    },
}
