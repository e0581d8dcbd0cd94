//! How processes end, and what others see of it: the end of pipes and queues. The witness is every schedule, one by one.

use std::collections::{BTreeMap, BTreeSet};

use explorer::{Outcome as Output, Settings, Verdict, enumerate, explore};
use rehearsal::judge::{Budget, judge};
use rehearsal::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use rehearsal::player::{Play, spoken, told};
use rehearsal::primitive::time::Duration;
use rehearsal::process::{Process, Queue, TryGetError, pipe};
use rehearsal::stage::Stage;

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

fn not_modelled(lesson: &'static Lesson, scene: Scene) -> Option<String> {
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
    assert!(said.expect("it is said").contains("borrows"));
    assert_eq!(not_modelled(&BORROWER, Scene::Second), None);
}
