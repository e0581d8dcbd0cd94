use exercises::process::Process;

pub fn main() {
    let mut child = Process::new("child", || print!("child"));
    child.start().unwrap();
    child.kill().unwrap();
    println!("{:?}", child.join().unwrap());
}
