//! Submissions nobody should hand in, and the verdict each one gets. Whatever comes, the others are graded.

mod large;
mod notebooks;
mod places;
mod reports;
#[path = "../support/mod.rs"]
mod support;

use support::Class;

const RIGHT: &str = "fn doubled(number: i64) -> i64 { number * 2 }";

fn accepted() -> (Option<String>, Option<f64>) {
    (Some("Accepted".to_owned()), Some(2.0))
}

fn nothing(verdict: &str) -> (Option<String>, Option<f64>) {
    (Some(verdict.to_owned()), Some(0.0))
}

/// Grades one submission beside a right one, which must not be touched by it.
fn verdict(submit: impl FnOnce(&Class)) -> (Option<String>, Option<f64>) {
    let class = Class::new();
    class.answer("right", RIGHT);
    submit(&class);
    class.grade();
    assert_eq!(class.verdict("right"), accepted());
    class.verdict("x")
}

/// Grades a notebook somebody changed.
fn changed(
    answer: &str,
    change: impl FnOnce(&mut serde_json::Value),
) -> (Option<String>, Option<f64>) {
    verdict(|class| {
        let mut notebook = class.notebook(&[("doubled", answer)]);
        change(&mut notebook);
        class.submit("x", notebook.to_string());
    })
}
