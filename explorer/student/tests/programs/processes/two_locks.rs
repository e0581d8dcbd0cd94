use exercises::process::{Lock, Process};

fn main() {
    let (left, right) = (Lock::new().unwrap(), Lock::new().unwrap());
    let mut child = Process::new("child", {
        let (left, right) = (left.clone(), right.clone());
        move || {
            let _first = right.lock().unwrap();
            let _second = left.lock().unwrap();
        }
    });
    child.start().unwrap();
    let first = left.lock().unwrap();
    let second = right.lock().unwrap();
    drop((first, second));
    child.join().unwrap();
}
