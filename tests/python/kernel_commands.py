"""The `:commands` of a cell, completion and inspection."""

import base64
import os
import pathlib
import re
import subprocess
import time

import report
from client import Kernel, OneKernel

# Exercises are to be quick, in every kernel of these tests.
os.environ["WEFT_TIME_SCALE"] = "0.05"


def living(group):
    """The processes of a group; those that were killed may take a moment to go."""
    end = time.monotonic() + 10
    while True:
        found = subprocess.run(
            ["ps", "-e", "-o", "pgid=,stat=,args="], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        found = [f for f in found if f.split()[0] == str(group) and not f.split()[1].startswith("Z")]
        if not found or time.monotonic() > end:
            return found
        time.sleep(0.05)


class Commands(OneKernel):
    def shown(self, cell):
        texts = [cell.stdout, cell.stderr]
        for kind in ("display_data", "execute_result"):
            texts += [c["data"].get("text/plain", "") for c in cell.contents(kind)]
        texts += [p["data"].get("text/plain", "") for p in cell.reply.get("payload", [])]
        return "\n".join(texts)

    def test_help_names_every_command_in_the_pager_and_as_text(self):
        cell = self.ok(":help")
        page = cell.reply["payload"][0]
        self.assertEqual(page["source"], "page")
        for command in (
            ":run", ":vars", ":dep", ":help", ":clear_output", ":timeline", ":why",
            ":time ", ":type", ":doc", ":load", "! COMMAND",
        ):
            self.assertIn(command, page["data"]["text/plain"])

    def test_explore_tells_what_could_have_happened_and_does_not_run_it(self):
        code = (
            "use std::sync::{Arc, Mutex};\n"
            "let one = Arc::new(Mutex::new(()));\n"
            "let two = Arc::new(Mutex::new(()));\n"
            "let (a, b) = (one.clone(), two.clone());\n"
            "let other = std::thread::spawn(move || {\n"
            "    let _a = a.lock().unwrap();\n"
            "    let _b = b.lock().unwrap();\n"
            "});\n"
            "{\n"
            "    let _b = two.lock().unwrap();\n"
            "    let _a = one.lock().unwrap();\n"
            "}\n"
            "other.join().unwrap();\n"
            "println!(\"done\");"
        )
        # The explorer is made for the compiler once.
        found = self.ok(":explore\n" + code, timeout=300).stdout
        self.assertIn("PROVED", found)
        self.assertIn("Deadlock", found)
        # Lines are the cell's, in which the command is the first.
        self.assertIn("thread 1 (line 8)", found)
        schedule = re.search(r":replay (\S+)`", found).group(1)
        replayed = self.ok(f":replay {schedule}")
        self.assertIn("Deadlock", replayed.stdout)
        # What the schedule does is drawn like a run, and is what `:timeline` and `:why` are about from now on.
        (picture,) = replayed.contents("display_data")
        self.assertIn("<svg", picture["data"]["image/svg+xml"])
        self.assertIn("thread 1  waits for lock 1", picture["data"]["text/plain"])
        (last,) = self.ok(":timeline last").contents("display_data")
        self.assertEqual(last["data"], picture["data"])
        self.assertIn("possible", self.ok(':ask "done"').stdout)
        self.assertIn("impossible from line 1", self.ok(':ask "gone"').stdout)
        # It was not run: its variables do not exist.
        self.assertEqual(self.kernel.run("one.is_poisoned()").status, "error")

    def test_explore_tells_an_if_around_a_wait_where_only_a_spurious_wake_up_shows_it(self):
        code = (
            "use std::sync::{Arc, Condvar, Mutex};\n"
            "let pair = Arc::new((Mutex::new(false), Condvar::new()));\n"
            "let other = pair.clone();\n"
            "let waiter = std::thread::spawn(move || {\n"
            "    let mut ready = other.0.lock().unwrap();\n"
            "    if !*ready {\n"
            "        ready = other.1.wait(ready).unwrap();\n"
            "    }\n"
            "    println!(\"ready: {}\", *ready);\n"
            "});\n"
            "*pair.0.lock().unwrap() = true;\n"
            "pair.1.notify_one();\n"
            "waiter.join().unwrap();"
        )
        # The explorer is made for the compiler once.
        cell = self.ok(":explore\n" + code, timeout=300)
        self.assertIn("PROVED", cell.stdout)
        self.assertIn("The wait in line 8", cell.stdout)
        self.assertIn("`while` in place of `if`", cell.stdout)
        schedule = re.search(r":replay (\S+)`", cell.stdout).group(1)
        replayed = self.ok(f":replay {schedule}")
        self.assertIn("prints “ready: false”", replayed.stdout)
        found = self.ok(":explore\n" + code.replace("if !*", "while !*"))
        self.assertNotIn("while", found.stdout)
        # Quick as they are, none of them told how far it was.
        for quick in (cell, replayed, found):
            self.assertEqual(quick.contents("clear_output"), [])

    # More classes than can be explored in any budget.
    ENDLESS = (
        "let all = std::sync::Mutex::new(0);\n"
        "std::thread::scope(|scope| {\n"
        "    for _ in 0..6 {\n"
        "        scope.spawn(|| for _ in 0..3 { *all.lock().unwrap() += 1; });\n"
        "    }\n"
        "});"
    )

    def test_explore_tells_how_far_it_is_and_leaves_only_the_answer(self):
        # The explorer is made for the compiler once.
        self.ok(":explore\nprintln!();", timeout=300)
        cell = self.kernel.run(":explore --budget 3\n" + self.ENDLESS, timeout=60)
        self.assertEqual(cell.status, "ok")
        told = cell.contents("display_data") + cell.contents("update_display_data")
        self.assertTrue(told)
        for progress in told:
            self.assertRegex(progress["data"]["text/plain"], r"^[\d,]+ classes, \d+ s$")
        # A few times a second.
        self.assertLess(len(told), 40)
        kinds = [kind for _, kind, _ in cell.output if kind not in ("status", "execute_input")]
        # What was shown is taken away when the answer comes, and nothing is shown beside that.
        self.assertEqual(kinds[0], "display_data")
        end = kinds.index("clear_output")
        self.assertEqual(set(kinds[1:end]), {"update_display_data"})
        self.assertEqual(set(kinds[end + 1:]), {"stream"})
        self.assertEqual(cell.contents("clear_output"), [{"wait": True}])
        self.assertRegex(cell.stdout, "PROVED UP TO|SAMPLED")

    def test_an_interrupt_takes_away_how_far_an_exploration_was(self):
        # The explorer is made for the compiler once.
        self.ok(":explore\nprintln!();", timeout=300)
        cell = self.kernel.start(":explore --budget 600\n" + self.ENDLESS)
        self.kernel.until(lambda: cell.contents("display_data"), 120, "how far it is")
        self.kernel.interrupt()
        self.kernel.until(cell.done, 60, "the end of the cell")
        kinds = [kind for _, kind, _ in cell.output if kind not in ("status", "execute_input")]
        self.assertEqual(kinds[-2:], ["clear_output", "error"])

    def test_progress_takes_nothing_away_that_a_cell_showed_before(self):
        commands = ":explore s1e1 --scenario 2\n:explore --budget 2\n"
        cell = self.kernel.run(commands + self.ENDLESS, timeout=300)
        self.assertEqual(cell.contents("clear_output"), [])
        self.assertEqual(cell.contents("display_data"), [])
        self.assertIn("sequential(who)", cell.stdout)

    def test_explore_tells_mistakes_on_the_lines_of_the_cell(self):
        cell = self.kernel.run(':explore\n\nlet n: i32 = "no";')
        self.assertEqual(cell.status, "error")
        self.assertIn("cell.rs:3:14", "\n".join(cell.reply["traceback"]))
        cell = self.kernel.run(':explore\nlet n = std::fs::read("x");')
        self.assertIn("std::fs::read", "\n".join(cell.reply["traceback"]))
        for wrong in (":ask", ":replay", ":replay 1 2"):
            self.assertEqual(self.kernel.run(wrong + "\n1 + 1").status, "error")

    def test_explore_knows_the_locks_of_the_library(self):
        code = (
            "use exercises::sync::Semaphore;\n"
            "let (salt, pan) = (Semaphore::new(1), Semaphore::new(1));\n"
            "std::thread::scope(|s| {\n"
            "    s.spawn(|| {\n"
            "        salt.acquire();\n"
            "        let _pan = pan.permit();\n"
            "        println!(\"one\");\n"
            "        salt.release();\n"
            "    });\n"
            "    let _pan = pan.permit();\n"
            "    salt.acquire();\n"
            "    println!(\"two\");\n"
            "    salt.release();\n"
            "});"
        )
        # The explorer and the library it checks with are made for the compiler once.
        found = self.ok(":explore\n" + code, timeout=600).stdout
        self.assertIn("PROVED", found)
        self.assertIn("Deadlock", found)
        for line in (7, 12):
            self.assertIn(f"line {line})", found)
        self.assertNotIn("stand-ins", found)
        schedule = re.search(r":replay (\S+)`", found).group(1)
        replayed = self.ok(f":replay {schedule}").stdout
        self.assertIn("Deadlock", replayed)
        self.assertNotIn("stand-ins", replayed)
        self.assertIn("possible", self.ok(':ask "two | one"').stdout)
        self.assertIn("impossible from line 2", self.ok(':ask "one | one"').stdout)
        self.assertIn("`:play 0`", self.played(":play\n" + code))
        # Each process has a list of its own.
        code = (
            "use exercises::process::Process;\n"
            "let list = std::cell::RefCell::new(vec![1]);\n"
            "let list = std::rc::Rc::new(list);\n"
            "let theirs = list.clone();\n"
            "let mut child = Process::new(\"child\", move || {\n"
            "    theirs.borrow_mut().push(2);\n"
            "    println!(\"child {:?}\", theirs.borrow());\n"
            "});\n"
            "child.start().unwrap();\n"
            "child.join().unwrap();\n"
            "println!(\"parent {:?}\", list.borrow());"
        )
        found = self.ok(":explore\n" + code).stdout
        self.assertIn("PROVED", found)
        self.assertIn("child [1, 2]", found)
        self.assertIn("parent [1]", found)
        cell = self.kernel.run(":explore\n\nlet manager: Option<exercises::process::Manager> = None;")
        self.assertEqual(cell.status, "error")
        said = "\n".join(cell.reply["traceback"])
        self.assertIn("exercises::process", said)
        self.assertIn("line 3", said)

    def played(self, code):
        """What `:play` says where there are no buttons."""
        # The explorer is made for the compiler once.
        (shown,) = self.ok(code, timeout=300).contents("display_data")
        return shown["data"]["text/plain"]

    def test_play_lets_the_user_choose_who_goes_next(self):
        code = (
            "let other = std::thread::spawn(|| println!(\"other\"));\n"
            "println!(\"main\");\n"
            "other.join().unwrap();"
        )
        begun = self.played(":play\n" + code)
        self.assertIn("`:play 0`", begun)
        self.assertNotIn("prints", begun)
        # main has started the other thread, and both have printed: nothing is left but the end of one and the join.
        after = self.played(":play 0")
        self.assertIn("prints “other”", after)
        self.assertIn("waits for the end of thread 1", after)
        self.assertIn("`:play 1`", after)
        cell = self.kernel.run(":play 0")
        self.assertEqual(cell.status, "error")
        self.assertIn("Thread 0 cannot go", "\n".join(cell.reply["traceback"]))
        # What could not be done was not done.
        self.assertIn("It is over", self.played(":play 1 0"))
        self.assertIn("`:play 0`", self.played(":play back"))
        self.assertEqual(self.played(":play"), begun)
        for wrong in (":play them", ":play -1"):
            self.assertEqual(self.kernel.run(wrong).status, "error", wrong)
        # It was not run: its variables do not exist.
        self.assertEqual(self.kernel.run("other.thread()").status, "error")

    def test_explore_takes_an_exercise_and_the_code_below_it_runs(self):
        cell = self.ok(":explore s1e1 --scenario 2\n1 + 1")
        self.assertIn("sequential(who)", cell.stdout)
        self.assertEqual(cell.result, "2")
        cell = self.kernel.run(":explore s9e9")
        self.assertEqual(cell.status, "error")
        self.assertIn("s9e9", "\n".join(cell.reply["traceback"]))
        cell = self.kernel.run(":explore s1e1 --scenario 4")
        self.assertEqual(cell.status, "error")

    def test_run_performs_an_exercise(self):
        cell = self.ok(":run s1e1 --n_threads 4")
        shown = self.shown(cell)
        places = [shown.index(f"thread {i}") for i in range(4)]
        self.assertEqual(places, sorted(places))

    def test_run_shows_lines_while_it_runs(self):
        cell = self.ok(":run s1e1 --scenario 2 --n_threads 4 --time-scale 1")
        first = next(t for t, k, c in cell.output if "thread 0" in str(c))
        self.assertGreater(cell.idle_at - first, 0.6)

    def test_run_of_a_wrong_exercise_is_an_error_that_names_it(self):
        cell = self.kernel.run(":run s9e9")
        self.assertEqual(cell.status, "error", cell)
        self.assertIn("s9e9", str(cell.reply) + cell.stderr)

    def test_run_can_be_interrupted(self):
        cell = self.kernel.start(":run s2e5 --scenario 1 --n_process 60 --time-scale 1")
        self.kernel.listen(1.5)
        self.assertFalse(cell.done())
        self.kernel.interrupt()
        self.kernel.until(cell.done, 20, "the end of the interrupted exercise")
        self.assertEqual(self.ok("1 + 1").result, "2")

    def test_vars_lists_names_and_types(self):
        self.ok("let harbour: Vec<u32> = vec![1, 2, 3];")
        shown = self.shown(self.ok(":vars"))
        self.assertIn("harbour", shown)
        self.assertIn("Vec<u32>", shown)

    def test_vars_is_a_table_with_sizes_and_no_markup_of_its_own(self):
        self.ok("let beam: f32 = 2.5; let crew: Vec<Option<u8>> = vec![];")
        data = self.ok(":vars").contents("display_data")[-1]["data"]
        self.assertRegex(data["text/plain"], r"(?m)^beam +f32 +4$")
        self.assertIn("<td><code>crew</code></td><td><code>Vec&lt;Option&lt;u8&gt;&gt;</code></td><td>24</td>", data["text/html"])

    def test_rich_things_are_shown_and_values_are_text(self):
        cell = self.ok(
            'weft::table(["name", "n"], [["<script>alert(1)</script>", "1"]]);\n'
            'weft::html("<b>bold</b>");\nweft::markdown("**bold**");\n'
            'weft::svg("<svg xmlns=\'http://www.w3.org/2000/svg\'/>");\n'
            'weft::image(b"\\x89PNG\\r\\n\\x1a\\n...")?;'
        )
        table, html, markdown, svg, png = [c["data"] for c in cell.contents("display_data")]
        self.assertNotIn("<script", table["text/html"])
        self.assertIn("&lt;script&gt;", table["text/html"])
        self.assertEqual(html["text/html"], "<b>bold</b>")
        self.assertEqual(markdown["text/markdown"], "**bold**")
        self.assertIn("data:image/svg+xml;base64,", svg["text/html"])
        self.assertEqual(base64.b64decode(png["image/png"])[:4], b"\x89PNG")
        self.fails('weft::image("no picture")?;', "Error", "PNG")

    def test_a_type_may_show_itself(self):
        self.ok(
            "struct Flag;\nimpl Flag { fn evcxr_display(&self) {"
            ' println!("EVCXR_BEGIN_CONTENT text/html\\n<i>flag</i>\\nEVCXR_END_CONTENT"); } }'
        )
        for before in ("", "println!(\"first\");", "Flag.evcxr_display();"):
            cell = self.ok(f"{before} Flag")
            values = cell.contents("execute_result")
            self.assertEqual([c["data"]["text/html"] for c in values], ["<i>flag</i>"], cell)
            shown = ["<i>flag</i>"] * before.startswith("Flag")
            self.assertEqual([c["data"]["text/html"] for c in cell.contents("display_data")], shown)

    def test_a_value_that_takes_its_time_to_show_itself_is_a_value(self):
        self.ok(
            "struct Slow;\nimpl Slow { fn evcxr_display(&self) {"
            ' println!("EVCXR_BEGIN_CONTENT text/html\\n<i>slow</i>\\nEVCXR_END_CONTENT");'
            " std::thread::sleep(std::time::Duration::from_millis(60)); } }"
        )
        cell = self.ok("Slow")
        self.assertEqual([c["data"]["text/html"] for c in cell.contents("execute_result")], ["<i>slow</i>"])
        self.assertEqual(cell.contents("display_data"), [])

    def test_a_picture_in_the_middle_of_a_cell_is_shown_before_its_end(self):
        cell = self.ok(
            'println!("EVCXR_BEGIN_CONTENT text/html\\n<i>early</i>\\nEVCXR_END_CONTENT");'
            " std::thread::sleep(std::time::Duration::from_millis(2500)); 5"
        )
        self.assertGreater(cell.idle_at - cell.time_of("display_data", "early"), 1)
        self.assertEqual(cell.result, "5")

    def test_rust_is_completed_in_commands_that_take_it(self):
        self.ok("struct Capstan { bars: u8 }\nlet capstan = Capstan { bars: 8 };")
        for code, found in (
            (":type capst", "capstan"), (":type capstan.ba", "bars"), (":doc Caps", "Capstan"),
            (":doc std::threa", "thread::"), (":time capstan.ba", "bars"),
        ):
            reply = self.complete(code)
            self.assertIn(found, reply["matches"], code)
            self.assertEqual(code[reply["cursor_start"]:], found[:len(code) - reply["cursor_start"]])
        reply = self.kernel.ask(
            "inspect_request", {"code": ":doc Capstan", "cursor_pos": 8, "detail_level": 0}
        )
        self.assertIn("bars: u8", reply["data"]["text/plain"])

    def test_a_crate_in_a_folder_is_built_again_when_its_source_has_changed(self):
        def write(body):
            with open("keel/src/lib.rs", "w", encoding="utf-8") as file:
                file.write(body)

        os.makedirs("keel/src", exist_ok=True)
        with open("keel/Cargo.toml", "w", encoding="utf-8") as file:
            file.write('[package]\nname = "keel"\nversion = "0.1.0"\nedition = "2021"\n')
        write("pub struct Keel(pub u8);\npub fn depth() -> u32 { 3 }\n")
        self.ok(":dep ./keel", timeout=120)
        self.ok("let keel = keel::Keel(1); let other = 5;", timeout=120)
        self.assertEqual(self.ok("keel::depth()", timeout=120).result, "3")
        write("pub struct Keel(pub [u64; 9]);\npub fn depth() -> u32 { 44 }\n")
        self.ok(":dep ./keel", timeout=120)
        self.assertEqual(self.ok("keel::depth() as i32 + other", timeout=120).result, "49")
        # Its bytes would mean something else now.
        self.assertEqual(self.kernel.run("keel.0.len()", timeout=120).status, "error")
        self.assertEqual(self.ok("keel::Keel([1; 9]).0.len()", timeout=120).result, "9")

    def test_a_crate_is_shown_with_version_and_features(self):
        os.makedirs("reef/src", exist_ok=True)
        with open("reef/Cargo.toml", "w", encoding="utf-8") as file:
            file.write(
                '[package]\nname = "reef"\nversion = "0.3.1"\nedition = "2021"\n'
                "[features]\ncoral = []\n"
            )
        with open("reef/src/lib.rs", "w", encoding="utf-8") as file:
            file.write(f'#[cfg(feature = "coral")]\npub fn height() -> u32 {{ 7 }}\n// {time.time()}\n')
        cell = self.ok(':dep reef = { path = "reef", features = ["coral"] }', timeout=120)
        first = cell.contents("display_data")[0]["data"]["text/plain"]
        shown = [first] + [c["data"]["text/plain"] for c in cell.contents("update_display_data")]
        self.assertRegex(shown[-1], "`reef` 0.3.1 .*coral")
        self.assertEqual(self.ok("reef::height()", timeout=120).result, "7")

    def test_a_wrong_crate_is_said_plainly(self):
        self.fails(":dep", "Usage", ":dep regex")
        self.fails(":dep regex = 1", "Usage", "in quotes")
        self.fails(":dep reg ex", "Usage", "Cargo.toml")
        self.fails(":dep ./nowhere", "DependencyError", "nowhere", "folder of the notebook")
        self.fails(':dep nowhere = { path = "nowhere" }', "DependencyError", "nowhere", "folder")
        self.assertEqual(self.ok("1 + 1").result, "2", "a crate that failed is forgotten")

    def test_a_missing_argument_is_not_called_wrong(self):
        self.fails(":opt", "Usage", "`:opt`", "0, 1, 2, 3")
        self.fails(":opt fast", "Usage", "fast", "0, 1, 2, 3")
        self.fails(":lang", "Usage", "zh-TW")

    def test_clear_output_sends_the_message(self):
        cell = self.ok(":clear_output")
        self.assertEqual(len(cell.contents("clear_output")), 1)

    def test_timeline_draws_the_last_run(self):
        self.ok(":run s1e1 --n_threads 3")
        shown = self.shown(self.ok(":timeline"))
        self.assertGreaterEqual(len(shown.strip().splitlines()), 4, shown)

    def fails(self, code, name, *parts, **options):
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "error", cell)
        self.assertEqual(cell.reply["ename"], name, cell)
        for part in parts:
            self.assertIn(part, cell.reply["evalue"])
        return cell

    def test_time_tells_compiling_and_running_apart(self):
        nap = "std::thread::sleep(std::time::Duration::from_millis(120))"
        for code in (f":time {nap}", f":time\nlet napped = 5;\n{nap};"):
            shown = self.shown(self.ok(code))
            found = re.search(r"compiling: ([\d.]+) (µs|ms|s), running: ([\d.]+) (µs|ms|s)", shown)
            self.assertTrue(found, shown)
            running = float(found[3]) * {"µs": 1e-3, "ms": 1, "s": 1e3}[found[4]]
            self.assertGreaterEqual(running, 120)
        self.assertEqual(self.ok("napped").result, "5")
        cell = self.ok(":time 40 + 2")
        self.assertEqual(cell.result, "42")
        self.fails(":time", "Usage", ":time")
        self.assertNotIn("compiling", self.shown(self.ok("1")), "only where it is asked for")

    def test_type_names_a_type_and_runs_nothing(self):
        self.ok("let sacks = vec![String::from(\"rye\")];")
        self.assertEqual(self.shown(self.ok(":type sacks.first().cloned()")).strip(), "Option<String>")
        cell = self.ok(":type { println!(\"run!\"); 1.5 }")
        self.assertEqual(self.shown(cell).strip(), "f64")
        self.assertIn("closure", self.shown(self.ok(":type |x: u8| x")))
        self.fails(":type no_such_thing + 1", "E0425", "no_such_thing")
        for wrong in ("let", "let x"):
            cell = self.fails(f":type {wrong}", "Usage", f"`{wrong}`")
            self.assertNotIn("expected", cell.reply["evalue"])
            self.assertLess(len(cell.reply["evalue"]), 120)
        self.fails(":type 1; panic!()", "Usage", "`1; panic!()`")
        self.fails(":type", "Usage", ":type")

    def test_documentation_of_own_names_and_of_the_library(self):
        self.ok("/// Keeps the water.\nstruct Sluice { open: bool }")
        shown = self.shown(self.ok(":doc Sluice"))
        self.assertIn("struct Sluice", shown)
        self.assertIn("Keeps the water.", shown)
        shown = self.shown(self.ok(":doc exercises::sync::Semaphore"))
        self.assertIn("permits", shown)
        self.fails(":doc no::such::path", "NoDocumentation", "no::such::path")
        self.fails(":doc", "Usage", ":doc")

    def test_a_loaded_file_is_run_as_a_cell(self):
        with open("canal.rs", "w", encoding="utf-8") as file:
            file.write(":clear_output\nlet locks = 3;\nprintln!(\"{locks} locks\");\nlocks + 1")
        cell = self.ok(":load canal.rs")
        self.assertEqual((cell.stdout, cell.result), ("3 locks\n", "4"))
        self.assertEqual(len(cell.contents("clear_output")), 1)
        self.assertEqual(self.ok(":load 'canal.rs'\nlocks").result, "4")

    def test_errors_of_a_loaded_file_name_it_and_its_lines(self):
        with open("wrong.rs", "w", encoding="utf-8") as file:
            file.write("let a = 1;\nlet b: u32 = \"x\";\n")
        trace = "\n".join(self.fails(":vars\n:load wrong.rs", "E0308").reply["traceback"])
        self.assertIn("wrong.rs:2:14", trace)
        with open("falls.rs", "w", encoding="utf-8") as file:
            file.write("\n\npanic!(\"over\");\n")
        trace = "\n".join(self.fails(":load falls.rs", "panic").reply["traceback"])
        self.assertRegex(trace, "falls.rs.*line 3")
        trace = "\n".join(self.fails("let c: u32 = \"x\";", "E0308").reply["traceback"])
        self.assertIn("cell:1:14", trace, "the next cell is itself again")

    def test_what_cannot_be_loaded_is_said_plainly(self):
        os.makedirs("folder.rs", exist_ok=True)
        with open("bytes.rs", "wb") as file:
            file.write(b"let a = \xff;")
        with open("long.rs", "wb") as file:
            file.truncate(200 << 20)
        with open("loop.rs", "w", encoding="utf-8") as file:
            file.write(":load loop.rs")
        self.fails(":load none.rs", "FileError", "none.rs", "folder of the notebook")
        self.fails(":load folder.rs", "FileError", "folder.rs")
        self.fails(":load /dev/zero", "FileError", "/dev/zero")
        self.fails(":load bytes.rs", "FileError", "byte 8", "UTF-8")
        self.fails(":load long.rs", "FileError", "200 MB")
        self.fails(":load loop.rs", "FileError", "loop.rs", "itself")
        self.fails(":load", "Usage", ":load")

    def test_a_line_for_the_shell_prints_in_its_order(self):
        cell = self.ok("!for i in 1 2 3; do echo out $i; echo err $i >&2; done")
        self.assertEqual(cell.stdout, "".join(f"out {i}\nerr {i}\n" for i in (1, 2, 3)))
        self.assertEqual(cell.stderr, "")
        cell = self.ok("!echo one\n:vars\n! echo two | tr a-z A-Z\nprintln!(\"three\");")
        self.assertEqual(cell.stdout, "one\nTWO\nthree\n")
        self.assertEqual(self.ok("!(1 == 2)").result, "true", "a negation is Rust")

    def test_the_shell_prints_live_and_reads_nothing(self):
        cell = self.ok("!echo first; cat; sleep 1; echo last")
        self.assertGreater(cell.time_of("stream", "last") - cell.time_of("stream", "first"), 0.7)

    def test_a_status_other_than_zero_is_an_error_that_names_it(self):
        cell = self.fails("!echo before; exit 3", "Exited(3)", "status 3")
        self.assertEqual(cell.stdout, "before\n")
        self.fails("!no-such-program-here -x", "Exited(127)", "127")
        self.fails("!flag", "Exited(127)", "!(flag)")
        self.fails("!kill -9 $$", "Killed", "Killed")

    def test_an_interrupt_ends_the_shell_and_its_children(self):
        cell = self.kernel.start("!echo $$; sleep 1000 & sleep 1000")
        self.kernel.until(lambda: cell.stdout.endswith("\n"), 20, "the number of the shell")
        group = int(cell.stdout)
        self.kernel.interrupt()
        self.kernel.until(cell.done, 20, "the end of the interrupted line")
        self.assertEqual(cell.reply["ename"], "Interrupted", cell)
        self.assertEqual(living(group), [])

    def test_what_the_shell_leaves_behind_is_ended(self):
        cell = self.ok("!echo $$; sleep 1000 &", timeout=20)
        self.assertEqual(living(int(cell.stdout)), [])

    def test_what_leaves_its_group_and_prints_for_ever_ends_with_its_line(self):
        cell = self.ok("!setsid yes & echo pid $!", timeout=60)
        pid = re.search(r"pid (\d+)", cell.stdout)[1]
        self.kernel.until(lambda: not os.path.exists(f"/proc/{pid}"), 20, "the end of `yes`")
        self.assertLess(len(cell.stdout), 12 << 20)
        self.assertEqual(self.ok("1 + 1").result, "2")

    def test_a_misspelt_command_is_recognised(self):
        self.fails(":tiem 1", "UnknownCommand", ":tiem", "`:time`", ":help")
        self.fails(":typ 1", "UnknownCommand", "`:type`")

    def test_an_unknown_command_is_an_error_that_names_help(self):
        cell = self.kernel.run(":frobnicate")
        self.assertEqual(cell.status, "error", cell)
        self.assertIn(":help", str(cell.reply))

    def test_a_dependency_by_path_can_be_used(self):
        os.makedirs("tide/src", exist_ok=True)
        with open("tide/Cargo.toml", "w", encoding="utf-8") as file:
            file.write('[package]\nname = "tide"\nversion = "0.1.0"\nedition = "2021"\n')
        with open("tide/src/lib.rs", "w", encoding="utf-8") as file:
            file.write("pub fn height() -> u32 { 12 }\n")
        self.ok(f':dep tide = {{ path = "{os.getcwd()}/tide" }}', timeout=120)
        self.assertEqual(self.ok("tide::height()", timeout=120).result, "12")

    def test_commands_and_rust_may_share_a_cell(self):
        cell = self.ok(":clear_output\nprintln!(\"after\");")
        self.assertEqual(cell.stdout, "after\n")

    # completion and inspection

    def complete(self, code, cursor=None):
        cursor = len(code) if cursor is None else cursor
        return self.kernel.ask("complete_request", {"code": code, "cursor_pos": cursor})

    def test_completion_inserts_names_and_says_their_kinds_apart(self):
        self.ok("struct Boat; impl Boat { fn sail_far(&self, days: u32) -> u32 { days } }")
        self.ok("let boat = Boat;")
        reply = self.complete("boat.sail")
        self.assertEqual(reply["matches"], ["sail_far"], "no placeholders for arguments")
        self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (5, 9))
        kinds = reply["metadata"]["_jupyter_types_experimental"]
        self.assertEqual(kinds[0]["text"], "sail_far")
        self.assertIn("u32", kinds[0].get("signature", ""))

    def test_positions_are_counted_in_code_points(self):
        self.ok("fn lighthouse() -> u8 { 1 }")
        code = 'let s = "چای 🧵🧵"; lightho'
        reply = self.complete(code)
        self.assertEqual(reply["matches"], ["lighthouse"])
        self.assertEqual(reply["cursor_start"], len(code) - len("lightho"))

    def test_completion_in_the_middle_and_beyond_the_end_is_answered(self):
        for code, cursor in (("", 0), ("abc", 0), ("abc", 999), ("🧵", 1), ("((((", 4)):
            self.assertEqual(self.complete(code, cursor)["status"], "ok")

    def test_completion_knows_exercises_after_run(self):
        self.assertIn("s1e1", self.complete(":run s1e")["matches"])

    def test_completion_knows_the_standard_library_where_its_source_is_installed(self):
        sysroot = subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True, check=True).stdout
        installed = pathlib.Path(sysroot.strip(), "lib/rustlib/src/rust/library/std").is_dir()
        for code, name in (
            ("std::collections::HashMap::<u8, u8>::with_cap", "with_capacity"),
            ("std::sync::mpsc::sync_ch", "sync_channel"),
            ("String::new().push_s", "push_str"),
            ("[1u8, 2].iter().copied().filt", "filter"),
        ):
            with self.subTest(code):
                self.assertEqual(name in self.complete(code)["matches"], installed)
        # How it is told is no matter of cells, nor of the programs they start.
        cell = self.ok('println!("{:?}", std::env::var_os("RUST_SRC_PATH"));')
        self.assertEqual(cell.stdout, "None\n")
        self.assertEqual(self.ok("!echo [$RUST_SRC_PATH]").stdout, "[]\n")

    def test_inspection_shows_a_signature(self):
        self.ok("/// How deep it is.\nfn fathoms(metres: f64) -> f64 { metres / 1.8288 }")
        reply = self.kernel.ask(
            "inspect_request", {"code": "fathoms(3.0)", "cursor_pos": 4, "detail_level": 0}
        )
        self.assertTrue(reply["found"])
        self.assertIn("metres: f64", reply["data"]["text/plain"])

    def test_inspection_of_nothing_is_not_found(self):
        reply = self.kernel.ask(
            "inspect_request", {"code": "   ", "cursor_pos": 1, "detail_level": 0}
        )
        self.assertEqual((reply["status"], reply["found"]), ("ok", False))

    def test_help_speaks_the_language_of_the_environment(self):
        texts = set()
        for lang in ("en", "fa", "tr", "ru", "zh-TW"):
            with Kernel(env={"WEFT_LANG": lang}) as kernel:
                texts.add(kernel.run(":help").reply["payload"][0]["data"]["text/plain"])
        self.assertEqual(len(texts), 5)


if __name__ == "__main__":
    report.main()
