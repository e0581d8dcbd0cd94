// kind: over-synchronised
// Each thread is joined before the next one starts.
fn draw_all(n: u32, m: u32, office: &Office) {
    for _ in 0..n {
        thread::scope(|s| {
            s.spawn(|| {
                for _ in 0..m {
                    let ticket = {
                        let mut last = office.machine.lock().unwrap();
                        *last += 1;
                        *last
                    };
                    office.print(ticket);
                }
            });
        });
    }
}
