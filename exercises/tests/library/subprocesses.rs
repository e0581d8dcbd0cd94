//! Other programs: what they are given, what comes back, and that nothing stays.

use crate::{LIMIT, eventually, within};
use exercises::primitive::process as low;
use exercises::primitive::thread;
use exercises::primitive::time::{Duration, Instant, scaled};
use exercises::process::{Process, Subprocess, SubprocessError, is_child};
use recorder::{Journal, Kind, LaneKind, Object, current};

fn echo(argument: &str) -> Subprocess {
    Subprocess::new("echo").arg(argument)
}

/// Whether a process with this number still runs (a zombie does not).
fn runs(pid: i32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| {
        let state = stat.rsplit(')').next().unwrap_or_default().trim_start();
        !state.starts_with(['Z', 'X'])
    })
}

#[test]
fn exit_codes_are_counted_as_python_does() {
    let _alone = crate::alone::alone();
    let code = |script: &str| Subprocess::shell(script).output().unwrap().code();
    assert_eq!(code("exit 0"), Some(0));
    assert_eq!(code("exit 7"), Some(7));
    assert_eq!(code("kill -TERM $$"), Some(-15));
    assert_eq!(code("kill -9 $$"), Some(-9));
}

#[test]
fn an_argument_arrives_as_it_is() {
    let _alone = crate::alone::alone();
    for argument in [
        "a; rm x",
        "$HOME `date` | wc",
        "",
        " two  spaces ",
        "*",
        "\"'\n\\",
    ] {
        let output = Subprocess::new("printf").arg("%s").arg(argument).output();
        assert_eq!(output.unwrap().bytes, argument.as_bytes());
    }
    let folder = std::env::temp_dir();
    let script = Subprocess::shell("pwd; echo $A; echo ${HOME-none}");
    let script = script.folder(&folder).env("A", "b c").env_remove("HOME");
    let told = script.text().unwrap();
    assert!(told.ends_with("\nb c\nnone"), "{told}");
}

#[test]
fn a_megabyte_on_every_stream_blocks_nobody() {
    let _alone = crate::alone::alone();
    let input: Vec<u8> = (0..1 << 20).map(|place: u32| place as u8).collect();
    let expected = input.clone();
    let output = within(LIMIT, move || {
        // Errors first and all of them, then what it reads, then the end.
        Subprocess::shell("head -c 1048576 /dev/zero >&2; cat; head -c 1048576 /dev/zero >&2")
            .input(input)
            .output()
            .unwrap()
    });
    assert_eq!(output.code(), Some(0));
    assert!(output.bytes == expected, "{} bytes", output.bytes.len());
    assert_eq!(output.error_bytes, vec![0; 2 << 20]);
}

#[test]
fn a_program_that_reads_nothing_takes_its_input_as_read() {
    let _alone = crate::alone::alone();
    let output = within(LIMIT, || {
        Subprocess::new("true").input(vec![b'x'; 1 << 20]).output()
    });
    assert_eq!(output.unwrap().code(), Some(0));
    // Without an input a reader finds the end.
    let output = within(LIMIT, || Subprocess::new("cat").output()).unwrap();
    assert_eq!((output.code(), output.bytes.len()), (Some(0), 0));
}

