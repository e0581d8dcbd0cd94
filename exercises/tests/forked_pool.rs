//! A pool in a process that was forked after it was made. The fork needs all threads at rest, so this test has a
//! process of its own.

mod alone;

use alone::alone;
use exercises::process::Process;
use exercises::run::LIMIT;
use exercises::sync::ThreadPool;

#[test]
fn a_forked_process_does_not_wait_for_the_workers_of_its_parent() {
    let pool = ThreadPool::new(2).expect("a pool");
    // And until its workers have come to rest.
    let _alone = alone();
    let mut child = Process::new("child", move || {
        // Its threads are in the parent: to wait for them here would be for ever.
        drop(pool);
        let own = ThreadPool::new(1).expect("a pool");
        assert_eq!(own.submit(|| 6).result(), Ok(6));
    });
    child.start().expect("a child");
    assert!(
        child.join_timeout(LIMIT).expect("its end"),
        "the child hangs"
    );
    assert_eq!(child.exit_code(), Some(0));
}
