// Takes the lock once, for a block of numbers that nobody else gets.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                let before = {
                    let mut last = office.machine.lock().unwrap();
                    let before = *last;
                    *last = before + m;
                    before
                };
                for ticket in before + 1..=before + m {
                    office.print(ticket);
                }
            });
        }
    });
}
