//! How processes end, and what others see of it: the end of pipes and queues, signals, locks. The witness is every schedule,
//! one by one.

use std::collections::{BTreeMap, BTreeSet};

use explorer::{Outcome as Output, Settings, Verdict, enumerate, explore};
use rehearsal::judge::{Budget, judge};
use rehearsal::lack::Lack;
use rehearsal::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use rehearsal::player::{Play, spoken, told};
use rehearsal::primitive::time::Duration;
use rehearsal::process::{
    self, FileLock, Lock, LockError, Process, Queue, ReentrantLock, Semaphore, Signal, TryGetError,
    pipe,
};
use rehearsal::stage::Stage;
use serde_json::json;

const NOTHING: Scenario = Scenario {
    guaranteed: &[],
    likely: &[],
};

const fn lesson(id: &'static str, run: fn(&Stage) -> Result<Outcome, LessonError>) -> Lesson {
    Lesson {
        id,
        parameters: &[],
        files: &[],
        always: &[],
        scenarios: [NOTHING, NOTHING, NOTHING],
        run,
    }
}

fn play(lesson: &'static Lesson, scene: Scene) -> Play {
    Play::new(lesson, scene, &BTreeMap::new())
}

/// The lines and the result of each output, once.
fn said(outputs: impl IntoIterator<Item = Output>) -> BTreeSet<String> {
    let is_shown = |line: &&str| spoken(line).is_some() || line.contains("result");
    let lines = |output: &Output| -> Vec<String> {
        let lines = output.text.lines().filter(is_shown);
        lines.map(told).collect()
    };
    let texts = outputs.into_iter();
    texts.map(|output| lines(&output).join(" | ")).collect()
}

/// What the lesson prints: the same by the reduction and by every schedule.
fn printed(lesson: &'static Lesson, scene: Scene) -> BTreeSet<String> {
    let play = play(lesson, scene);
    let found = explore(&play.program(), &Settings::default());
    assert_eq!(found.verdict, Verdict::Proved, "{}", lesson.id);
    let outputs = found.outputs.as_ref().expect("few outputs");
    let reduced: BTreeSet<Output> = outputs.list(100_000).into_iter().collect();
    let all = enumerate(&play.program(), &Settings::default(), 3_000_000);
    assert!(
        !all.incomplete,
        "{}: {} schedules",
        lesson.id, all.executions
    );
    assert!(all.executions > found.classes, "{}", lesson.id);
    assert_eq!(reduced, all.outcomes, "{}", lesson.id);
    said(reduced)
}

fn lines(expected: &[&str]) -> BTreeSet<String> {
    expected.iter().map(|line| (*line).to_owned()).collect()
}

fn not_modelled(lesson: &'static Lesson, scene: Scene) -> Option<Lack> {
    judge(&play(lesson, scene), &Budget::default(), &mut |_| true).not_modelled
}

static SENDERS: Lesson = lesson("two senders", |stage| {
    let (sender, receiver) = pipe::<u32>()?;
    let mut children = Vec::new();
    for number in 1..=2 {
        let sender = sender.clone();
        let mut child = Process::new("child", move || sender.send(number));
        child.start()?;
        children.push(child);
    }
    if stage.scene() == Scene::First {
        drop(sender);
    }
    while let Some(number) = receiver.recv()? {
        stage.print("main", "receive", number);
    }
    stage.print("main", "end", ());
    for child in &children {
        child.join()?;
    }
    Ok(Outcome::none())
});

#[test]
fn a_pipe_ends_with_the_last_process_that_could_send() {
    let found = explore(
        &play(&SENDERS, Scene::First).program(),
        &Settings::default(),
    );
    let outputs = found.outputs.as_ref().expect("few outputs");
    assert_eq!(
        said(outputs.list(100_000)),
        lines(&[
            "main receive 1 | main receive 2 | main end | result {}",
            "main receive 2 | main receive 1 | main end | result {}",
        ])
    );
    // Main's own end keeps it open.
    let play = play(&SENDERS, Scene::Second);
    let judgement = judge(&play, &Budget::default(), &mut |_| true);
    assert!(judgement.unfinished.is_some());
}

static ONE_SENDER: Lesson = lesson("one sender", |stage| {
    let (sender, receiver) = pipe::<u32>()?;
    let kept = (stage.scene() == Scene::Second).then(|| sender.clone());
    let mut child = Process::new("child", move || match kept {
        Some(_) => Ok(()),
        None => sender.send(1),
    });
    child.start()?;
    let first = receiver.recv_timeout(Duration::from_secs(1));
    let said = match first {
        Ok(_) => "item",
        Err(TryGetError::Empty) => "empty",
        Err(_) => "end",
    };
    stage.print("main", said, ());
    child.join()?;
    Ok(Outcome::none())
});

