use exercises::process::Process;

fn main() {
    let mut child = Process::new("child", || {
        let none: Option<u32> = None;
        none.unwrap();
    });
    child.start().unwrap();
    println!("{:?}", child.join().unwrap());
}
