//! How long drawing takes (processor time) and how large the picture is.
//!
//! `cargo bench -p recorder --bench drawing`; bounds: 100,000 events in 100 ms and 300 KB of SVG.

#[path = "../tests/views/story.rs"]
#[allow(dead_code)] // Shared with the tests, which tell more stories.
mod story;

use std::time::Duration;

use messages::{Language, Spoken};
use recorder::document::Document;
use recorder::timeline::{figure, svg, text};

const RUNS: usize = 15;

/// The time this thread has spent on a processor: on a machine that others use too, the time that
/// passes tells of them.
fn spent() -> Duration {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the clock exists on Linux, and the call writes only into `time`.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    assert_eq!(failed, 0);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// The middle one of several times, and what was made.
fn median<T>(make: impl Fn() -> T) -> (Duration, T) {
    let made = make();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begin = spent();
            std::hint::black_box(make());
            spent().saturating_sub(begin)
        })
        .collect();
    times.sort();
    (times[RUNS / 2], made)
}

fn report(threads: u32, events: usize, document: &Document) {
    let words = Spoken(Language::En);
    let (image, drawn) = median(|| svg::draw(document, &words));
    let (rows, _) = median(|| text::draw(document, &text::Options::default()));
    let (whole, _) = median(|| figure::draw(document, &words));
    println!(
        "{threads:>3} threads {events:>7} events: svg {:>6.1} ms {:>6.1} KB   text {:>6.1} ms   whole figure {:>6.1} ms",
        image.as_secs_f64() * 1e3,
        drawn.len() as f64 / 1e3,
        rows.as_secs_f64() * 1e3,
        whole.as_secs_f64() * 1e3,
    );
}

fn main() {
    for (threads, events) in [
        (2, 100),
        (2, 100_000),
        (8, 100_000),
        (64, 10_000),
        (64, 100_000),
    ] {
        report(threads, events, &story::busy(threads, events));
    }
}
