"""No cell can break the kernel: whatever it does, the next cell finds every
variable as it was before."""

import os
import time
import unittest

import psutil
import report
from client import Kernel, OneKernel
from processes import alive, descendants

LONG = os.environ.get("WEFT_LONG") == "1"

# Each prints "go" and then never ends by itself.
STUCK = {
    "an endless loop": "loop { std::hint::black_box(1); }",
    "an endless loop with sleeps": "loop { std::thread::sleep(std::time::Duration::from_millis(10)); }",
    "a lock taken twice": "{ let one = lock.lock().unwrap(); let two = lock.lock().unwrap(); drop((one, two)); }",
    "a question nobody answers": "{ let mut s = String::new(); std::io::stdin().read_line(&mut s).unwrap(); }",
    "a thread that never ends": "std::thread::spawn(|| loop { std::thread::park() }).join().unwrap();",
    "a child that ignores SIGTERM": (
        'std::process::Command::new("sh").args(["-c", "trap \'\' TERM; while :; do sleep 1; done"])'
        ".status().unwrap();"
    ),
    "an empty channel": "{ let (tx, rx) = std::sync::mpsc::channel::<i32>(); rx.recv().unwrap(); drop(tx); }",
    "a barrier for two": "{ std::sync::Barrier::new(2).wait(); }",
    "a pipe nobody closes": (
        "{ use std::io::Read; let (mut r, w) = std::io::pipe().unwrap(); let mut s = String::new();"
        " r.read_to_string(&mut s).unwrap(); drop(w); }"
    ),
    "a variable that changes all the time": "loop { numbers.push(4); if numbers.len() > 999 { numbers.clear(); } }",
}

# What a cell may do to its process, and how that is called.
DEADLY = {
    "Aborted": "std::process::abort();",
    "Exited(3)": "std::process::exit(3);",
    "Exited(0)": "std::process::exit(0);",
    "Segmentation fault": "unsafe { std::ptr::null::<u8>().read_volatile() };",
    "Killed": (
        'std::process::Command::new("kill").args(["-9", &std::process::id().to_string()])'
        ".status().unwrap(); loop { std::thread::park(); }"
    ),
    "OutOfMemory": "let big = vec![1u8; 1usize << 45]; println!(\"{}\", big.len());",
}


NOTHING_LOST = "The cell was interrupted. Your variables are as they were."


