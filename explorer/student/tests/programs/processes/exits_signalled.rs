use exercises::process::Process;

pub fn main() {
    let mut child = Process::new("child", || {
        println!("before");
        std::process::exit(7)
    });
    child.start().unwrap();
    child.kill().unwrap();
    println!("{:?}", child.join().unwrap());
}
