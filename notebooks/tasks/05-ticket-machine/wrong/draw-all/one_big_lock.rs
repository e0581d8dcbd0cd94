// kind: over-synchronised
// Over-synchronised: the machine is free while it prints, but a lock of its own lets only one print at a time.
fn draw_all(n: u32, m: u32, office: &Office) {
    let printer = Mutex::new(());
    thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                for _ in 0..m {
                    let _only_me = printer.lock().unwrap();
                    let ticket = {
                        let mut last = office.machine.lock().unwrap();
                        *last += 1;
                        *last
                    };
                    office.print(ticket);
                }
            });
        }
    });
}
