// kind: other
// No threads at all.
fn draw_all(n: u32, m: u32, office: &Office) {
    for _ in 0..n * m {
        let ticket = {
            let mut last = office.machine.lock().unwrap();
            *last += 1;
            *last
        };
        office.print(ticket);
    }
}
