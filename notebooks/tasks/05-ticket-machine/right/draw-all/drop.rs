// The guard is dropped by hand; the threads are joined by hand.
fn draw_all(n: u32, m: u32, office: &Office) {
    let work = || {
        for _ in 0..m {
            let mut last = office.machine.lock().unwrap();
            *last += 1;
            let mine = *last;
            drop(last);
            office.print(mine);
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..n).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
}
