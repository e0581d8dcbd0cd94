//! Every command of the program with right and wrong input.

use crate::document::Document;
use crate::support::{MINUTE, Scratch, long, refused, weft};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[test]
fn list_shows_all_seventy_three_exercises_of_three_scenarios() {
    let scratch = Scratch::new("list");
    let list = scratch.weft(&["list", "--json"]).run().exits(0).json();
    let exercises = list["exercises"].as_array().expect("exercises is a list");
    let ids: Vec<&str> = exercises.iter().filter_map(|e| e["id"].as_str()).collect();
    let wanted: Vec<String> = [7, 8, 9, 15, 5, 12, 17]
        .into_iter()
        .zip(1..)
        .flat_map(|(exercises, series)| (1..=exercises).map(move |k| format!("s{series}e{k}")))
        .collect();
    assert_eq!(wanted.len(), 73);
    assert_eq!(ids, wanted);
    for exercise in exercises {
        assert!(
            !exercise["title"].as_str().unwrap_or_default().is_empty(),
            "{exercise}"
        );
        let scenarios = exercise["scenarios"]
            .as_array()
            .expect("scenarios is a list");
        assert_eq!(scenarios.len(), 3, "{exercise}");
        for (number, scenario) in (1..).zip(scenarios) {
            assert_eq!(scenario["number"], number, "{exercise}");
            assert!(
                !scenario["title"].as_str().unwrap_or_default().is_empty(),
                "{exercise}"
            );
            let guaranteed = scenario["guaranteed"]
                .as_array()
                .expect("guaranteed is a list");
            assert!(!guaranteed.is_empty(), "{exercise}");
            assert!(scenario["likely"].is_array(), "{exercise}");
        }
        for parameter in exercise["params"].as_array().expect("params is a list") {
            if parameter["kind"] == "file" {
                continue;
            }
            let [min, max, default] =
                ["min", "max", "default"].map(|limit| parameter[limit].as_u64().expect("a number"));
            assert!(min <= default && default <= max, "{exercise}");
            let core = exercise["id"]
                .as_str()
                .is_some_and(|id| id.starts_with("s1") || id.starts_with("s2"));
            if core {
                let switch = parameter["name"] == "shared_cell";
                let wanted = if switch { [0, 1, 0] } else { [0, 64, 10] };
                assert_eq!([min, max, default], wanted, "{exercise}");
            }
        }
    }
    let counts: Vec<(&str, &str)> = exercises
        .iter()
        .flat_map(|e| {
            e["params"]
                .as_array()
                .into_iter()
                .flatten()
                .map(move |p| (e, p))
        })
        .filter_map(|(e, p)| Some((e["id"].as_str()?, p["name"].as_str()?)))
        .filter(|(id, _)| id.starts_with("s1") || id.starts_with("s2"))
        .collect();
    let wanted = [
        ("s1e1", "n_threads"),
        ("s1e3", "n_threads"),
        ("s1e4", "n_threads"),
        ("s1e6", "n_threads"),
        ("s1e6", "shared_cell"),
        ("s2e1", "n_process"),
        ("s2e5", "n_process"),
        ("s2e6", "n_products"),
        ("s2e8", "n_inputs"),
    ];
    assert_eq!(counts, wanted);
}

#[test]
fn list_promises_what_run_then_checks() {
    let scratch = Scratch::new("list-run");
    let list = scratch.weft(&["list", "--json"]).run().exits(0).json();
    for exercise in list["exercises"].as_array().expect("a list").iter().take(3) {
        for scenario in exercise["scenarios"].as_array().expect("a list") {
            let (id, number) = (exercise["id"].as_str().expect("an id"), &scenario["number"]);
            let arguments = [
                "run",
                id,
                "--scenario",
                &number.to_string(),
                "--time-scale",
                "0.02",
                "--json",
            ];
            let run = scratch.weft(&arguments).run().exits(0).json();
            for kind in ["guaranteed", "likely"] {
                let promised: Vec<&str> = scenario[kind]
                    .as_array()
                    .expect("a list of rules")
                    .iter()
                    .filter_map(|rule| rule.as_str())
                    .collect();
                let checked: Vec<&str> = run["order"][kind]
                    .as_array()
                    .expect("a list of rules")
                    .iter()
                    .filter_map(|rule| rule["rule"].as_str())
                    .collect();
                assert_eq!(promised, checked, "{id} {number} {kind}");
            }
        }
    }
}

