// kind: over-synchronised
// Prints with the machine's lock in the hand: nobody can draw meanwhile.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..m {
                    let mut last = office.machine.lock().unwrap();
                    *last += 1;
                    office.print(*last);
                }
            });
        }
    });
}
