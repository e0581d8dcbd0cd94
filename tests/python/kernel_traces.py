"""What a cell did is recorded without any change to its code: threads, sleeps,
locks, prints, children, and the crate `exercises`, which says exactly what it does."""

import json
import os
import tempfile
import unittest

import report
from client import Kernel

TWO_THREADS = """
use std::sync::{Arc, Mutex};
use std::time::Duration;
let account = Arc::new(Mutex::new(0));
let workers: Vec<_> = ["ping", "pong"].into_iter().map(|name| {
    let account = Arc::clone(&account);
    std::thread::Builder::new().name(name.to_string()).spawn(move || {
        let mut account = account.lock().unwrap();
        std::thread::sleep(Duration::from_millis(30));
        *account += 1;
        println!("{name} has paid");
    }).unwrap()
}).collect();
for worker in workers { worker.join().unwrap(); }
println!("all paid");
"""

DEADLOCK = """{
    use std::sync::{Arc, Barrier, Mutex};
    let (a, b, both) = (Arc::new(Mutex::new(1)), Arc::new(Mutex::new(2)), Arc::new(Barrier::new(2)));
    let (a2, b2, both2) = (a.clone(), b.clone(), both.clone());
    let other = std::thread::Builder::new().name("other".into()).spawn(move || {
        let _held = b2.lock().unwrap();
        println!("the other's first");
        both2.wait();
        let _second = a2.lock().unwrap();
    }).unwrap();
    let _held = a.lock().unwrap();
    println!("main's first");
    both.wait();
    let _second = b.lock().unwrap();
    other.join().unwrap();
}"""


