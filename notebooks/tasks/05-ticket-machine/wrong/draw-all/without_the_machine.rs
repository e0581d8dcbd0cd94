// kind: luck
// The numbers are right by calculation: nobody has drawn anything from the machine.
fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for k in 0..n {
            s.spawn(move || {
                for ticket in k * m + 1..=(k + 1) * m {
                    office.print(ticket);
                }
            });
        }
    });
}
