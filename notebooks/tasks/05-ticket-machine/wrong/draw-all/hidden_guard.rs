// kind: over-synchronised
// A guard in the head of a `match` lives until its end: it prints inside the lock without seeing it.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..m {
                    match &mut *office.machine.lock().unwrap() {
                        last => {
                            *last += 1;
                            office.print(*last);
                        }
                    }
                }
            });
        }
    });
}
