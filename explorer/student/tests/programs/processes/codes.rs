//! How processes end, and what they are told of themselves.
use exercises::process::{self, Process, ProcessError};

fn code<R: process::IntoExitCode>(f: impl FnOnce() -> R + 'static) -> Option<i32> {
    let mut child = Process::unnamed(f);
    child.start().unwrap();
    let first = child.join().unwrap();
    assert_eq!(child.join().unwrap(), first);
    assert_eq!(child.exit_code(), first);
    assert!(!child.is_alive());
    first
}

pub fn main() {
    let mut child = Process::new("first", || 7);
    println!("{} {:?}", child.name(), child.pid());
    assert!(matches!(child.join(), Err(ProcessError::NotStarted(_))));
    child.start().unwrap();
    assert!(matches!(child.start(), Err(ProcessError::StartedAlready(_))));
    println!("{:?}", child.join().unwrap());
    println!("{:?}", code(|| ()));
    println!("{:?}", code(|| 300));
    println!("{:?}", code(|| Err::<(), _>("no")));
    println!("{:?}", code(|| -> Result<i32, String> { Ok(4) }));
    println!("{:?}", code(|| std::process::exit(9)));
    let parent = process::id();
    println!(
        "{:?}",
        code(move || {
            assert_eq!(process::parent_id(), parent);
            assert_ne!(process::id(), parent);
            assert_eq!(i64::from(std::process::id()), i64::from(process::id()));
            let (own, name) = (process::id(), process::current_name());
            println!("{name}");
            let mut grandchild = Process::unnamed(move || {
                assert_eq!(process::parent_id(), own);
                println!("{} in {name}", process::current_name());
                2
            });
            grandchild.start().unwrap();
            grandchild.join().unwrap().unwrap() + 1
        })
    );
    println!("{} {}", process::current_name(), process::is_child());
}