#[test]
fn run_writes_lines_for_people_and_a_document_for_programs() {
    let scratch = Scratch::new("run-text");
    let arguments = ["run", "s1e1", "--n_threads", "3", "--time-scale", "0.05"];
    let text = scratch.weft(&arguments).run().exits(0).stdout;
    let places: Vec<usize> = (0..3)
        .map(|i| {
            text.find(&format!("thread {i}"))
                .unwrap_or_else(|| panic!("{i} in\n{text}"))
        })
        .collect();
    assert!(places.is_sorted(), "{text}");
    assert!(!text.contains("\"seq\""), "{text}");

    let json = scratch
        .weft(&[&arguments[..], &["--json"]].concat())
        .run()
        .exits(0)
        .stdout;
    let document = Document::read(&json);
    assert_eq!(document.lines.len(), 3);
    for line in &document.lines {
        assert!(
            text.contains(&line.text),
            "{} is also in\n{text}",
            line.text
        );
    }
}

#[test]
fn the_count_may_be_written_with_a_hyphen_and_the_scenario_left_out() {
    let scratch = Scratch::new("spelling");
    let done = scratch
        .weft(&["run", "s1e1", "--n-threads", "2", "--json"])
        .run()
        .exits(0);
    let document = Document::read(&done.stdout);
    assert_eq!((document.scenario, document.count("n_threads")), (1, 2));
}

#[test]
fn lines_appear_while_the_exercise_runs() {
    let scratch = Scratch::new("live");
    let mut running = scratch
        .weft(&["run", "s1e1", "--scenario", "2", "--n_threads", "8"])
        .start();
    running.until_printed(|text| text.contains("thread 0"));
    assert!(!running.ended(), "the first line came at the end only");
    let done = running.wait().exits(0);
    assert!(
        done.elapsed >= Duration::from_millis(2400),
        "sleeps are not scaled by default"
    );
}

#[test]
fn the_time_scale_may_come_from_the_environment() {
    let scratch = Scratch::new("scale");
    let done = scratch
        .weft(&[
            "run",
            "s1e1",
            "--scenario",
            "2",
            "--n_threads",
            "10",
            "--json",
        ])
        .env("WEFT_TIME_SCALE", "0.05")
        .run()
        .exits(0);
    let took = Document::read(&done.stdout).elapsed_ms;
    assert!(
        (150.0..2000.0).contains(&took),
        "3 s at 0.05 took {took} ms"
    );
}

#[test]
fn wrong_input_is_refused_with_the_range_that_is_right() {
    let scratch = Scratch::new("wrong");
    let run = |arguments: &[&str]| scratch.weft(arguments).run();
    refused(run(&["run", "s9e9"]), &["s9e9", "weft list"]);
    refused(run(&["run", "s1e1", "--scenario", "4"]), &["4", "3"]);
    refused(run(&["run", "s1e1", "--scenario", "0"]), &["0"]);
    refused(run(&["run", "s1e1", "--scenario", "two"]), &["two"]);
    refused(
        run(&["run", "s1e1", "--n_threads", "65"]),
        &["65", "64", "n_threads"],
    );
    refused(
        run(&["run", "s1e1", "--n_threads", "-1"]),
        &["-1", "n_threads"],
    );
    refused(
        run(&["run", "s1e1", "--n_threads", "99999999999999999999"]),
        &["n_threads"],
    );
    refused(run(&["run", "s1e1", "--n_threads", ""]), &["n_threads"]);
    refused(
        run(&["run", "s1e1", "--n_process", "5"]),
        &["n_process", "n_threads"],
    );
    refused(
        run(&["run", "s1e2", "--n_threads", "5"]),
        &["n_threads", "s1e2"],
    );
    refused(run(&["run", "s1e1", "--seed", "-3"]), &["seed"]);
    refused(run(&["run", "s1e1", "--shake", "much"]), &["shake"]);
    refused(run(&["run", "s1e1", "--time-scale", "-1"]), &["time-scale"]);
    refused(
        run(&["run", "s1e1", "--time-scale", "NaN"]),
        &["time-scale"],
    );
    refused(run(&["run"]), &[]);
    refused(run(&["unistall"]), &["unistall", "uninstall"]);
    refused(run(&["list", "--jason"]), &["--jason"]);
    refused(run(&["list", "--lang", "xx"]), &["xx", "zh-TW"]);
    refused(
        run(&["install", "--user", "--sys-prefix"]),
        &["--user", "--sys-prefix"],
    );
    refused(
        run(&["install", "--user", "--name", "../../evil"]),
        &["../../evil"],
    );
    refused(
        run(&["kernel", "-f", "no-such-file.json"]),
        &["no-such-file.json"],
    );
    refused(run(&["completions", "tcl"]), &["tcl"]);
    refused(run(&["lab", "--port", "0x50"]), &["0x50"]);
    refused(run(&["lab", "--ip", "everywhere"]), &["everywhere"]);
    refused(run(&["lab", "--ip", "0.0.0.0:80"]), &["0.0.0.0:80"]);
    refused(run(&["lab", "--port", "99999"]), &["99999", "65535"]);
    refused(run(&["lab", "--ip", "300.1.1.1"]), &["127.0.0.1"]);
    refused(run(&["serve", "--addr", "localhost"]), &["127.0.0.1:"]);
    refused(run(&["serve", "--runs", "-1"]), &["-1", "from 1 to 256"]);
    refused(
        run(&["serve", "--behind-proxy=x"]),
        &["--behind-proxy", "=x"],
    );
    refused(
        run(&["explore", "s1e6", "--list", "-3"]),
        &["-3", "from 1 to 100000"],
    );
    refused(run(&["trace"]), &["<PROGRAM>."]);
    refused(run(&["trace", "--", "/no/such"]), &["no file /no/such."]);
    refused(run(&[]), &[]);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let scratch = Scratch::new("no-folder");
    let file = scratch.write("file", "no folder").display().to_string();
    for command in ["install", "lab", "man"] {
        let inside = format!("{file}/inside");
        let option = match command {
            "install" => "--prefix",
            "lab" => "--dir",
            _ => "--",
        };
        let said = scratch.weft(&[command, option, &inside]).run();
        let said = said.exits(1).stderr;
        assert!(said.contains("cannot be made"), "{said}");
        assert!(said.contains(&inside), "{said}");
    }
}

