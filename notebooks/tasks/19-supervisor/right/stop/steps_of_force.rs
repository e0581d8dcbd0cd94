// Three steps, each with the time it may take; after one of them it has ended.
fn stop(child: &Process, grace: Duration) -> Option<i32> {
    type Step = fn(&Process);
    let steps: [(Step, Duration); 3] = [
        (|_| (), Duration::ZERO),
        (|child| child.terminate().unwrap(), grace),
        (|child| child.kill().unwrap(), Duration::MAX),
    ];
    for (step, limit) in steps {
        step(child);
        if child.join_timeout(limit).unwrap() {
            break;
        }
    }
    child.exit_code()
}
