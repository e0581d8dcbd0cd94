// verdict: TimeLimit
// kind: deadlock
// Asks for the lock a second time while it holds it: it waits for itself.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..m {
                    let mut last = office.machine.lock().unwrap();
                    *last += 1;
                    let ticket = *office.machine.lock().unwrap();
                    drop(last);
                    office.print(ticket);
                }
            });
        }
    });
}
