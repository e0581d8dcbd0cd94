//! Everything that a child has is a copy: on the heap, in statics, of its thread.
use exercises::process::Process;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, RwLock, mpsc};
use std::thread;

static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());
static TABLE: LazyLock<RwLock<BTreeMap<u32, String>>> = LazyLock::new(RwLock::default);
static ONCE: OnceLock<u32> = OnceLock::new();

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

struct Told(&'static str);

impl Drop for Told {
    fn drop(&mut self) {
        let who = exercises::process::current_name();
        LOG.lock().unwrap().push(format!("{} dropped by {who}", self.0));
    }
}

fn shown(list: &Rc<RefCell<Vec<u32>>>, counter: &Arc<Mutex<u64>>) {
    let who = exercises::process::current_name();
    println!("{who}: list {:?}", list.borrow());
    println!("{who}: counter {}", counter.lock().unwrap());
    println!("{who}: log {:?}", LOG.lock().unwrap());
    println!("{who}: table {:?}", TABLE.read().unwrap());
    println!("{who}: once {:?}, depth {}", ONCE.get(), DEPTH.get());
    println!("{who}: {}", thread::current().name().is_some());
}

pub fn main() {
    let list = Rc::new(RefCell::new(vec![1]));
    let counter = Arc::new(Mutex::new(1));
    let (send, receive) = mpsc::channel();
    LOG.lock().unwrap().push("begun".to_owned());
    TABLE.write().unwrap().insert(1, "one".to_owned());
    DEPTH.set(3);
    thread::scope(|s| {
        s.spawn(|| *counter.lock().unwrap() += 1);
    });
    let taken = Told("what the closure takes");
    let mut child = Process::new("child", {
        let (list, counter) = (Rc::clone(&list), Arc::clone(&counter));
        move || {
            let _taken = &taken;
            shown(&list, &counter);
            list.borrow_mut().extend(2..100);
            *counter.lock().unwrap() += 40;
            LOG.lock().unwrap().push("child".repeat(50));
            TABLE.write().unwrap().clear();
            ONCE.set(5).unwrap();
            DEPTH.set(4);
            // Into its copy of the channel.
            send.send(1).unwrap();
            thread::spawn({
                let counter = Arc::clone(&counter);
                move || *counter.lock().unwrap() += 500
            })
            .join()
            .unwrap();
            println!("child: {} of {}", counter.lock().unwrap(), list.borrow().len());
        }
    });
    child.start().unwrap();
    list.borrow_mut().push(7);
    *counter.lock().unwrap() += 2;
    // The child has the only sender that is left of its channel; here is none.
    let received = receive.recv();
    child.join().unwrap();
    println!("received {received:?}");
    shown(&list, &counter);
}
