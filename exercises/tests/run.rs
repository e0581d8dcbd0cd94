//! Running a lesson that does not behave: it is bounded, it is killed with everything it started, and what it did
//! until then is still told.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use std::time::{Duration, Instant};

use exercises::catalogue;
use exercises::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use exercises::process::Process;
use exercises::run::{Request, RunError, run};
use exercises::stage::Stage;
use recorder::document::{Document, Status};
use recorder::order::{Amount, Pick, Rule};

mod alone;
use alone::alone;

const ONE_LINE: Scenario = Scenario {
    guaranteed: &[Rule::Count {
        of: Pick::ALL,
        is: Amount::Is(1),
    }],
    likely: &[Rule::Count {
        of: Pick::ALL,
        is: Amount::Is(0),
    }],
};

const PARAMETERS: &[Parameter] = &[Parameter::count("n"), Parameter::switch("loud")];

const fn lesson(run: fn(&Stage) -> Result<Outcome, LessonError>) -> Lesson {
    Lesson {
        id: "test",
        files: &[],
        parameters: PARAMETERS,
        always: &[],
        scenarios: [ONE_LINE; 3],
        run,
    }
}

fn request(lesson: &'static Lesson) -> Request {
    let mut request = Request::new(lesson, Scene::First);
    request.limit = Duration::from_millis(700);
    request
}

fn quietly(request: Request) -> Result<Document, RunError> {
    run(request, &mut |_| {})
}

/// The processes that belong to a group, by what the kernel says.
fn members_of(group: i32) -> Vec<i32> {
    let mut members = Vec::new();
    for entry in std::fs::read_dir("/proc").expect("/proc").flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<i32>() else {
            continue;
        };
        // pid (name) state ppid pgrp ...
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else {
            continue;
        };
        let after_name = stat.rsplit(") ").next().unwrap_or_default();
        let mut fields = after_name.split(' ');
        let state = fields.next();
        if fields.nth(1).and_then(|field| field.parse().ok()) == Some(group) && state != Some("Z") {
            members.push(pid);
        }
    }
    members
}

/// What was killed may take a moment to disappear.
fn is_gone(group: i32) -> bool {
    let begin = Instant::now();
    while !members_of(group).is_empty() {
        if begin.elapsed() > Duration::from_secs(5) {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    true
}

/// Longer than any test here waits.
fn sleep_for_ever(stage: &Stage) {
    stage.sleep(3_600_000);
}

/// Starts a process of its own and never ends, nor does that process.
fn endless(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "begin", ());
    let mut child = Process::borrowing("child", || sleep_for_ever(stage));
    child.start()?;
    sleep_for_ever(stage);
    Ok(Outcome::none())
}
static ENDLESS: Lesson = lesson(endless);

#[test]
fn a_silent_run_gives_signs_of_life() {
    let _alone = alone();
    static SILENT: Lesson = lesson(|stage| {
        sleep_for_ever(stage);
        Ok(Outcome::none())
    });
    static SIGNS: AtomicU32 = AtomicU32::new(0);
    let mut request = request(&SILENT);
    request.limit = Duration::from_millis(2500);
    request.while_silent = Some(|elapsed| {
        assert!(elapsed >= Duration::from_secs(1));
        SIGNS.fetch_add(1, Ordering::Relaxed);
    });
    let document = quietly(request).expect("a document");
    assert_eq!(document.status, Status::TimedOut);
    assert!((1..=2).contains(&SIGNS.load(Ordering::Relaxed)));
}

#[test]
fn a_lesson_that_never_ends_is_ended_with_all_its_processes() {
    let _alone = alone();
    let begin = Instant::now();
    let document = quietly(request(&ENDLESS)).expect("a document");
    assert!(begin.elapsed() < Duration::from_secs(5));
    assert_eq!(document.status, Status::TimedOut);
    assert!(document.elapsed_ms >= 700.0);
    assert_eq!(document.lines.len(), 1);
    assert_eq!(document.lanes.len(), 2);
    assert!(document.keeps_its_contract());
    assert!(!document.order.likely[0].holds);
    assert!(is_gone(document.lanes[0].pid));
}

fn ending_early(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "begin", ());
    // Dropped without being waited for: whoever ends the lesson must see to it.
    let mut child = Process::borrowing("child", || sleep_for_ever(stage));
    child.start()?;
    std::mem::forget(child);
    Ok(Outcome::none().with("done", true))
}
static ENDING_EARLY: Lesson = lesson(ending_early);

