use exercises::process::Process;

pub fn main() {
    let mut child = Process::new("child", || {
        println!("one");
        println!("two");
    });
    child.start().unwrap();
    child.terminate().unwrap();
    println!("asked");
    println!("{:?}", child.join().unwrap());
}
