// kind: racy
// Reads under one lock and writes under another: two threads can read the same number.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..m {
                    let ticket = *office.machine.lock().unwrap() + 1;
                    *office.machine.lock().unwrap() = ticket;
                    office.print(ticket);
                }
            });
        }
    });
}
