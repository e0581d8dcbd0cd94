//! Programs with so many schedules that a class left out, or explored twice, would show in the count.

mod programs;

use explorer::{Settings, Verdict, explore};
use std::time::Duration;

#[test]
fn two_threads_and_a_mutex_are_exact() {
    let settings = Settings {
        time: Duration::from_secs(60),
        ..Settings::default()
    };
    let exploration = explore(&|| programs::two_threads_one_mutex(9), &settings);
    assert_eq!(
        (exploration.verdict, exploration.classes),
        (Verdict::Proved, 48_620)
    );
}

#[test]
fn two_producers_and_a_one_slot_buffer_are_exact() {
    let settings = Settings {
        time: Duration::from_secs(60),
        ..Settings::default()
    };
    let exploration = explore(&|| programs::one_slot_buffer(3), &settings);
    assert_eq!(exploration.verdict, Verdict::Proved);
    assert_eq!(exploration.classes, 422_400);
    assert_eq!(exploration.outputs.unwrap().count().to_string(), "20");
    assert_eq!(exploration.failures, []);
}