#[test]
fn why_pages_cannot_be_shown_at_an_address_is_told() {
    let scratch = Scratch::new("no-address");
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let taken = listener.local_addr().expect("an address").to_string();
    // The second is for documents only (RFC 5737).
    for (address, why) in [
        (taken.as_str(), "Another program listens there"),
        ("192.0.2.1:8080", "does not have that address"),
    ] {
        let said = scratch.weft(&["serve", "--addr", address]).run();
        let said = said.exits(1).stderr;
        assert!(said.contains(address) && said.contains(why), "{said}");
        assert!(!said.contains("os error"), "{said}");
    }
}

#[test]
fn a_wrong_list_of_sites_is_wrong_input_and_nothing_is_played() {
    let scratch = Scratch::new("wrong-sites");
    let run = |arguments: &[&str]| scratch.weft(arguments).run();
    let list = |name: &str, text: &str| scratch.write(name, text).display().to_string();
    let wrong = list("wrong.txt", "https://example.org\nno address\n");
    refused(
        run(&["run", "s3e4", "--sites", &wrong]),
        &["--sites", &wrong, "no address"],
    );
    let twice = list("twice.txt", "https://example.org\nhttps://example.org\n");
    refused(
        run(&["run", "s3e5", "--sites", &twice, "--json"]),
        &[&twice, "https://example.org"],
    );
    let missing = scratch.path().join("missing.txt").display().to_string();
    refused(run(&["run", "s3e4", "--sites", &missing]), &[&missing]);
    let folder = scratch.path().display().to_string();
    refused(run(&["run", "s3e4", "--sites", &folder]), &[&folder]);
    refused(
        run(&["run", "s3e3", "--sites", &wrong]),
        &["s3e3", "--sites"],
    );
}

#[test]
fn mistakes_in_json_mode_keep_stdout_empty() {
    let scratch = Scratch::new("wrong-json");
    refused(scratch.weft(&["run", "s9e9", "--json"]).run(), &["s9e9"]);
    refused(
        scratch
            .weft(&["run", "s1e1", "--n_threads", "65", "--json"])
            .run(),
        &["65"],
    );
}

#[test]
fn a_connection_file_that_is_none_is_refused() {
    let scratch = Scratch::new("connection");
    for (name, text) in [
        ("empty.json", ""),
        ("words.json", "no JSON at all"),
        ("half.json", r#"{"transport": "tcp", "ip": "127.0.0.1"}"#),
        (
            "odd.json",
            r#"{"transport": "pigeon", "ip": "127.0.0.1", "shell_port": 1,
            "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
            "key": "k", "signature_scheme": "hmac-sha256"}"#,
        ),
    ] {
        scratch.write(name, text);
        refused(scratch.weft(&["kernel", "-f", name]).run(), &[name]);
    }
}