#[test]
fn one_who_waits_for_a_while_finds_an_item_nothing_or_the_end() {
    assert_eq!(
        printed(&ONE_SENDER, Scene::First),
        lines(&["main empty | result {}", "main item | result {}"])
    );
    assert_eq!(
        printed(&ONE_SENDER, Scene::Second),
        lines(&["main empty | result {}", "main end | result {}"])
    );
}

static QUEUE: Lesson = lesson("a queue", |stage| {
    let queue = Queue::<u32>::unbounded()?;
    let theirs = queue.clone();
    let mut child = Process::new("child", move || theirs.put(1));
    child.start()?;
    let second = (stage.scene() == Scene::Second).then(|| queue.clone());
    while let Some(item) = queue.get()? {
        stage.print("main", "get", item);
    }
    stage.print("main", "end", ());
    drop(second);
    child.join()?;
    Ok(Outcome::none())
});

#[test]
fn a_queue_ends_for_whoever_is_left_alone_with_one_handle() {
    assert_eq!(
        printed(&QUEUE, Scene::First),
        lines(&["main get 1 | main end | result {}"])
    );
    let play = play(&QUEUE, Scene::Second);
    let judgement = judge(&play, &Budget::default(), &mut |_| true);
    assert!(judgement.unfinished.is_some(), "its second handle may put");
}

static BORROWER: Lesson = lesson("a pipe and one that borrows", |stage| {
    let (sender, receiver) = pipe::<u32>()?;
    let mut child = Process::borrowing("child", || stage.print("child", "here", ()));
    child.start()?;
    if stage.scene() == Scene::First {
        drop(sender);
        receiver.recv()?;
    }
    child.join()?;
    Ok(Outcome::none())
});

#[test]
fn the_end_of_a_pipe_beside_a_process_that_borrows_is_said_not_to_be_modelled() {
    let said = not_modelled(&BORROWER, Scene::First);
    assert_eq!(said, Some(Lack::PipeEndBesideBorrower));
    assert_eq!(not_modelled(&BORROWER, Scene::Second), None);
}

static COUNTING: Lesson = lesson("counting", |stage| {
    let never = Semaphore::new(0)?;
    let mut child = Process::borrowing("child", || {
        stage.print("child", "one", ());
        match stage.scene() {
            Scene::First => never.acquire(),
            Scene::Second | Scene::Third => {
                stage.print("child", "two", ());
                Ok(())
            }
        }
    });
    child.start()?;
    child.terminate()?;
    let code = child.join()?;
    Ok(Outcome::none().with("code", code))
});

#[test]
fn a_process_that_is_ended_has_printed_any_beginning_of_what_it_would() {
    assert_eq!(
        printed(&COUNTING, Scene::First),
        lines(&["result {\"code\":-15}", "child one | result {\"code\":-15}",])
    );
    // Here it may come to its own end.
    assert_eq!(
        printed(&COUNTING, Scene::Second),
        lines(&[
            "result {\"code\":-15}",
            "child one | result {\"code\":-15}",
            "child one | child two | result {\"code\":-15}",
            "child one | child two | result {\"code\":0}",
        ])
    );
}

static ALIVE: Lesson = lesson("alive", |stage| {
    let never = Semaphore::new(0)?;
    let mut child = Process::borrowing("child", || {
        if stage.scene() == Scene::Second {
            process::ignore(Signal::SIGTERM).expect("it can be ignored");
            stage.print("child", "stubborn", ());
        }
        never.acquire()
    });
    child.start()?;
    child.terminate()?;
    if stage.scene() == Scene::Second {
        child.kill()?;
    }
    stage.print("main", "alive", child.is_alive());
    let code = child.join()?;
    Ok(Outcome::none().with("code", code))
});

#[test]
fn a_signal_arrives_sooner_or_later() {
    assert_eq!(
        printed(&ALIVE, Scene::First),
        lines(&[
            "main alive true | result {\"code\":-15}",
            "main alive false | result {\"code\":-15}",
        ])
    );
}

#[test]
fn a_signal_that_is_ignored_ends_nobody() {
    let found = explore(&play(&ALIVE, Scene::Second).program(), &Settings::default());
    assert_eq!(found.verdict, Verdict::Proved);
    let found = said(found.outputs.as_ref().expect("few outputs").list(100_000));
    for output in &found {
        let stubborn = output.contains("stubborn");
        assert!(stubborn <= output.contains("-9"), "{output}");
    }
    assert!(found.iter().any(|output| output.contains("stubborn")));
    assert!(found.iter().any(|output| output.contains("-15")));
}