class Snapshots(OneKernel):
    def define(self):
        self.ok("let mut numbers = vec![1, 2, 3]; let name = String::from(\"Weft\");")
        self.ok("let lock = std::sync::Arc::new(std::sync::Mutex::new(0));")

    def all_is_as_it_was(self):
        cell = self.ok("(&numbers, &name)")
        self.assertEqual(cell.result, '([1, 2, 3], "Weft")')

    def test_a_deadly_cell_is_an_error_with_a_name_and_changes_nothing(self):
        self.define()
        for name, code in DEADLY.items():
            with self.subTest(name):
                cell = self.kernel.run(f"numbers.push(9); drop(name); let extra = 1; {code}")
                self.assertEqual(cell.status, "error", cell)
                self.assertEqual(cell.reply["ename"], name, cell)
                self.assertIn("before the cell", cell.reply["evalue"])
                self.all_is_as_it_was()
                self.assertEqual(self.kernel.run("extra").status, "error", "not defined either")

    def test_a_stack_that_overflows_changes_nothing(self):
        self.define()
        cell = self.kernel.run(
            "fn deep(n: u64) -> u64 { let room = [n; 512]; std::hint::black_box(&room);"
            " if n == u64::MAX { 0 } else { deep(n + 1) + room[3] } }\ndeep(0)"
        )
        self.assertEqual(cell.status, "error", cell)
        self.assertIn(cell.reply["ename"], ("Aborted", "Segmentation fault"))
        self.all_is_as_it_was()

    def test_a_stuck_cell_is_interrupted_at_once_and_changes_nothing(self):
        self.define()
        took = []
        for _ in range(10 if LONG else 1):
            for kind, code in STUCK.items():
                with self.subTest(kind):
                    cell = self.kernel.start(f'println!("go"); {code}', allow_stdin=True)
                    self.kernel.until(lambda: "go" in cell.stdout, 60, f"the start of {kind}")
                    self.kernel.listen(0.05)
                    begun = time.monotonic()
                    self.kernel.interrupt()
                    self.kernel.until(cell.done, 20, f"the end of {kind}")
                    took.append(cell.idle_at - begun)
                    self.assertEqual(cell.reply["ename"], "Interrupted", cell)
                    self.all_is_as_it_was()
        took.sort()
        print(f"interrupt to idle: median {took[len(took) // 2] * 1000:.0f} ms, "
              f"longest {took[-1] * 1000:.0f} ms of {len(took)}")

    def test_an_interrupt_in_the_middle_of_an_answer_costs_no_later_answer(self):
        ask = "{ let mut s = String::new(); std::io::stdin().read_line(&mut s).unwrap(); s.len() }"
        for turn in range(40 if LONG else 12):
            cell = self.kernel.start(f"for _ in 0..2 {{ {ask}; }} loop {{ std::thread::park(); }}", allow_stdin=True)
            self.kernel.answers = ["x" * 5000]
            self.kernel.until(
                lambda: any(c == "stdin" for _, c, _ in self.kernel.of(cell.msg_id)), 60, "a question"
            )
            self.kernel.listen(turn * 0.0005)
            self.kernel.interrupt()
            self.kernel.until(cell.done, 20, "the end of the interrupted cell")
            self.assertEqual(self.ok(ask, answers=["four"], timeout=20).result, "5")
        long = "y" * 100_000
        self.assertEqual(self.ok(ask, answers=[long], timeout=20).result, "100001")

    def test_an_interrupt_while_nothing_runs_does_nothing(self):
        self.define()
        # Its answer has to be there: a cell sent at once could overtake it.
        self.assertEqual(self.kernel.ask("interrupt_request", {}, "control")["status"], "ok")
        self.all_is_as_it_was()

    def test_an_interrupt_costs_threads_of_earlier_cells_only_where_the_cell_ran(self):
        with Kernel() as kernel:
            keep = "std::thread::Builder::new().name(\"ticker\".into()).spawn(|| -> () { loop { std::thread::park() } }).unwrap();"
            self.assertEqual(kernel.run(keep).status, "ok")
            for turn in range(40):
                cell = kernel.start("let mut sum = 0u64; for i in 0..1000 { sum += i; }")
                kernel.listen(turn * 0.003)
                kernel.ask("interrupt_request", {}, "control")
                kernel.until(cell.done, 20, "the end of the cell")
                self.assertEqual(cell.stderr, "", "what an interrupt ended is not called an accident")
                if cell.status == "error":
                    self.assertEqual(cell.reply["ename"], "Interrupted", cell)
                    if cell.reply["evalue"] != NOTHING_LOST:
                        self.assertEqual(kernel.run(keep).status, "ok")
            # Its compiler takes seconds: nothing of it has run.
            big = "\n".join(f"fn f{i}() -> String {{ format!(\"{{:?}}\", vec![{i}; {i}]) }}" for i in range(4000))
            cell = kernel.start(big + f"\nf{os.getpid() % 4000}()")
            kernel.until(lambda: cell.contents("execute_input"), 20, "its begin")
            kernel.listen(0.5)
            kernel.ask("interrupt_request", {}, "control")
            kernel.until(cell.done, 20, "the end of the cell")
            self.assertEqual(cell.reply["ename"], "Interrupted", cell)
            self.assertEqual(cell.reply["evalue"], NOTHING_LOST)

    def test_an_interrupt_aborts_the_cells_that_wait(self):
        self.define()
        first = self.kernel.start('println!("go"); loop { std::thread::park(); }')
        waiting = [self.kernel.start("numbers.push(7);") for _ in range(3)]
        self.kernel.until(lambda: "go" in first.stdout, 60, "the first cell")
        self.kernel.interrupt()
        for cell in [first, *waiting]:
            self.kernel.until(cell.done, 30, "the end of a cell")
        self.assertEqual([cell.status for cell in waiting], ["aborted"] * 3)
        self.all_is_as_it_was()

    def test_what_a_cell_started_is_gone_when_it_is_interrupted(self):
        self.define()
        cell = self.kernel.start(
            'let child = std::process::Command::new("sh").args(["-c", "trap \'\' TERM HUP; sleep 1000 & wait"])'
            '.spawn().unwrap(); println!("pid {}", child.id()); println!("go");'
            " loop { std::thread::park(); }"
        )
        self.kernel.until(lambda: "go" in cell.stdout, 60, "the child")
        pid = cell.stdout.split()[1]
        self.assertTrue(os.path.exists(f"/proc/{pid}"))
        self.kernel.interrupt()
        self.kernel.until(cell.done, 20, "the end of the cell")
        self.assertFalse(os.path.exists(f"/proc/{pid}"), "the child outlived its cell")

    def test_lost_threads_are_named_and_their_handles_give_errors(self):
        self.ok(
            "let ticker: std::thread::JoinHandle<i32> = std::thread::Builder::new().name(\"ticker\".into())"
            ".spawn(|| { loop { std::thread::park(); } }).unwrap();"
        )
        self.ok("let ready: std::thread::JoinHandle<i32> = std::thread::spawn(|| 7);")
        self.ok("while !ready.is_finished() { std::thread::yield_now(); }")
        cell = self.kernel.run("std::process::abort();")
        self.assertIn("ticker", cell.reply["evalue"])
        self.assertEqual(self.ok("ready.join().unwrap()").result, "7", "it had ended before")
        cell = self.kernel.run("ticker.join().unwrap()")
        self.assertEqual(cell.reply["ename"], "panic", cell)
        self.assertIn("join", cell.reply["evalue"])

    def test_threads_work_after_a_roll_back_that_lost_some(self):
        self.ok(
            "let old: Vec<std::thread::JoinHandle<i32>> = (0..4).map(|_| std::thread::spawn(||"
            " { loop { std::thread::park(); } })).collect();"
        )
        self.kernel.run("std::process::abort();")
        self.ok("let new: Vec<std::thread::JoinHandle<i32>> = (0..8).map(|i| std::thread::spawn(move || i)).collect();")
        self.ok("drop(old);")
        cell = self.ok("new.into_iter().map(|t| t.join().unwrap()).sum::<i32>()")
        self.assertEqual(cell.result, "28")

    def test_a_thread_of_an_earlier_cell_that_ends_the_process_changes_nothing(self):
        self.define()
        self.ok("let (tx, rx) = std::sync::mpsc::channel::<()>();")
        self.ok("std::thread::spawn(move || { let _ = rx.recv(); std::process::abort() });")
        cell = self.kernel.run("drop(tx); loop { std::thread::park(); }")
        self.assertEqual(cell.reply["ename"], "Aborted", cell)
        self.all_is_as_it_was()

    def test_an_end_between_two_cells_is_told_of_and_changes_nothing(self):
        self.define()
        cell = self.ok(
            "std::thread::spawn(|| { std::thread::sleep(std::time::Duration::from_millis(300));"
            " std::process::abort() }); std::process::id()"
        )
        worker = int(cell.result)
        self.kernel.until(lambda: not psutil.pid_exists(worker), 20, "the end of the cells' process, which is noticed")
        cell = self.kernel.run("(&numbers, &name)")
        self.assertEqual(cell.status, "ok", cell)
        self.assertEqual(cell.result, '([1, 2, 3], "Weft")')
        self.assertIn("Aborted", cell.stderr)

    def test_pipes_and_ports_behave_as_if_there_were_no_snapshot(self):
        self.ok("let (mut reader, writer) = std::io::pipe().unwrap();")
        cell = self.ok(
            "{ use std::io::{Read, Write}; let mut writer = writer; writer.write_all(b\"all\").unwrap();"
            " drop(writer); let mut s = String::new(); reader.read_to_string(&mut s).unwrap(); println!(\"{s}\"); }"
        )
        self.assertEqual(cell.stdout, "all\n")
        self.ok('let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();')
        self.ok("let address = listener.local_addr().unwrap();")
        cell = self.ok("drop(listener); std::net::TcpListener::bind(address).is_ok()")
        self.assertEqual(cell.result, "true")

    def test_a_cell_never_sees_the_snapshot_as_its_child(self):
        # wait(2), asked for through the C library: no crate needed.
        self.ok(
            'unsafe extern "C" { fn fork() -> i32; fn wait(status: *mut i32) -> i32; fn _exit(code: i32) -> !; }\n'
            "fn own_children() -> (bool, i32) { unsafe { let child = fork(); if child == 0 { _exit(4) }"
            " (wait(std::ptr::null_mut()) == child, wait(std::ptr::null_mut())) } }"
        )
        self.assertEqual(self.ok("own_children()", timeout=20).result, "(true, -1)")

    def test_no_process_is_left_of_many_cells(self):
        # A cell without threads of its own: supervisor, worker, one snapshot.
        with Kernel() as fresh:
            kernel = psutil.Process(fresh.manager.provisioner.pid)
            fresh.run("let mut n = 0;")
            fresh.until(lambda: len(descendants(kernel)) == 3, 20, "supervisor, worker and snapshot")
            for _ in range(5):
                self.assertEqual(fresh.run("n += 1;").status, "ok")
                self.assertEqual(fresh.run("n = 100; std::process::abort();").status, "error")
            self.assertEqual(fresh.run("n").result, "5")
            fresh.until(lambda: len(descendants(kernel)) == 3, 20, "the end of what took over or was left")


