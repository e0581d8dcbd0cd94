// A lock and a condition of std in place of the queue: letters, and how many still bring some.
use std::sync::Condvar;

struct Counter {
    letters: Mutex<(Vec<Letter>, usize)>,
    changed: Condvar,
}

fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Counter { letters: Mutex::new((Vec::new(), bags.len())), changed: Condvar::new() };
    let Counter { letters, changed } = &counter;
    let next = || {
        let empty = |now: &mut (Vec<Letter>, usize)| now.0.is_empty() && now.1 > 0;
        let mut now = changed.wait_while(letters.lock().unwrap(), empty).unwrap();
        // The first that came goes first.
        (!now.0.is_empty()).then(|| now.0.remove(0))
    };
    let torn = Mutex::new(0);
    thread::scope(|s| {
        for _ in 0..clerks {
            s.spawn(|| {
                while let Some(letter) = next() {
                    if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                        *torn.lock().unwrap() += 1;
                    }
                }
            });
        }
        for bag in bags {
            s.spawn(move || {
                for letter in bag {
                    letters.lock().unwrap().0.push(letter);
                    changed.notify_one();
                }
                letters.lock().unwrap().1 -= 1;
                changed.notify_all();
            });
        }
    });
    torn.into_inner().unwrap()
}
