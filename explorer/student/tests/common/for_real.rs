//! Programs that are explored and run.
use std::process::Command;

/// Which of them is run.
const WHICH: &str = "WEFT_RUNS_FOR_REAL";
/// What comes before its output.
const BEGINS: &str = "<begins>\n";

/// Takes programs into the test program, and the one that is asked for is run by its test `for_real`.
#[allow(unused_macros, reason = "each test program uses its part")]
macro_rules! programs {
    ($($name:ident = $path:literal,)*) => {
        $(
            #[path = $path]
            mod $name;
        )*

        #[test]
        #[ignore = "a program of the other tests, in a process of its own"]
        fn for_real() {
            match &*common::for_real::begun() {
                $(stringify!($name) => $name::main(),)*
                other => panic!("{other}"),
            }
            std::process::exit(0);
        }
    };
}

/// The name of the program that is run now.
pub fn begun() -> String {
    print!("{BEGINS}");
    std::env::var(WHICH).unwrap()
}

/// What a program prints when it is run.
pub fn printed(name: &str) -> String {
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "for_real", "--ignored", "--nocapture"])
        // On the first thread, which a child's is a copy of.
        .arg("--test-threads=1")
        .env(WHICH, name)
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    let all = String::from_utf8(run.stdout).unwrap();
    all.split_once(BEGINS).unwrap().1.to_owned()
}
