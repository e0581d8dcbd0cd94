use std::io::Write;
use std::process::{Command, Stdio};

fn square(n: u64) -> u64 {
    let mut children: Vec<_> = (0..4)
        .map(|_| {
            Command::new("sh")
                .args(["-c", "read n; echo $((n * n)); exit 7"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in &mut children {
        writeln!(child.stdin.take().unwrap(), "{n}").unwrap();
    }
    let mut answers = children.into_iter().map(|child| {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(7));
        String::from_utf8(output.stdout).unwrap().trim().parse::<u64>().unwrap()
    });
    let first = answers.next().unwrap();
    assert!(answers.all(|answer| answer == first));
    first
}
