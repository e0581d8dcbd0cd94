use exercises::process::Process;

pub fn main() {
    let mut child = Process::new("child", || println!("in the background")).daemon(true);
    child.start().unwrap();
    println!("main ends");
}
