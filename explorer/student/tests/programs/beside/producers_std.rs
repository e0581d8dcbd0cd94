use std::sync::mpsc::sync_channel as bounded;
use std::thread::scope;

fn main() {
    let (sender, receiver) = bounded(1);
    scope(|scope| {
        for name in ["a", "b"] {
            let sender = sender.clone();
            scope.spawn(move || {
                for n in 1..=2 {
                    sender.send((name, n)).unwrap();
                }
                println!("{name} is done");
            });
        }
        drop(sender);
        for (name, n) in receiver.iter() {
            println!("{name}{n}");
        }
    });
}
