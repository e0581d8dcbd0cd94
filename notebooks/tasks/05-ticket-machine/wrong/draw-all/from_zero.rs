// kind: other
// Takes the number before it is counted: the first ticket is 0.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..m {
                    let ticket = {
                        let mut last = office.machine.lock().unwrap();
                        *last += 1;
                        *last - 1
                    };
                    office.print(ticket);
                }
            });
        }
    });
}
