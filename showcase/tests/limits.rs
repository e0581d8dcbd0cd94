//! The bounds of runs: what is too much is ended, what is too many waits or is sent away, and nothing is left behind.

mod common;

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use common::{PATIENCE, processes, script, settings, sleeping, until};
use showcase::player::Part;
use showcase::runs::{Client, Desk, Ending, Follower, Said, Stop, Whose};
use showcase::{Player, Settings};
use tokio::time::timeout;

fn part(exercise: &str, seed: u64) -> Part {
    Part {
        exercise: exercise.to_owned(),
        scenario: 1,
        params: Default::default(),
        seed: Some(seed),
        shake_ms: 0,
        memory: 1 << 30,
    }
}

fn desk(player: Player, change: impl FnOnce(&mut Settings)) -> Arc<Desk> {
    let mut settings = settings();
    settings.player = player;
    change(&mut settings);
    Desk::new(Arc::new(settings))
}

/// A client that has asked for nothing before.
fn somebody() -> Client {
    static LAST: AtomicU32 = AtomicU32::new(0x0a00_0000);
    let address = LAST.fetch_add(1, Ordering::Relaxed);
    Client::at(Ipv4Addr::from_bits(address).into())
}

async fn stop(desk: &Arc<Desk>, seed: u64) -> Stop {
    let viewer = desk
        .ask(part("s1e1", seed), somebody())
        .expect("room for it");
    let ending = timeout(PATIENCE, Follower::new(viewer).ending());
    match &*ending.await.expect("an end") {
        Ending::Stopped(stop) => stop.clone(),
        Ending::Played(document) => panic!("{document:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_does_not_end_is_ended_with_all_it_started() {
    let player = script("trap '' TERM; sleep 4101 & sleep 4101; sleep 4101");
    let desk = desk(player, |settings| {
        settings.time = Duration::from_millis(300)
    });
    assert_eq!(stop(&desk, 1).await, Stop::Time);
    until("the end of all processes", || sleeping(4101) == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_says_too_much_is_ended() {
    let line = r#"{"line":{"seq":1,"at_us":1,"lane":0,"who":"a","what":"call","value":null}}"#;
    let desk = desk(script(&format!("yes '{line}'")), |settings| {
        settings.output = 100_000;
    });
    assert_eq!(stop(&desk, 1).await, Stop::Output);
    let one_line = self::desk(script("cat /dev/zero"), |settings| {
        settings.output = 100_000
    });
    assert_eq!(stop(&one_line, 1).await, Stop::Output);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_takes_too_much_memory_is_ended() {
    // `tail` keeps the last line, which does not end before the sleep does.
    let player = script("{ head -c 400000000 /dev/zero; sleep 4102; } | tail -n 1 > /dev/null");
    let desk = desk(player, |settings| settings.memory = 50 << 20);
    assert_eq!(stop(&desk, 1).await, Stop::Memory);
    until("the end of its processes", || sleeping(4102) == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_with_too_many_threads_is_ended() {
    let player = script("for i in $(seq 60); do sleep 4103 & done; wait");
    let desk = desk(player, |settings| settings.threads = 30);
    assert_eq!(stop(&desk, 1).await, Stop::Threads);
    until("the end of its processes", || sleeping(4103) == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_player_complains_of_is_told() {
    for (said, wanted) in [
        ("echo no such thing >&2; exit 3", "no such thing"),
        ("echo nonsense; echo why >&2", "why"),
        ("kill -9 $$", ""),
    ] {
        let desk = desk(script(said), |_| {});
        assert_eq!(
            stop(&desk, 1).await,
            Stop::Failed(wanted.to_owned()),
            "{said}"
        );
    }
    let desk = desk(Player::new("/nonexistent".into()), |_| {});
    assert!(matches!(stop(&desk, 1).await, Stop::Failed(reason) if !reason.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_runs_are_one_run() {
    let desk = desk(settings().player, |_| {});
    let first = desk.ask(part("s1e2", 5), somebody()).unwrap();
    let second = desk.ask(part("s1e2", 5), somebody()).unwrap();
    let other = desk.ask(part("s1e2", 6), somebody()).unwrap();
    assert_eq!(first.run().id, second.run().id);
    assert_ne!(first.run().id, other.run().id);
    // The one who came second, too, gets every line from the first one on.
    drop(first);
    let mut follower = Follower::new(second);
    let mut lines = 0;
    while let Some(said) = timeout(PATIENCE, follower.next()).await.expect("an end") {
        lines += usize::from(matches!(said, Said::Line(_)));
    }
    assert_eq!(lines, 6);
    // Once it has ended, the same is a new run.
    let again = desk.ask(part("s1e2", 5), somebody()).unwrap();
    assert_ne!(again.run().id, follower.run().id);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bounded_number_plays_a_bounded_number_waits_and_the_rest_is_sent_away() {
    let desk = desk(script("sleep 4104"), |settings| {
        settings.at_once = 2;
        settings.waiting = 2;
    });
    let mut under_way: Vec<_> = (0..4)
        .map(|seed| desk.ask(part("s1e1", seed), somebody()).unwrap())
        .collect();
    assert_eq!(desk.load(), (2, 2));
    let busy = desk.ask(part("s1e1", 4), somebody()).unwrap_err();
    assert!(busy.retry_after >= Duration::from_secs(1));
    // Who asks for what is under way needs no place.
    assert!(desk.ask(part("s1e1", 3), somebody()).is_ok());

    let mut last = Follower::new(under_way.pop().unwrap());
    assert!(matches!(last.next().await, Some(Said::Waiting(1))));
    // One who waits leaves: the place behind moves up, and there is room for one more.
    drop(under_way.pop());
    assert!(matches!(
        timeout(PATIENCE, last.next()).await,
        Ok(Some(Said::Waiting(0)))
    ));
    assert!(desk.ask(part("s1e1", 5), somebody()).is_ok());
    // One who plays leaves: its run is ended, and the next one begins.
    drop(under_way.pop());
    assert!(matches!(
        timeout(PATIENCE, last.next()).await,
        Ok(Some(Said::Playing))
    ));
    desk.close().await;
    until("the end of all processes", || sleeping(4104) == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_client_leaves_room_for_others() {
    let desk = desk(script("sleep 4105"), |settings| {
        settings.at_once = 4;
        settings.waiting = 4;
    });
    let [greedy, second, third] = [somebody(), somebody(), somebody()];
    let mut seeds = 0..;
    let mut ask = |client| {
        let seed = seeds.next().expect("a number");
        desk.ask(part("s1e1", seed), client)
    };
    let taken: Vec<_> = (0..4).map(|_| ask(greedy).expect("room")).collect();
    assert_eq!(desk.load(), (2, 2), "half of each");
    let busy = ask(greedy).expect_err("no room");
    assert_eq!(busy.whose, Whose::Own);
    assert!(busy.retry_after >= Duration::from_secs(1));
    // Somebody else need not even wait.
    let mut others: Vec<_> = (0..2).map(|_| ask(second).expect("room")).collect();
    assert_eq!(desk.load(), (4, 2));
    let mut waits = Follower::new(ask(third).expect("room"));
    assert!(matches!(waits.next().await, Some(Said::Waiting(2))));
    // A place becomes free: those who have their share are passed over.
    drop(others.pop());
    let turn = async { while !matches!(waits.next().await, Some(Said::Playing) | None) {} };
    timeout(PATIENCE, turn).await.expect("its turn");
    assert_eq!(desk.load(), (4, 2));
    // Whoever gives places back may have others.
    drop(taken);
    until("free places", || desk.load() == (2, 0));
    let again = ask(greedy).expect("room");
    // Where all places are taken, it is nobody's fault.
    let crowd: Vec<_> = (0..5).map(|_| ask(somebody()).expect("room")).collect();
    assert_eq!(desk.load(), (4, 4));
    assert_eq!(ask(somebody()).expect_err("no room").whose, Whose::All);
    drop((again, crowd));
    desk.close().await;
    until("the end of all processes", || sleeping(4105) == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_server_ends_nothing_is_left() {
    let desk = desk(settings().player, |settings| settings.at_once = 3);
    // Each runs for seconds, with processes of its own.
    let runs: Vec<_> = (0..5)
        .map(|seed| desk.ask(part("s2e3", 77_000 + seed), somebody()).unwrap())
        .collect();
    until("processes", || processes("\"seed\":7700") >= 3);
    desk.close().await;
    assert_eq!(processes("\"seed\":7700"), 0);
    for run in runs {
        let ending = run.run().ending().expect("it has ended");
        assert!(
            matches!(&*ending, Ending::Stopped(Stop::Closing)),
            "{ending:?}"
        );
    }
    assert!(desk.ask(part("s1e1", 1), somebody()).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_so_many_runs_are_kept() {
    let desk = desk(settings().player, |settings| settings.kept = 2);
    let mut ids = Vec::new();
    for seed in 0..3 {
        let viewer = desk.ask(part("s1e6", seed), somebody()).unwrap();
        ids.push(viewer.run().id.clone());
        let ending = timeout(PATIENCE, Follower::new(viewer).ending())
            .await
            .unwrap();
        assert!(matches!(&*ending, Ending::Played(_)), "{ending:?}");
    }
    let found = || {
        ids.iter()
            .map(|id| desk.find(id).is_some())
            .collect::<Vec<_>>()
    };
    until("the first one's end", || found() == [false, true, true]);

    // One that is looked at, as a room does, is there for everybody for as long as that.
    let shown = desk.find(&ids[1]).unwrap();
    for seed in 3..6 {
        let viewer = desk.ask(part("s1e6", seed), somebody()).unwrap();
        timeout(PATIENCE, Follower::new(viewer).ending())
            .await
            .unwrap();
    }
    until("the next one's end", || !found()[2]);
    assert!(found()[1]);
    drop(shown);
    assert!(!found()[1]);
}
