// Threads of std that own what they need, a small queue, and task_done for what was handled.
use std::thread;

fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::bounded(2);
    let clerks: Vec<_> = (0..clerks)
        .map(|_| {
            let (counter, desk) = (counter.clone(), Arc::clone(desk));
            thread::spawn(move || {
                let mut torn = 0;
                while let Some(letter) = counter.get() {
                    if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                        torn += 1;
                    }
                    counter.task_done();
                }
                torn
            })
        })
        .collect();
    let bringers: Vec<_> = bags
        .into_iter()
        .map(|bag| {
            let counter = counter.clone();
            thread::spawn(move || bag.into_iter().all(|letter| counter.put(letter).is_ok()))
        })
        .collect();
    for bringer in bringers {
        assert!(bringer.join().unwrap());
    }
    counter.join();
    counter.close();
    clerks.into_iter().map(|clerk| clerk.join().unwrap()).sum()
}