#[test]
fn a_reader_who_has_enough_may_leave() {
    let scratch = Scratch::new("pipe");
    let weft = crate::support::weft();
    for command in [
        "list",
        "list --json",
        "run s1e1 --n_threads 64",
        "run s1e1 --scenario 2 --time-scale 0.02",
        "run s2e1 --n_process 30 --time-scale 0.01 --json",
        "completions bash",
        "man",
        "--help",
    ] {
        let script = format!("{weft} {command} | head -c 1; echo; echo ${{PIPESTATUS[0]}}");
        let done = scratch.program("bash", &["-c", &script]).run().exits(0);
        let code = done.stdout.lines().last().unwrap_or_default();
        assert!(
            code == "0" || code == "141",
            "{command}: {code} {}",
            done.stderr
        );
        assert_eq!(done.stderr, "", "{command}");
    }
}

#[test]
fn an_interrupted_run_takes_its_processes_with_it() {
    let scratch = Scratch::new("interrupted");
    for signal in ["INT", "TERM"] {
        let mut running = scratch
            .weft(&["run", "s2e5", "--scenario", "1", "--n_process", "60"])
            .within(MINUTE)
            .start();
        running.until_printed(|text| text.contains("MyClass-2"));
        running.signal(signal);
        let done = running.wait();
        assert!(
            done.elapsed < Duration::from_secs(20),
            "{signal}: {:?}",
            done.elapsed
        );
        assert_ne!(done.code(), 0, "{signal}");
        let code = done.code();
        done.exits(code);
    }
}

#[test]
fn completions_know_the_commands_of_each_shell() {
    let scratch = Scratch::new("completions");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = scratch.weft(&["completions", shell]).run().exits(0).stdout;
        for word in [
            "lab",
            "install",
            "uninstall",
            "doctor",
            "list",
            "run",
            "n_threads",
        ] {
            assert!(script.contains(word), "{shell} completes {word}");
        }
    }
    let script = scratch.weft(&["completions", "bash"]).run().exits(0).stdout;
    let file = scratch.write("weft.bash", script);
    let ask = format!(
        "source {}; COMP_WORDS=(weft un); COMP_CWORD=1; _weft weft un weft; echo ${{COMPREPLY[@]}}",
        file.display()
    );
    let done = scratch.program("bash", &["-c", &ask]).run().exits(0);
    assert_eq!(done.stdout.trim(), "uninstall");
}

#[test]
fn the_version_is_the_packages() {
    let scratch = Scratch::new("version");
    let version = scratch.weft(&["--version"]).run().exits(0).stdout;
    assert_eq!(version.trim(), concat!("weft ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn sixty_four_threads_start_and_end_in_thirty_milliseconds() {
    let scratch = Scratch::new("fast");
    let arguments = ["run", "s1e1", "--scenario", "1", "--n_threads", "64"];
    let best = (0..if long() { 100 } else { 25 })
        .map(|_| scratch.weft(&arguments).run().exits(0).elapsed)
        .min()
        .expect("it ran");
    // The best of many: the others tell of the machine's other work.
    assert!(
        best < Duration::from_millis(30),
        "the best of many runs took {best:?}"
    );
}

/// A file that a build script writes and watches is younger than what it made: nothing would ever be up to date.
#[test]
fn what_a_build_writes_does_not_begin_the_next_build() {
    let builds = Path::new(weft()).with_file_name("build");
    for package in ["student-", "kernel-"] {
        // What the build script said, as cargo keeps it; the youngest is of the program under test.
        let outputs = std::fs::read_dir(&builds)
            .expect("cargo's folder of build scripts")
            .map(|entry| entry.expect("a readable folder"))
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(package))
            .map(|entry| entry.path().join("output"));
        let modified = |path: &PathBuf| path.metadata().and_then(|data| data.modified()).ok();
        let output = outputs
            .filter(|path| path.is_file())
            .max_by_key(modified)
            .expect("the build script has run");
        let said = std::fs::read_to_string(&output).expect("it can be read");
        let watched: Vec<&str> = said
            .lines()
            .filter_map(|line| line.split_once("rerun-if-changed="))
            .map(|(_, path)| path)
            .collect();
        assert!(watched.len() > 1, "{said}");
        let written = output.with_file_name("out");
        for path in watched {
            assert!(!Path::new(path).starts_with(&written), "{package}: {path}");
        }
    }
}
