use std::sync::mpsc;
use std::thread;

fn numbers() -> impl IntoIterator<Item = i32> {
    let boxed: Box<[i32]> = vec![1, 2].into_boxed_slice();
    boxed.into_iter()
}

fn main() {
    let small = u8::try_from(300i32).is_err();
    let (sender, receiver) = mpsc::channel();
    for number in numbers() {
        let sender = sender.clone();
        thread::spawn(move || sender.send(number).unwrap());
    }
    drop(sender);
    let got: Vec<i32> = receiver.iter().collect();
    println!("{small} {got:?}");
}