#[test]
fn what_a_lesson_leaves_behind_is_swept_away() {
    let _alone = alone();
    let document = quietly(request(&ENDING_EARLY)).expect("a document");
    assert_eq!(document.status, Status::Ok);
    assert_eq!(document.result["done"], true);
    assert!(is_gone(document.lanes[0].pid));
}

fn panicking(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "begin", ());
    panic!("the cat is on the keyboard");
}
static PANICKING: Lesson = lesson(panicking);

fn failing(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "begin", ());
    std::fs::read("/nowhere at all")?;
    Ok(Outcome::none())
}
static FAILING: Lesson = lesson(failing);

fn aborting(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "begin", ());
    std::process::abort();
}
static ABORTING: Lesson = lesson(aborting);

fn leaving(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "begin", ());
    std::process::exit(3);
}
static LEAVING: Lesson = lesson(leaving);

#[test]
fn a_lesson_that_fails_says_why_and_keeps_its_lines() {
    let _alone = alone();
    for (lesson, reason) in [
        (&PANICKING, "the cat is on the keyboard"),
        (&FAILING, "No such file or directory"),
        (&ABORTING, "signal 6"),
        (&LEAVING, "exit code 3"),
    ] {
        let begin = Instant::now();
        let mut live = 0;
        // Far more than it takes, even to print a panic's backtrace on a busy machine.
        let mut request = request(lesson);
        request.limit = Duration::from_secs(20);
        let document = run(request, &mut |_| live += 1).expect("a document");
        assert_eq!(document.status, Status::Failed, "{reason}");
        let error = document.error.expect("a reason");
        assert!(error.contains(reason), "{error}");
        assert_eq!((live, document.lines.len()), (1, 1), "{reason}");
        assert!(
            begin.elapsed() < Duration::from_secs(15),
            "{reason}: waited for nothing"
        );
    }
}

fn slow(stage: &Stage) -> Result<Outcome, LessonError> {
    stage.print("main", "begin", ());
    stage.sleep(300);
    stage.print("main", "end", stage.count("n"));
    Ok(Outcome::none().with("long", "x".repeat(300_000)))
}
static SLOW: Lesson = lesson(slow);

#[test]
fn lines_arrive_while_the_lesson_runs_and_a_long_result_fits() {
    let _alone = alone();
    let begin = Instant::now();
    let mut arrivals = Vec::new();
    let mut request = request(&SLOW);
    request.limit = Duration::from_secs(20);
    let document = run(request, &mut |line| {
        arrivals.push((line.what.clone(), begin.elapsed()));
    })
    .expect("a document");
    assert_eq!(document.status, Status::Ok);
    assert_eq!(
        document.result["long"].as_str().map(str::len),
        Some(300_000)
    );
    assert!(document.elapsed_ms >= 300.0);
    assert_eq!(arrivals.len(), 2);
    // The first one did not wait for the end.
    assert!(
        arrivals[1].1 - arrivals[0].1 > Duration::from_millis(150),
        "{arrivals:?}"
    );
    assert!(arrivals[1].1 >= Duration::from_millis(300));
    // The contract of one line is broken, and the document says so without failing.
    assert!(!document.keeps_its_contract());
}

#[test]
fn the_end_is_noticed_at_once() {
    let _alone = alone();
    let lesson = catalogue::find("s1e1").expect("s1e1");
    let mut fastest = Duration::MAX;
    for _ in 0..20 {
        let begin = Instant::now();
        let mut request = Request::new(lesson, Scene::First);
        request.params.insert("n_threads".to_owned(), 64);
        let document = quietly(request).expect("a document");
        assert!(document.keeps_its_contract());
        fastest = fastest.min(begin.elapsed());
    }
    // A polling follower would need its period; 64 threads need 3 ms.
    assert!(fastest < Duration::from_millis(25), "{fastest:?}");
}

