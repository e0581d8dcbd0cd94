//! What lessons use between processes is modelled as it is promised: everything that is left open can happen, and
//! nothing else.

use std::collections::BTreeMap;

use explorer::{Allowance, Exploration, Settings, Verdict, explore};
use rehearsal::judge::{Budget, judge};
use rehearsal::lack::Lack;
use rehearsal::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use rehearsal::player::{self, Play};
use rehearsal::process::{
    self, Manager, ManagerError, Pool, PoolError, Process, Registry, RemoteClient,
};
use rehearsal::stage::Stage;
use serde_json::json;

type Run = fn(&Stage) -> Result<Outcome, LessonError>;

fn play(run: Run) -> Play {
    const NOTHING: Scenario = Scenario {
        guaranteed: &[],
        likely: &[],
    };
    let lesson = Lesson {
        id: "a test",
        parameters: &[],
        files: &[],
        always: &[],
        scenarios: [NOTHING; 3],
        run,
    };
    Play::new(Box::leak(Box::new(lesson)), Scene::First, &BTreeMap::new())
}

/// Everything that it can print, seen so.
fn seen(run: Run, see: impl FnMut(&str) -> Option<String>) -> Vec<String> {
    let found: Exploration = explore(&play(run).program(), &Settings::default());
    assert_eq!(found.verdict, Verdict::Proved, "{:?}", found.assumptions);
    let endless = Allowance::endless();
    let seen = found.projected(see, &endless).expect("no end of time");
    let outputs = seen.outputs(10_000, &endless).expect("few outputs");
    let all = outputs.list(1_000).into_iter();
    all.map(|output| output.text.trim_end().to_owned())
        .collect()
}

/// How it can end: its results, or why there is none.
fn ends(run: Run) -> Vec<String> {
    seen(run, |text| {
        let ends = text.starts_with("{\"result\"") || player::is_error(text);
        ends.then(|| text.to_owned())
    })
}

/// All orders of its lines.
fn lines(run: Run) -> Vec<String> {
    let all = seen(run, |text| {
        player::spoken(text)?;
        Some(format!("{}\n", player::told(text)))
    });
    all.iter()
        .map(|output| output.replace('\n', ", "))
        .collect()
}

/// Two children add one to a number of a manager.
fn counted(
    add: fn(&process::DictProxy) -> Result<(), ManagerError>,
) -> Result<Outcome, LessonError> {
    let manager = Manager::new()?;
    let dict = manager.dict()?;
    dict.set("n", 0)?;
    let mut children = ["one", "two"].map(|name| {
        let dict = dict.clone();
        Process::new(name, move || add(&dict))
    });
    for child in &mut children {
        child.start()?;
    }
    for child in &children {
        child.join()?;
    }
    let total = dict.get("n")?.unwrap_or_default().to_json();
    manager.shutdown()?;
    Ok(Outcome::none().with("n", total))
}