class Killed(unittest.TestCase):
    def test_an_end_while_the_copy_is_made_changes_nothing(self):
        # As on a busy machine: a copy needs a while until it comes to run. (This call is a child's first after fork(2).)
        slow = "strace -f -o /dev/null -e trace=set_robust_list -e inject=set_robust_list:delay_exit=50000"
        with Kernel(prefix=slow.split()) as kernel:
            self.assertEqual(kernel.run("let kept = vec![1, 2, 3];").status, "ok")
            c_library = 'unsafe extern "C" { fn kill(pid: i32, signal: i32) -> i32; fn getpid() -> i32; }'
            self.assertEqual(kernel.run(c_library).status, "ok")
            for _ in range(3):
                # Beside another thread a copy is made right before the cell.
                cell = kernel.run("std::thread::spawn(|| { loop { std::thread::park() } });")
                self.assertEqual(cell.status, "ok", cell)
                cell = kernel.run("unsafe { kill(getpid(), 9) };")
                self.assertEqual(cell.reply["ename"], "Killed", cell)
                self.assertEqual(kernel.run("&kept").result, "[1, 2, 3]")

    def test_an_order_for_a_dead_worker_is_not_carried_out_by_the_next(self):
        with Kernel() as kernel:
            self.assertEqual(kernel.run("let mut n = 0;").status, "ok")
            done = 0
            for _ in range(4):
                supervisor = psutil.Process(kernel.manager.provisioner.pid).children()[0]
                worker = next(p for p in supervisor.children() if alive(p))
                worker.suspend()
                cell = kernel.start("n += 1;")
                # Compiled, and in the socket of a worker that does not read.
                kernel.listen(0.7)
                worker.kill()
                kernel.until(cell.done, 30, "the end of the cell")
                done += cell.status == "ok"
                self.assertIn(cell.status, ("ok", "error"))
                self.assertEqual(kernel.run("n += 10;").status, "ok")
                done += 10
                self.assertEqual(kernel.run("n").result, str(done), cell)

    def test_a_killed_supervisor_costs_the_variables_and_nothing_else(self):
        with Kernel() as kernel:
            self.assertEqual(kernel.run("let x = 1;").status, "ok")
            supervisor = psutil.Process(kernel.manager.provisioner.pid).children()[0]
            family = supervisor.children(recursive=True)
            supervisor.kill()
            psutil.wait_procs(family, timeout=20)
            self.assertFalse([p for p in family if p.is_running() and alive(p)])
            kernel.run("1")
            self.assertEqual(kernel.run("1 + 1").result, "2")


if __name__ == "__main__":
    report.main()
