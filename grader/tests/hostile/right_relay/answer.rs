use sync::mpsc;

// Another way than the reference's: the baton goes from hand to hand.
fn square(n: u64) -> u64 {
    let (first, mut before) = mpsc::channel();
    let mut runners = Vec::new();
    for k in 0..n {
        let (next, after) = mpsc::channel();
        let baton = std::mem::replace(&mut before, after);
        runners.push(thread::spawn(move || {
            baton.recv().unwrap();
            say(format!("runner {k}"), "take", k);
            let _ = next.send(());
        }));
    }
    let _ = first.send(());
    runners.into_iter().for_each(|runner| runner.join().unwrap());
    n
}