static AFTERWARDS: Lesson = lesson("afterwards", |stage| {
    let lock = Lock::new()?;
    let mut child = Process::borrowing("child", || {
        let _held = lock.lock().expect("nobody was killed before");
        stage.print("child", "held", ());
    });
    child.start()?;
    match stage.scene() {
        Scene::First => child.terminate()?,
        Scene::Second => drop(lock.lock()?),
        Scene::Third => {
            drop(lock.lock()?);
            child.terminate()?;
        }
    }
    child.join()?;
    if stage.scene() == Scene::First {
        drop(lock.lock()?);
    }
    Ok(Outcome::none())
});

#[test]
fn what_a_killed_process_left_locked_is_said_not_to_be_modelled() {
    let said = not_modelled(&AFTERWARDS, Scene::First);
    assert_eq!(said, Some(Lack::SharedWithKilled));
    assert_eq!(not_modelled(&AFTERWARDS, Scene::Second), None);
    assert_eq!(not_modelled(&AFTERWARDS, Scene::Third), None);
}

static RARELY: Lesson = lesson("rarely", |stage| {
    let never = Semaphore::new(0)?;
    let mut first = Process::new("first", || 0);
    let mut second = Process::borrowing("second", || match stage.scene() {
        Scene::First | Scene::Second => Ok(()),
        Scene::Third => never.acquire(),
    });
    first.start()?;
    second.start()?;
    let is_ended = match stage.scene() {
        Scene::First => first.is_alive(),
        Scene::Second => !first.is_alive(),
        Scene::Third => true,
    };
    if is_ended {
        second.terminate()?;
    }
    first.join()?;
    second.join()?;
    Ok(Outcome::none())
});

#[test]
fn a_signal_that_was_not_foreseen_is_said_not_to_be_modelled() {
    // Tried out once, either the first or the second scenario comes to it.
    let said = [Scene::First, Scene::Second].map(|scene| not_modelled(&RARELY, scene));
    let unforeseen: Vec<Lack> = said.into_iter().flatten().collect();
    assert_eq!(unforeseen, [Lack::TerminatedInSomeOrders]);
    assert_eq!(not_modelled(&RARELY, Scene::Third), None);
}

static GATED: Lesson = lesson("gated", |stage| {
    let (gate, done) = (Semaphore::new(0)?, Semaphore::new(0)?);
    let mut child = Process::borrowing("child", || {
        gate.acquire()?;
        done.release();
        gate.acquire()
    });
    child.start()?;
    gate.release();
    if stage.scene() == Scene::First {
        done.acquire()?;
    }
    child.terminate()?;
    child.join()?;
    Ok(Outcome::none())
});

#[test]
fn a_process_that_gave_up_waiting_is_no_deadlock() {
    let said = not_modelled(&GATED, Scene::First);
    assert_eq!(said, Some(Lack::TerminatedAwaited));
    assert_eq!(not_modelled(&GATED, Scene::Second), None);
}

static LEFT_LOCKED: Lesson = lesson("left locked", |stage| {
    let (lock, reentrant, file) = (Lock::new()?, ReentrantLock::new()?, FileLock::new()?);
    let mut child = Process::borrowing("child", || -> Result<(), LessonError> {
        match stage.scene() {
            Scene::First => std::mem::forget(lock.lock()?),
            Scene::Second => {
                let outer = reentrant.lock()?;
                drop(reentrant.lock()?);
                std::mem::forget(outer);
            }
            Scene::Third => std::mem::forget(file.lock()?),
        }
        Ok(())
    });
    child.start()?;
    let told = |result: Result<(), LockError>| match result {
        Ok(()) => json!("locked"),
        Err(LockError::Abandoned(abandoned)) => json!(Some(abandoned.pid) == child.pid()),
        Err(LockError::HeldByThisThread) => json!("own"),
    };
    for _ in 0..2 {
        let said = match stage.scene() {
            Scene::First => told(lock.lock().map(drop)),
            Scene::Second => told(reentrant.lock().map(drop)),
            Scene::Third => told(
                file.lock()
                    .map(drop)
                    .map_err(|_| LockError::HeldByThisThread),
            ),
        };
        stage.print("main", "lock", said);
    }
    child.join()?;
    Ok(Outcome::none())
});

#[test]
fn a_lock_that_somebody_ended_with_is_free_and_the_next_one_is_told_once() {
    let told =
        |first: &str, second: &str| format!("main lock {first} | main lock {second} | result {{}}");
    // Main may be first, once or twice.
    let all = [
        told("\"locked\"", "\"locked\""),
        told("\"locked\"", "true"),
        told("true", "\"locked\""),
    ];
    let all: BTreeSet<String> = all.into();
    assert_eq!(printed(&LEFT_LOCKED, Scene::First), all);
    assert_eq!(printed(&LEFT_LOCKED, Scene::Second), all);
    // The system undoes a lock on a file, and tells nobody.
    assert_eq!(
        printed(&LEFT_LOCKED, Scene::Third),
        BTreeSet::from([told("\"locked\"", "\"locked\"")])
    );
}