class Traces(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.stop()

    def ok(self, code, **options):
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "ok", cell)
        return cell

    def timeline(self):
        """The drawing of the last run in characters, wherever it is shown."""
        cell = self.ok(":timeline")
        shown = [content["data"]["text/plain"] for content in cell.contents("display_data")]
        return cell.stream("stdout") + "\n".join(shown)

    def rows(self, *words):
        """The rows of the drawing that hold all of these words."""
        drawn = self.timeline()
        found = [row for row in drawn.splitlines() if all(word in row for word in words)]
        self.assertTrue(found, f"no row with {words} in\n{drawn}")
        return found

    def test_two_plain_threads_their_sleeps_and_their_prints(self):
        self.ok(TWO_THREADS)
        for name in ("ping", "pong"):
            self.rows("starts", name)
            self.assertEqual(len(self.rows(f"{name} has paid")), 1)
        drawn = self.timeline()
        self.assertEqual(drawn.count("has paid"), 2, drawn)
        self.assertEqual(drawn.count("all paid"), 1, drawn)
        self.assertEqual(drawn.count("falls asleep"), 2, drawn)
        self.assertEqual(drawn.count("wakes up"), 2, drawn)
        # Who came second waited for the lock; who came first woke it.
        waits = self.rows("waits for futex")
        address = waits[0].split("futex")[1].split()[0]
        self.rows("signals", f"futex {address}")
        self.rows("goes on after", f"futex {address}")

    def test_a_picture_follows_a_cell_with_threads_and_no_other(self):
        def pictures(cell):
            return [c["data"] for c in cell.contents("display_data") if "image/svg+xml" in c["data"]]

        cell = self.ok(TWO_THREADS)
        (picture,) = pictures(cell)
        self.assertIn("ping has paid", picture["text/plain"])
        self.assertIn("pong", picture["image/svg+xml"])
        self.assertEqual(cell.stdout.count("paid"), 3)
        # The value first, then the picture.
        cell = self.ok("std::thread::spawn(|| 5).join().unwrap()")
        kinds = [kind for _, kind, _ in cell.output if kind in ("execute_result", "display_data")]
        self.assertEqual(kinds, ["execute_result", "display_data"])
        self.assertEqual(pictures(self.ok("1 + 1")), [])
        self.ok(":timeline off")
        self.assertEqual(pictures(self.ok(TWO_THREADS)), [])
        self.ok(":timeline on")

    def test_a_picture_follows_a_cell_that_fails_and_one_that_never_ends(self):
        def picture(cell):
            self.assertEqual(cell.status, "error", cell)
            return "".join(c["data"]["text/plain"] for c in cell.contents("display_data"))

        drawn = picture(self.kernel.run('std::thread::spawn(|| panic!("as it should be")).join().unwrap();'))
        self.assertIn("as it should be", drawn)
        self.assertNotIn("pipe", drawn, "what the kernel is told is not the cell's")
        cell = self.kernel.start(DEADLOCK)
        self.kernel.until(lambda: cell.stdout.count("first") == 2, 60, "both to hold a lock")
        self.kernel.interrupt()
        self.kernel.until(cell.done, 60, "the end of the cell")
        self.assertIn("other", picture(cell))

    def test_a_join_is_recorded_also_where_the_thread_has_not_begun(self):
        for turn in range(20):
            self.ok("std::thread::spawn(|| 5).join().unwrap();")
            drawn = self.timeline()
            self.assertEqual(drawn.count("has waited for the end of thread 1"), 1, f"turn {turn}: {drawn}")

    def test_a_forked_child_has_a_lane_and_its_prints(self):
        self.ok(
            """
unsafe extern "C" { fn fork() -> i32; fn _exit(code: i32) -> !; fn waitpid(pid: i32, status: *mut i32, options: i32) -> i32; }
let mut status = 0;
unsafe {
    let child = fork();
    if child == 0 { println!("from the child"); _exit(3); }
    assert_eq!(waitpid(child, &mut status, 0), child);
}
println!("status {status}");
"""
        )
        self.rows("starts process")
        self.rows("from the child")
        self.rows("has waited for the end of process 1")
        self.rows("status 768")

    def test_a_thread_that_outlives_its_cell_belongs_to_it(self):
        self.ok(
            """
use std::sync::mpsc;
let ((begins, begun), (go, wait)) = (mpsc::channel::<()>(), mpsc::channel::<()>());
let late = std::thread::Builder::new().name("late".into()).spawn(move || {
    begins.send(()).unwrap();
    let _ = wait.recv();
    println!("late word");
}).unwrap();
begun.recv().unwrap();
"""
        )
        self.rows("starts", "late")
        self.assertNotIn("late word", self.timeline())
        cell = self.ok("go.send(()).unwrap(); late.join().unwrap();")
        self.assertNotIn("late word", cell.stream("stdout"))

    def test_the_library_says_exactly_what_it_does_and_nobody_says_it_again(self):
        self.ok(
            """
use exercises::primitive::{thread, lock::Mutex};
use std::time::Duration;
use std::sync::Arc;
let lock = Arc::new(Mutex::new(0));
let workers: Vec<_> = (0..2).map(|i| {
    let lock = lock.clone();
    thread::spawn(Some(&format!("exact {i}")), move || {
        let mut held = lock.lock();
        thread::sleep(Duration::from_millis(20));
        *held += 1;
    })
}).collect();
for worker in workers { worker.join().unwrap(); }
"""
        )
        drawn = self.timeline()
        for name in ("exact 0", "exact 1"):
            self.assertEqual(len(self.rows("starts", name)), 1, drawn)
        self.assertEqual(drawn.count("falls asleep"), 2, drawn)
        self.assertEqual(drawn.count("takes lock"), 2, drawn)
        self.assertEqual(drawn.count("gives back lock"), 2, drawn)
        self.assertNotIn("futex", drawn)

    def test_one_wait_for_a_process_of_the_library_is_one_wait(self):
        self.ok(
            """
use exercises::process::Process;
let mut short = Process::new("short", || println!("from the short one"));
short.start().unwrap();
short.join().unwrap();
"""
        )
        drawn = self.timeline()
        self.assertEqual(len(self.rows("has waited for the end of", "short")), 1, drawn)
        self.assertEqual(drawn.count("waits for the end of"), 1, drawn)

    def test_a_program_that_a_cell_starts_is_recorded_and_does_not_notice(self):
        cell = self.ok(
            """
let script = "sleep 0.01; env; tr '\\\\0' '\\\\n' </proc/self/environ; echo caught; exit 3";
let caught = std::process::Command::new("sh").args(["-c", script]).env("OF_THE_CELL", "1").output().unwrap();
let text = String::from_utf8(caught.stdout).unwrap();
let error = String::from_utf8(caught.stderr).unwrap();
println!("[{}] {:?}", error, caught.status.code());
for name in ["OF_THE_CELL", "LD_PRELOAD", "WEFT_CELL", "WEFT_JOURNAL"] {
    println!("{name} {}", text.lines().filter(|line| line.contains(name)).count());
}
let status = std::process::Command::new("sh").args(["-c", "echo straight on; echo aside >&2"]).env_clear().status().unwrap();
println!("{:?}", std::env::vars_os().filter(|(name, _)| name == "LD_PRELOAD").count());
"""
        )
        self.assertEqual(
            [line for line in cell.stdout.splitlines() if line != "straight on"],
            ["[] Some(3)", "OF_THE_CELL 2", "LD_PRELOAD 0", "WEFT_CELL 0", "WEFT_JOURNAL 0", "0"],
        )
        self.assertIn("straight on", cell.stdout.splitlines())
        self.assertEqual(cell.stderr, "aside\n")
        self.rows("falls asleep", "sleep")
        self.rows("starts", "sh")
        for line in ("caught", "straight on", "aside"):
            self.rows(line, " sh ")

    def test_a_library_the_cell_puts_in_front_itself_stays_there(self):
        cell = self.ok(
            """
let script = "echo in front: $LD_PRELOAD";
std::process::Command::new("sh").args(["-c", script]).env("LD_PRELOAD", "libm.so.6").status().unwrap();
"""
        )
        self.assertEqual((cell.stdout, cell.stderr), ("in front: libm.so.6\n", ""))
        self.rows("in front: libm.so.6")

    def test_a_program_that_a_cell_traces_is_in_that_trace(self):
        program = os.environ["WEFT_TEST_PROGRAM"]
        with tempfile.TemporaryDirectory() as folder:
            trace = os.path.join(folder, "trace.json")
            cell = self.ok(
                f"""
let words = ["trace", "--json", {json.dumps(trace)}, "--", "sh", "-c", "sleep 0.01; echo inside"];
println!("{{:?}}", std::process::Command::new({json.dumps(program)}).args(words).status().unwrap().code());
"""
            )
            with open(trace, encoding="utf-8") as file:
                document = json.load(file)
        self.assertEqual(cell.stdout, "inside\nSome(0)\n")
        self.assertEqual([line["text"] for line in document["lines"]], ["inside"])
        self.assertIn("sleep", [lane["name"] for lane in document["lanes"]])

    def test_a_cell_that_ends_its_process_leaves_what_it_did(self):
        cell = self.kernel.run(
            'std::thread::spawn(|| println!("a last word")).join().unwrap(); std::process::abort();'
        )
        self.assertEqual(cell.status, "error", cell)
        self.rows("a last word")
        # And the worker that took over records as well.
        self.ok(TWO_THREADS)
        self.rows("ping has paid")

    def test_a_cell_with_one_lane_leaves_the_last_picture_alone(self):
        self.ok(TWO_THREADS)
        self.ok("let x = 1; x + 1")
        self.rows("ping has paid")
        self.kernel.run("this is not Rust")
        self.rows("ping has paid")


if __name__ == "__main__":
    report.main()
