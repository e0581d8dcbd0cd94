use exercises::process::Process;

pub fn main() {
    let mut child = Process::new("child", || println!("child"));
    child.start().unwrap();
    child.terminate().unwrap();
    child.kill().unwrap();
    println!("{:?}", child.join().unwrap());
}
