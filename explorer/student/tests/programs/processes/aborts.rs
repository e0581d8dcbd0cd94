use exercises::process::Process;

pub fn main() {
    let mut child = Process::new("child", || {
        println!("child");
        print!("lost");
        std::process::abort()
    });
    child.start().unwrap();
    println!("{:?}", child.join().unwrap());
}
