//! Every scenario again and again, with other seeds and other delays, also on a machine that is busy. The whole of it
//! takes half an hour and is played by `tests/run --long`; otherwise a part of it, another one for each scenario.

use std::process::{Child, Command, Stdio};

use exercises::lesson::{Lesson, Scene};

use crate::alone::alone;
use crate::played::{kept, request, scenarios};

/// How often each scenario is played in the long run.
const TIMES: u64 = 20;

fn is_long() -> bool {
    std::env::var_os("WEFT_LONG").is_some_and(|value| value == "1")
}

/// One of the many runs of a scenario: the number decides everything.
fn play(lesson: &'static Lesson, scene: Scene, number: u64) {
    let mut dice = fastrand::Rng::with_seed(number * 977 + u64::from(scene.number()));
    let mut request = request(lesson, scene, u64::from(dice.u32(..)));
    request.shake_ms = dice.u64(0..=3);
    // No sleeps at all, hardly any, or as in the other tests: who is first changes with it.
    request.time_scale = Some([0.0, 0.005, 0.05][dice.usize(..3)]);
    kept(request);
}

#[test]
fn no_promise_breaks_in_many_runs() {
    let _alone = alone();
    for (place, (lesson, scene)) in scenarios("").enumerate() {
        if is_long() {
            (0..TIMES).for_each(|number| play(lesson, scene, number));
        } else if place % 4 == 0 {
            play(lesson, scene, place as u64 % TIMES);
        }
    }
}

/// A process that uses a core for nothing, until it is dropped.
struct Busy(Child);

impl Busy {
    fn start() -> Busy {
        let child = Command::new("sh")
            .args(["-c", "while :; do :; done"])
            .stdin(Stdio::null())
            .spawn()
            .expect("a shell");
        Busy(child)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn no_promise_breaks_on_a_busy_machine() {
    let _alone = alone();
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let _load: Vec<Busy> = (0..cores).map(|_| Busy::start()).collect();
    for (place, (lesson, scene)) in scenarios("").enumerate() {
        if is_long() || place % 4 == 2 {
            play(lesson, scene, place as u64 % TIMES);
        }
    }
}
