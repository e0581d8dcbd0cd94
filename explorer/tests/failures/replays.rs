//! Schedules that are shown again.
use super::mistakes::wake_up_before_the_wait;
use explorer::model::{println, thread};
use explorer::{Happening, Schedule, Settings, replay};

#[test]
fn a_schedule_that_does_not_fit_is_refused() {
    let schedule: Schedule = "0x2.7".parse().unwrap();
    assert_eq!(
        replay(&wake_up_before_the_wait, &Settings::default(), &schedule)
            .unwrap_err()
            .step,
        2
    );
    for wrong in ["x", "1..2", "1x0", "1x99999999", "-1", "99", "1/999"] {
        assert!(wrong.parse::<Schedule>().is_err(), "{wrong}");
    }
}

#[test]
fn a_replay_shows_the_prints_in_their_order() {
    let program = || {
        println!("one");
        thread::spawn(|| println!("two")).join().unwrap();
    };
    let replayed = replay(&program, &Settings::default(), &"0.1.0x2".parse().unwrap()).unwrap();
    let texts: Vec<_> = replayed
        .happenings
        .iter()
        .filter_map(|one| match one {
            Happening::Print { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["one\n", "two\n"]);
}