#[test]
fn programs_in_a_row_need_no_shell_and_each_has_its_code() {
    let _alone = crate::alone::alone();
    let row = Subprocess::new("printf").arg("b\na\n");
    let row = row
        .pipe(Subprocess::new("sort"))
        .pipe(Subprocess::new("wc").arg("-l"));
    let output = row.output().unwrap();
    assert_eq!(output.text().trim(), "2");
    assert_eq!(output.codes(), [Some(0); 3]);
    // One that stops reading ends the one before it by signal 13, which is no concern of ours.
    let endless = Subprocess::new("yes").pipe(Subprocess::new("head").arg("-n1"));
    let output = within(LIMIT, move || endless.output().unwrap());
    assert_eq!(
        (&*output.text(), output.codes()),
        ("y", vec![Some(-13), Some(0)])
    );
    let failing = Subprocess::shell("echo oh >&2; exit 4").pipe(Subprocess::new("cat"));
    match failing.text() {
        Err(SubprocessError::Failed { program, output }) => {
            assert_eq!((&*program, &*output.error_text()), ("/bin/sh", "oh"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn bytes_are_kept_and_text_loses_one_newline() {
    let _alone = crate::alone::alone();
    let output = Subprocess::new("printf")
        .arg("a\\n\\n\\377")
        .output()
        .unwrap();
    assert_eq!(output.bytes, b"a\n\n\xff");
    assert_eq!(output.text(), "a\n\n\u{fffd}");
    assert_eq!(echo("a\n").output().unwrap().text(), "a\n");
    assert_eq!(echo("a").text().unwrap(), "a");
}

#[test]
fn what_cannot_be_started_says_why() {
    let _alone = crate::alone::alone();
    let said = |subprocess: Subprocess| subprocess.output().unwrap_err().to_string();
    assert_eq!(
        said(Subprocess::new("no-such-program")),
        "there is no program `no-such-program`; check how it is written, or install it"
    );
    assert_eq!(
        said(echo("x").pipe(Subprocess::new("./not-here"))),
        "there is no program `./not-here`; check how it is written, or install it"
    );
    assert!(matches!(
        Subprocess::new("").output(),
        Err(SubprocessError::NotFound(_))
    ));
    assert_eq!(
        said(Subprocess::new("/etc/passwd")),
        "`/etc/passwd` is not a program that may be run; is it executable?"
    );
    assert_eq!(
        said(echo("x").folder("/no/such/folder")),
        "`echo` cannot run in `/no/such/folder`; there is no such folder"
    );
    let nowhere = Subprocess::new("sh").env("PATH", "/nowhere").output();
    assert!(matches!(nowhere, Err(SubprocessError::NotFound(_))));
    assert!(matches!(
        Subprocess::new("echo").arg("a\0b").output(),
        Err(SubprocessError::System { .. })
    ));
}

#[test]
fn at_its_time_out_the_whole_group_is_killed_and_reaped() {
    let _alone = crate::alone::alone();
    let limit = Duration::from_millis(300);
    // The shell waits for a grandchild that holds the output open, and both refuse SIGTERM.
    let script = "trap '' TERM; sleep 1000 & echo $!; echo $$; wait";
    let begin = Instant::now();
    let result = within(LIMIT, move || {
        Subprocess::shell(script).timeout(limit).output()
    });
    assert!(begin.elapsed() >= scaled(limit));
    let Err(SubprocessError::TimedOut {
        program, output, ..
    }) = result
    else {
        panic!("{result:?}")
    };
    assert_eq!((&*program, output.code()), ("/bin/sh", Some(-9)));
    let pids: Vec<i32> = output
        .text()
        .lines()
        .map(|line| line.parse().unwrap())
        .collect();
    let [grandchild, shell] = pids[..] else {
        panic!("{pids:?}")
    };
    let entry = format!("/proc/{shell}");
    assert!(!std::path::Path::new(&entry).exists(), "not reaped");
    eventually("the grandchild is gone", || !runs(grandchild));
    // In time: nothing is killed.
    let quick = echo("quick").timeout(LIMIT).output().unwrap();
    assert_eq!((&*quick.text(), quick.code()), ("quick", Some(0)));
}

#[test]
fn a_program_that_never_stops_writing_meets_the_limit() {
    let _alone = crate::alone::alone();
    let result = within(LIMIT, || Subprocess::new("yes").limit(100_000).output());
    assert!(matches!(
        result,
        Err(SubprocessError::TooMuch { limit: 100_000, .. })
    ));
    let result = Subprocess::new("head")
        .args(["-c", "1000", "/dev/zero"])
        .limit(1000);
    assert_eq!(result.output().unwrap().bytes.len(), 1000);
}

#[test]
fn lines_are_handed_out_while_the_program_runs() {
    let _alone = crate::alone::alone();
    // It goes on only when its first line was seen: the listener makes the file it waits for.
    let path = std::env::temp_dir().join(format!("weft-seen-{}", low::getpid()));
    let script = format!(
        "echo one; while ! test -e {0}; do sleep 0.01; done; printf two",
        path.display()
    );
    let seen = path.clone();
    let lines = within(LIMIT, move || {
        let mut lines = Vec::new();
        let output = Subprocess::shell(script).each_line(|line| {
            std::fs::write(&seen, "").unwrap();
            lines.push(line.to_owned());
        });
        assert_eq!(output.unwrap().bytes, b"one\ntwo");
        lines
    });
    std::fs::remove_file(path).unwrap();
    assert_eq!(lines, ["one", "two"]);
}

#[test]
fn a_panic_in_the_listener_leaves_no_program_behind() {
    let _alone = crate::alone::alone();
    let mut pid = 0;
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        Subprocess::shell("echo $$; exec sleep 1000").each_line(|line| {
            pid = line.parse().unwrap();
            panic!("as it should be");
        })
    }));
    assert!(panicked.is_err() && pid > 0);
    assert!(!std::path::Path::new(&format!("/proc/{pid}")).exists());
}

#[test]
fn a_program_ends_with_the_process_that_started_it() {
    let _alone = crate::alone::alone();
    let (sender, receiver) = exercises::process::pipe::<i32>().unwrap();
    let mut parent = Process::new("parent", move || {
        Subprocess::shell("echo $$; exec sleep 1000")
            .each_line(|line| {
                sender.send(line.parse::<i32>().unwrap()).unwrap();
            })
            .map(|_| ())
    });
    parent.start().unwrap();
    let pid = receiver.recv().unwrap().unwrap();
    assert!(runs(pid));
    parent.kill().unwrap();
    parent.join().unwrap();
    eventually("the program is gone", || !runs(pid));
}

#[test]
fn a_process_forked_meanwhile_does_not_hold_the_input_open() {
    let _alone = crate::alone::alone();
    let (began, begun) = std::sync::mpsc::channel();
    let cat = thread::spawn(Some("cat"), move || {
        // It writes at once and then reads to the end of a long input, slowly enough for a fork.
        let script = "echo ready; sleep 0.3; cat | wc -c";
        let told = Subprocess::shell(script).input(vec![b'x'; 1 << 20]);
        told.each_line(|_| _ = began.send(()))
            .map(|output| output.text().into_owned())
    });
    begun.recv().unwrap();
    let mut sleeper = Process::new("sleeper", || thread::sleep(LIMIT * 10));
    sleeper.start().unwrap();
    eventually("the program finds the end of its input", || {
        cat.is_finished()
    });
    assert_eq!(cat.join().unwrap().unwrap(), "ready\n1048576");
    sleeper.kill().unwrap();
    sleeper.join().unwrap();
    assert!(!is_child());
}

#[test]
fn a_program_has_a_lane_like_every_other_child() {
    let _alone = crate::alone::alone();
    let journal = Journal::create(1 << 10).unwrap();
    let child = low::fork("recorded", || {
        current::install(journal.clone(), "main", LaneKind::Process);
        let row = echo("x").pipe(Subprocess::new("/bin/cat"));
        assert_eq!(row.text().unwrap(), "x");
        assert!(Subprocess::new("no-such-program").output().is_err());
        0
    });
    assert_eq!(child.unwrap().wait().unwrap(), low::ExitStatus::Code(0));
    let lanes = journal.lanes();
    let names: Vec<&str> = lanes.iter().map(|lane| &*lane.name).collect();
    assert_eq!(names, ["main", "echo", "cat"]);
    for lane in &lanes[1..] {
        assert_eq!(
            (lane.kind, lane.parent),
            (LaneKind::Process, Some(lanes[0].lane))
        );
        assert!(lane.pid > 0 && lane.pid != lanes[0].pid);
        let events: Vec<(Kind, bool)> = journal
            .events()
            .iter()
            .filter(|event| event.object == Object::lane(lane.lane))
            .map(|event| (event.kind, event.lane == lane.lane))
            .collect();
        let expected = [
            (Kind::Fork, false),
            (Kind::Start, true),
            (Kind::Exec, true),
            (Kind::JoinBegin, false),
            (Kind::JoinEnd, false),
        ];
        assert_eq!(events, expected);
    }
}
