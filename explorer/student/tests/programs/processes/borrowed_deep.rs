use exercises::process::{Process, Value};
use std::cell::{Cell, RefCell};

/// Fills much of the stack.
fn deep(n: u64) -> u64 {
    let here = [n; 100];
    if n == 0 { here.iter().sum() } else { deep(n - 1) + here[7] }
}

pub fn main() {
    let turns = Value::new(0_u32).unwrap();
    let kept = Cell::new(7);
    let list = RefCell::new(vec![1, 2, 3]);
    let mut child = Process::borrowing("child", || {
        let inner = Cell::new(kept.get());
        list.borrow_mut().push(4);
        let mut grandchild = Process::borrowing("grandchild", || {
            inner.set(inner.get() + 10);
            kept.set(100);
            turns.fetch_add(1);
            list.borrow_mut().push(5);
            println!("grandchild: {} {} {:?}", inner.get(), kept.get(), list.borrow());
        });
        grandchild.start().unwrap();
        kept.set(8);
        turns.fetch_add(1);
        let sum = deep(20);
        grandchild.join().unwrap();
        println!("child: {} {} {:?} {sum}", inner.get(), kept.get(), list.borrow());
    });
    child.start().unwrap();
    kept.set(9);
    list.borrow_mut().clear();
    turns.fetch_add(1);
    let sum = deep(30);
    child.join().unwrap();
    println!("main: {} {:?} {sum}, {} turns", kept.get(), list.borrow(), turns.get());
}
