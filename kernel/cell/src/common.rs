//! What cells use again and again, compiled here once and for all.
//!
//! rustc compiles a generic function anew in each crate that needs it for a type, unless a crate it stands on has done
//! so for the same type, and neither is optimised (its option `share-generics`, which is on then). That is why the
//! kernel compiles this crate without optimisation: a cell that starts threads takes a sixth less time to compile.
//!
//! Nothing in here ever runs.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock, RwLock};
use std::thread::{Builder, JoinHandle, spawn};
use std::time::Duration;

use crate::Show as _;

/// What holds for the types of values in lessons.
trait Value: Clone + Default + Debug + PartialEq + Send + Sync + 'static {}

impl<T: Clone + Default + Debug + PartialEq + Send + Sync + 'static> Value for T {}

/// Brings about that all of it is compiled.
#[doc(hidden)]
pub fn compiled() {
    value::<()>();
    value::<bool>();
    number::<i32>();
    number::<i64>();
    number::<u32>();
    number::<u64>();
    number::<usize>();
    word::<&'static str>();
    word::<String>();
    value::<f64>();
    value::<(usize, String)>();
    value::<(i32, i32)>();
    value::<Vec<i32>>();
    value::<Vec<u64>>();
    value::<Vec<String>>();
}

fn number<T: Value + Copy + Ord + Hash + Display + std::iter::Sum>() {
    word::<T>();
    let numbers: Vec<T> = std::iter::repeat_n(T::default(), 2).collect();
    let _ = numbers.iter().copied().sum::<T>();
    let _ = (numbers.iter().min(), numbers.iter().max());
    let _ = numbers.contains(&T::default());
}

fn word<T: Value + Ord + Hash + Display>() {
    value::<T>();
    let mut words: Vec<T> = Vec::new();
    words.sort();
    let mut counted: HashMap<T, usize> = HashMap::new();
    *counted.entry(T::default()).or_insert(0) += 1;
    let mut sorted: BTreeMap<T, usize> = BTreeMap::new();
    sorted.insert(T::default(), 1);
    counted.evcxr_display();
    sorted.evcxr_display();
    println!("{}", T::default());
}

fn value<T: Value>() {
    shown(T::default());
    list::<T>();
    thread::<T>();
    shared::<T>();
    sent::<T>();
}

fn shown<T: Value>(value: T) {
    println!("{value:?}");
    value.evcxr_display();
    opened(Some(value.clone()), Ok(value));
}

fn opened<T: Value>(maybe: Option<T>, result: std::io::Result<T>) {
    maybe.evcxr_display();
    drop(maybe.clone().expect("a value"));
    drop(maybe.clone().unwrap_or_default());
    drop(maybe.unwrap());
    drop(result.unwrap());
}

fn list<T: Value>() {
    let mut list = Vec::with_capacity(2);
    list.push(T::default());
    list.extend([T::default()]);
    let _ = (list.len(), list.is_empty(), list.first(), list.last());
    drop((list.pop(), list.get(1).cloned(), list[0].clone()));
    for value in &list {
        shown(value.clone());
    }
    for value in list.iter_mut() {
        *value = T::default();
    }
    list.evcxr_display();
    for value in list.clone() {
        drop(value);
    }
    let mut queue: VecDeque<T> = list.into_iter().collect();
    queue.push_back(T::default());
    drop(queue.pop_front());
    let _ = (queue.len(), queue.is_empty());
}

fn thread<T: Value>() {
    let work: fn() -> T = T::default;
    let mut threads: Vec<JoinHandle<T>> = Vec::new();
    threads.push(spawn(work));
    threads.extend(Builder::new().name("name".to_owned()).spawn(work));
    let _ = threads[0].is_finished();
    let _ = threads[0].thread().name();
    for thread in threads.drain(..) {
        drop(thread.join());
    }
    for thread in threads {
        drop(thread.join().unwrap());
    }
    std::thread::scope(|scope| drop(scope.spawn(work).join().unwrap()));
}

fn shared<T: Value>() {
    let lock = Arc::new(Mutex::new(T::default()));
    *Arc::clone(&lock).lock().unwrap() = T::default();
    drop(lock.try_lock());
    shown(lock.lock().unwrap().clone());
    let pair = Arc::new((Mutex::new(T::default()), Condvar::new()));
    let (value, changed) = &*pair;
    let guard = changed.wait(value.lock().unwrap()).unwrap();
    drop(changed.wait_timeout(guard, Duration::ZERO).unwrap());
    let many = Arc::new(RwLock::new(T::default()));
    *many.write().unwrap() = many.read().unwrap().clone();
    let once = OnceLock::new();
    shown(once.get_or_init(T::default).clone());
    drop(Arc::try_unwrap(lock).map(|lock| lock.into_inner().unwrap()));
    drop((pair, many, once, Arc::new(T::default())));
}

fn sent<T: Value>() {
    let (sender, receiver): (Sender<T>, Receiver<T>) = channel();
    sender.clone().send(T::default()).unwrap();
    drop((receiver.try_recv(), receiver.recv_timeout(Duration::ZERO)));
    shown(receiver.recv().unwrap());
    for value in &receiver {
        drop(value);
    }
    for value in receiver {
        drop(value);
    }
    let (sender, receiver): (SyncSender<T>, Receiver<T>) = sync_channel(0);
    sender.send(T::default()).unwrap();
    drop((sender.try_send(T::default()), receiver.iter().next()));
}
