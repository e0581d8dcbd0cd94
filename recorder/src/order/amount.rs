//! Numbers a rule compares with: constants, parameters of the run and values of its result.

use std::fmt;

use super::Run;

/// A number that is known only when the run is: a constant, a parameter, a value of the result,
/// or a calculation with these.
#[derive(Clone, Copy, Debug)]
pub enum Amount {
    /// A constant.
    Is(i64),
    /// The parameter of that name.
    Param(&'static str),
    /// The whole number in that field of the result.
    Result(&'static str),
    /// The largest number in that list of the result; 0 when the list is empty.
    Largest(&'static str),
    /// The sum of the numbers in that list of the result.
    Total(&'static str),
    /// The sum of two amounts.
    Plus(&'static Amount, &'static Amount),
    /// The first less the second.
    Minus(&'static Amount, &'static Amount),
    /// The product of two amounts.
    Times(&'static Amount, &'static Amount),
    /// The first divided by the second, rounded down.
    Over(&'static Amount, &'static Amount),
    /// The smaller of two amounts.
    Min(&'static Amount, &'static Amount),
    /// The larger of two amounts.
    Max(&'static Amount, &'static Amount),
    /// The second amount where the first is above zero, else 0.
    IfAny(&'static Amount, &'static Amount),
}

impl Amount {
    /// The number, or `None` where the run does not have what the amount names (or where the
    /// calculation leaves the range of numbers).
    pub fn of(&self, run: &Run<'_>) -> Option<i64> {
        match self {
            Amount::Is(number) => Some(*number),
            Amount::Param(name) => run.params.get(*name).map(|value| i64::from(*value)),
            Amount::Result(field) => run.result.get(*field)?.as_i64(),
            Amount::Largest(field) => {
                let list = run.result.get(*field)?.as_array()?;
                list.iter()
                    .map(|item| item.as_i64())
                    .try_fold(0, |largest: i64, item| Some(largest.max(item?)))
            }
            Amount::Total(field) => {
                let list = run.result.get(*field)?.as_array()?;
                list.iter()
                    .try_fold(0, |total: i64, item| total.checked_add(item.as_i64()?))
            }
            Amount::Plus(a, b) => a.of(run)?.checked_add(b.of(run)?),
            Amount::Minus(a, b) => a.of(run)?.checked_sub(b.of(run)?),
            Amount::Times(a, b) => a.of(run)?.checked_mul(b.of(run)?),
            Amount::Over(a, b) => a.of(run)?.checked_div(b.of(run)?),
            Amount::Min(a, b) => Some(a.of(run)?.min(b.of(run)?)),
            Amount::Max(a, b) => Some(a.of(run)?.max(b.of(run)?)),
            Amount::IfAny(condition, amount) => {
                if condition.of(run)? > 0 {
                    amount.of(run)
                } else {
                    Some(0)
                }
            }
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Is(number) => write!(f, "{number}"),
            Amount::Param(name) => f.write_str(name),
            Amount::Result(field) => write!(f, "result.{field}"),
            Amount::Largest(field) => write!(f, "max(result.{field})"),
            Amount::Total(field) => write!(f, "sum(result.{field})"),
            Amount::Plus(a, b) => write!(f, "({a} + {b})"),
            Amount::Minus(a, b) => write!(f, "({a} - {b})"),
            Amount::Times(a, b) => write!(f, "{a} * {b}"),
            Amount::Over(a, b) => write!(f, "{a} / {b}"),
            Amount::Min(a, b) => write!(f, "min({a}, {b})"),
            Amount::Max(a, b) => write!(f, "max({a}, {b})"),
            Amount::IfAny(condition, amount) => write!(f, "({amount} if {condition} > 0)"),
        }
    }
}
