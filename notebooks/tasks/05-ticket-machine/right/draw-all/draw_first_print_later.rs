// Each thread draws all its tickets first, and prints them when it has them.
fn draw(office: &Office) -> u32 {
    let mut last = office.machine.lock().unwrap();
    *last += 1;
    *last
}

fn draw_all(n: u32, m: u32, office: &Office) {
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(move || {
                let tickets: Vec<u32> = (0..m).map(|_| draw(office)).collect();
                tickets.into_iter().for_each(|ticket| office.print(ticket));
            });
        }
    });
}
