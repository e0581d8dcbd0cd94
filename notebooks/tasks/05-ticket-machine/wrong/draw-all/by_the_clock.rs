// verdict: Forbidden
// kind: sleeps
// Two steps under two locks; each thread sleeps until it should be its turn, and believes that it is alone then.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for me in 0..n {
            s.spawn(move || {
                for _ in 0..m {
                    thread::sleep(Duration::from_millis(u64::from(me) * 5));
                    let ticket = *office.machine.lock().unwrap() + 1;
                    *office.machine.lock().unwrap() = ticket;
                    office.print(ticket);
                }
            });
        }
    });
}