#[test]
fn between_two_commands_to_a_manager_anybody_may_come_and_inside_of_one_nobody() {
    let in_two = ends(|_| {
        counted(|dict| {
            let number = dict.get("n")?.and_then(|n| n.as_int()).unwrap_or(0);
            dict.set("n", number + 1)
        })
    });
    assert_eq!(in_two, [r#"{"result":{"n":1}}"#, r#"{"result":{"n":2}}"#]);
    let in_one = ends(|_| counted(|dict| dict.add("n", 1).map(drop)));
    assert_eq!(in_one, [r#"{"result":{"n":2}}"#]);
}

#[test]
fn what_a_manager_had_is_gone_with_it() {
    let how = ends(|_| {
        let manager = Manager::new()?;
        let (list, other) = (manager.list_from([1, 2])?, manager.value(7)?);
        let before = list.len()?;
        let mut reader = Process::new("reader", {
            let (list, other) = (list.clone(), other.clone());
            // Both go at once: it never sees the one without the other.
            move || match (list.len(), other.get()) {
                (Err(_), Ok(_)) => 1,
                _ => 0,
            }
        });
        reader.start()?;
        drop(manager);
        let gone = matches!(list.len(), Err(ManagerError::ServerGone { .. }));
        let code = reader.join()?;
        Ok(Outcome::none()
            .with("before", before)
            .with("gone", gone)
            .with("code", code))
    });
    assert_eq!(how, [r#"{"result":{"before":2,"gone":true,"code":0}}"#]);
}

#[test]
fn a_server_has_its_port_until_it_ends_and_answers_nobody_afterwards() {
    let how = ends(|_| {
        let double = |registry: Registry| {
            registry.register("double", |numbers| {
                let number = numbers.first().and_then(process::Datum::as_int);
                number.map(|n| (2 * n).into()).ok_or("a number".to_owned())
            })
        };
        let server = double(Registry::new()).serve(0, b"key")?;
        let port = server.address().port();
        let taken = Registry::new().serve(port, b"key").is_err();
        let refused = RemoteClient::connect(server.address(), b"no key").is_err();
        let client = RemoteClient::connect(server.address(), b"key")?;
        let value = client.call("double", [21])?;
        let unknown = client.call("halve", [21]).is_err();
        let failed = matches!(client.call("double", [0; 0]), Err(ManagerError::Failed(_)));
        let served = client.stop_server()?;
        let gone = client.call("double", [21]).is_err();
        server.join()?;
        let refused_after = RemoteClient::connect(server.address(), b"key").is_err();
        let free = Registry::new().serve(port, b"key").is_ok();
        let where_it_ran = value.pid == server.pid();
        Ok(Outcome::none().with(
            "all",
            json!([
                taken,
                refused,
                value.value.to_json(),
                unknown,
                failed,
                served,
                gone,
                refused_after,
                free,
                where_it_ran,
            ]),
        ))
    });
    assert_eq!(
        how,
        [r#"{"result":{"all":[true,true,42,true,true,3,true,true,true,true]}}"#]
    );
}

/// A worker of a pool, by its place among the workers.
fn say(stage: &Stage, input: u32) {
    let place = process::id() - process::parent_id();
    // Lanes of processes are odd numbers, from 3.
    let who = if place == 3 { "one" } else { "two" };
    stage.print(who, "does", input);
}

fn mapped(stage: &Stage, workers: usize) -> Result<Outcome, LessonError> {
    let own = stage.clone();
    let pool = Pool::new(workers, move |input: &u32| say(&own, *input))?;
    pool.map(&[0, 1])?;
    pool.close();
    pool.join()?;
    Ok(Outcome::none())
}

#[test]
fn which_worker_does_which_task_is_open() {
    assert_eq!(lines(|stage| mapped(stage, 1)), ["one does 0, one does 1"]);
    assert_eq!(
        lines(|stage| mapped(stage, 2)),
        [
            "one does 0, one does 1",
            "one does 0, two does 1",
            "one does 1, one does 0",
            "one does 1, two does 0",
            "two does 0, one does 1",
            "two does 0, two does 1",
            "two does 1, one does 0",
            "two does 1, two does 0",
        ]
    );
}

#[test]
fn a_task_that_comes_later_may_be_done_earlier_but_not_before_it_came() {
    let later = lines(|stage| given_two(stage, false));
    assert!(
        later.contains(&"one does 1, one does 0".to_owned()),
        "{later:?}"
    );
    let waited = lines(|stage| given_two(stage, true));
    assert_eq!(
        waited,
        [
            "one does 0, one does 1",
            "one does 0, two does 1",
            "two does 0, one does 1",
            "two does 0, two does 1",
        ]
    );
}

/// Two tasks, given one after the other, or only when the first is done.
fn given_two(stage: &Stage, wait: bool) -> Result<Outcome, LessonError> {
    let own = stage.clone();
    let pool = Pool::new(2, move |input: &u32| say(&own, *input))?;
    let first = pool.apply_async(0)?;
    if wait {
        first.get()?;
    }
    pool.apply(1)?;
    pool.close();
    pool.join()?;
    Ok(Outcome::none())
}

#[test]
fn a_closed_pool_takes_no_more_and_what_fails_fails_alone() {
    let how = ends(|_| {
        let pool = Pool::new(2, |input: &u32| assert_ne!(*input, 1, "one"))?;
        let open = matches!(pool.join(), Err(PoolError::StillOpen));
        let results = [pool.apply_async(0)?, pool.apply_async(1)?];
        pool.close();
        let closed = matches!(pool.apply(2), Err(PoolError::Closed));
        pool.join()?;
        let done = results.map(|result| match result.get() {
            Ok(()) => "done".to_owned(),
            Err(PoolError::Panicked { input, .. }) => format!("panicked on {input}"),
            Err(error) => error.to_string(),
        });
        Ok(Outcome::none()
            .with("open", open)
            .with("closed", closed)
            .with("done", done.to_vec()))
    });
    assert_eq!(
        how,
        [r#"{"result":{"open":true,"closed":true,"done":["done","panicked on 0"]}}"#]
    );
}

#[test]
fn a_pool_that_is_ended_before_its_work_is_done_is_not_modelled() {
    let program = play(|_| {
        let pool = Pool::new(1, |input: &u32| *input)?;
        let later = pool.apply_async(0)?;
        pool.terminate();
        pool.join()?;
        Ok(Outcome::none().with("done", later.get().is_ok()))
    });
    let judgement = judge(&program, &Budget::default(), &mut |_| true);
    assert_eq!(judgement.not_modelled, Some(Lack::PoolEndedEarly));
}