#[test]
fn what_cannot_be_run_is_refused_before_anything_starts() {
    let _alone = alone();
    let with = |name: &str, value: i64| {
        let mut request = request(&SLOW);
        request.params = BTreeMap::from([(name.to_owned(), value)]);
        quietly(request)
    };
    assert!(matches!(
        with("n", 65),
        Err(RunError::OutOfRange {
            name: "n",
            value: 65,
            min: 0,
            max: 64
        })
    ));
    assert!(matches!(with("n", -5), Err(RunError::OutOfRange { .. })));
    assert!(matches!(
        with("n", i64::MAX),
        Err(RunError::OutOfRange { .. })
    ));
    assert!(matches!(with("loud", 2), Err(RunError::OutOfRange { .. })));
    assert!(matches!(
        with("m", 1),
        Err(RunError::UnknownParameter { .. })
    ));
    for scale in [-1.0, f64::NAN, f64::INFINITY] {
        let mut request = request(&SLOW);
        request.time_scale = Some(scale);
        assert!(matches!(quietly(request), Err(RunError::TimeScale(_))));
    }
    assert_eq!(Scene::from_number(0), None);
    assert_eq!(Scene::from_number(4), None);
    assert_eq!(Scene::from_number(3), Some(Scene::Third));
}

/// Not a test by itself: a program that plays the endless lesson, for the tests below to kill.
#[test]
#[ignore = "played by the other tests in a process of its own"]
fn plays_the_endless_lesson() {
    let mut request = Request::new(&ENDLESS, Scene::First);
    request.limit = Duration::from_secs(30);
    let outcome = run(request, &mut |_| {
        let group = exercises::primitive::process::getpid();
        // The lesson's own process is the only child so far.
        let child = std::fs::read_to_string(format!("/proc/self/task/{}/children", tid()))
            .expect("the kernel lists children");
        eprintln!("playing {group} {}", child.trim());
    });
    if let Err(RunError::Interrupted(signal)) = outcome {
        eprintln!("interrupted {signal}");
    }
}

fn tid() -> i32 {
    exercises::primitive::thread::current_tid()
}

/// Starts it, and returns it with the group of its lesson once that plays.
fn player() -> (
    std::process::Child,
    BufReader<std::process::ChildStderr>,
    i32,
) {
    let mut player = Command::new(std::env::current_exe().expect("this test"))
        .args([
            "--exact",
            "plays_the_endless_lesson",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this test starts");
    let mut said = BufReader::new(player.stderr.take().expect("a pipe"));
    let mut line = String::new();
    while !line.starts_with("playing") {
        line.clear();
        assert_ne!(
            said.read_line(&mut line).expect("text"),
            0,
            "it never played"
        );
    }
    let group = line
        .split_whitespace()
        .nth(2)
        .and_then(|pid| pid.parse().ok())
        .expect("a pid");
    // The lesson starts its own process a moment after its line.
    let begin = Instant::now();
    while members_of(group).len() < 2 {
        assert!(
            begin.elapsed() < Duration::from_secs(5),
            "the lesson started nothing"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    (player, said, group)
}

fn kill(pid: u32, signal: &str) {
    let status = Command::new("kill")
        .args([signal, &pid.to_string()])
        .status()
        .expect("kill");
    assert!(status.success());
}

#[test]
fn an_interrupted_program_takes_its_lesson_along() {
    let _alone = alone();
    for (signal, number) in [("-INT", 2), ("-TERM", 15)] {
        let (mut player, said, group) = player();
        kill(player.id(), signal);
        let told = said
            .lines()
            .map_while(Result::ok)
            .any(|line| line == format!("interrupted {number}"));
        assert!(told, "{signal} was not reported");
        player.wait().expect("it ends");
        assert!(is_gone(group), "{signal} left {:?}", members_of(group));
    }
}

#[test]
fn a_killed_program_takes_its_lesson_along() {
    let _alone = alone();
    let (mut player, _said, group) = player();
    kill(player.id(), "-KILL");
    player.wait().expect("it ends");
    assert!(is_gone(group), "left {:?}", members_of(group));
}
