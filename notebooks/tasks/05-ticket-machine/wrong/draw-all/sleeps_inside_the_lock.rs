// verdict: Forbidden
// kind: sleeps
// It prints outside the lock, and rests inside: nobody else can draw meanwhile.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..m {
                    let mut last = office.machine.lock().unwrap();
                    *last += 1;
                    let ticket = *last;
                    thread::sleep(Duration::from_millis(1));
                    drop(last);
                    office.print(ticket);
                }
            });
        }
    });
}
