// The last runner is started first; each knows whom to unpark, and a flag says that it was meant.
use std::sync::atomic::AtomicBool;

fn relay(runners: usize, track: Track) {
    let flags: Arc<Vec<AtomicBool>> = Arc::new((0..=runners).map(|_| AtomicBool::new(false)).collect());
    let mut next: Option<thread::Thread> = None;
    let mut handles = Vec::new();
    for runner in (0..runners).rev() {
        let (flags, mine, after) = (flags.clone(), track.clone(), next.take());
        let handle = track.spawn(move || {
            while !flags[runner].load(Ordering::SeqCst) {
                thread::park();
            }
            mine.take_baton(runner);
            flags[runner + 1].store(true, Ordering::SeqCst);
            if let Some(after) = after {
                after.unpark();
            }
        });
        next = Some(handle.thread().clone());
        handles.push(handle);
    }
    flags[0].store(true, Ordering::SeqCst);
    if let Some(first) = next {
        first.unpark();
    }
    handles.into_iter().for_each(|handle| handle.join().unwrap());
}
