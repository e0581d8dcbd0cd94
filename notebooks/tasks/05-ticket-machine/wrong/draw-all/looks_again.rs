// kind: racy
// Counts under the lock, and looks again afterwards: by then somebody else may have drawn.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..m {
                    *office.machine.lock().unwrap() += 1;
                    let ticket = *office.machine.lock().unwrap();
                    office.print(ticket);
                }
            });
        }
    });
}
