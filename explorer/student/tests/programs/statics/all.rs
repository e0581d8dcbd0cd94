use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{LazyLock, Mutex, Once, OnceLock};
use std::thread;

static COUNT: AtomicUsize = AtomicUsize::new(7);
static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());
static FIRST: OnceLock<String> = OnceLock::new();
static TABLE: LazyLock<Vec<usize>> = LazyLock::new(|| vec![COUNT.load(SeqCst)]);
static ONCE: Once = Once::new();

thread_local! {
    static OWN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    static START: u32 = 5;
}

fn main() {
    assert_eq!(TABLE.len(), 1);
    let threads: Vec<_> = ["a", "b"]
        .into_iter()
        .map(|name| {
            thread::spawn(move || {
                ONCE.call_once(|| println!("once"));
                NAMES.lock().unwrap().push(name.to_owned());
                FIRST.get_or_init(|| name.to_owned());
                COUNT.fetch_add(1, SeqCst);
                OWN.with_borrow_mut(|own| own.push(START.with(|start| *start)));
                OWN.with_borrow(|own| assert_eq!(*own, [5]));
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    OWN.with_borrow(|own| assert!(own.is_empty()));
    let mut names = NAMES.lock().unwrap().clone();
    names.sort();
    println!("{} {} {}", COUNT.load(SeqCst), names.concat(), TABLE[0]);
}
