//! What only a database does: it refuses in several ways, has tables to make, and forgets nothing by itself.

use std::thread;
use std::time::Instant;

use grader::queue::{Desk, QueueError};

use crate::PATIENCE;
use crate::postgres::Postgres;
use crate::servers::Server;

fn refused(url: &str) -> QueueError {
    Desk::open(&url.parse().expect("an address")).expect_err("a refusal")
}

#[test]
fn what_a_postgres_refuses_is_told_apart() {
    let mut postgres = Postgres::start();
    let url = postgres.url();
    let (user, password, database) = (Postgres::USER, Postgres::PASSWORD, Postgres::DATABASE);
    let place = format!("127.0.0.1:{}", postgres.port());

    let wrong = refused(&format!("postgres://{user}:wrong@{place}/{database}"));
    assert!(matches!(wrong, QueueError::Denied(_)), "{wrong:?}");
    let nobody = refused(&format!("postgres://nobody:{password}@{place}/{database}"));
    assert!(matches!(nobody, QueueError::Denied(_)), "{nobody:?}");
    let nowhere = refused(&format!("postgres://{user}:{password}@{place}/nowhere"));
    assert!(matches!(nowhere, QueueError::NoDatabase(_)), "{nowhere:?}");
    // Everybody may connect to this one; what is made in it is its owner's.
    let other = refused(&format!("postgres://{user}:{password}@{place}/postgres"));
    assert!(matches!(other, QueueError::Tables(_)), "{other:?}");

    Desk::open(&url.parse().expect("an address")).expect("a desk, and the tables");
    postgres.end();
    let begun = Instant::now();
    let away = refused(&url);
    assert!(matches!(away, QueueError::Server(_)), "{away:?}");
    assert!(away.to_string().contains("refused"), "{away}");
    assert!(begun.elapsed() < PATIENCE, "waits for nobody");
}

#[test]
fn many_who_come_at_once_find_or_make_the_tables() {
    let postgres = Postgres::start();
    let address = postgres.address();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| Desk::open(&address).expect("a desk"));
        }
    });
}

#[test]
fn a_database_keeps_nothing_for_longer_than_a_week() {
    let postgres = Postgres::start();
    let open = || Desk::open(&postgres.address()).expect("a desk");
    drop(open());
    for (worker, job, days) in [("old", "A", 8), ("young", "B", 6)] {
        let ago = format!("now() - interval '{days} days'");
        postgres.ask(
            Postgres::DATABASE,
            &format!(
                "INSERT INTO weft_grading.workers VALUES ('{worker}', '', {ago}); \
                 INSERT INTO weft_grading.begun VALUES ('{job}', 1, {ago}); \
                 INSERT INTO apalis.workers (id, worker_type, storage_name, last_seen)
                     VALUES ('{worker}', 'weft-grading:x', '', {ago}); \
                 INSERT INTO apalis.workers (id, worker_type, storage_name, last_seen)
                     VALUES ('{worker}, of others', 'other', '', {ago}); \
                 INSERT INTO apalis.jobs (job, id, job_type, run_at, lock_by)
                     VALUES ('', '{job}', 'weft-grading:x', {ago}, '{worker}'); \
                 INSERT INTO apalis.jobs (job, id, job_type, run_at)
                     VALUES ('', '{job}, of others', 'other', {ago})"
            ),
        );
    }
    drop(open());
    let left = postgres.ask(
        Postgres::DATABASE,
        "SELECT name FROM weft_grading.workers UNION ALL SELECT job FROM weft_grading.begun
         UNION ALL SELECT id FROM apalis.workers UNION ALL SELECT id FROM apalis.jobs",
    );
    let mut left: Vec<&str> = left.lines().collect();
    left.sort_unstable();
    let kept = ["B", "B", "young", "young"];
    let of_others = [
        "A, of others",
        "B, of others",
        "old, of others",
        "young, of others",
    ];
    let mut expected = [&kept[..], &of_others].concat();
    expected.sort_unstable();
    assert_eq!(left, expected);
}
