// kind: luck
// Draws until n * m are gone: every number is printed once, but a quick thread draws more than its share.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| loop {
                let ticket = {
                    let mut last = office.machine.lock().unwrap();
                    if *last == n * m {
                        return;
                    }
                    *last += 1;
                    *last
                };
                office.print(ticket);
            });
        }
    });
}
