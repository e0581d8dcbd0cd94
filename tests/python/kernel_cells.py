"""How cells end: with a value, an error, a question, an interrupt; and what the
kernel keeps over all that."""

import pathlib
import re
import subprocess
import time
import unittest

import report
from client import Cell, Kernel, OneKernel
from processes import family

PANIC = 'fn falls() { panic!("boom {}", 6 * 7); } falls();'


class Cells(OneKernel):
    def fails(self, code, **options):
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "error", cell)
        message = cell.contents("error")
        self.assertEqual(len(message), 1, cell)
        for content in (message[0], cell.reply):
            self.assertTrue(content["ename"], content)
            self.assertTrue(content["evalue"], content)
            self.assertIsInstance(content["traceback"], list)
            self.assertTrue(all(isinstance(line, str) for line in content["traceback"]))
        for key in ("ename", "evalue", "traceback"):
            self.assertEqual(message[0][key], cell.reply[key])
        return cell

    # values

    def test_variables_functions_and_types_live_on(self):
        self.ok("let numbers = vec![1, 2, 3];")
        self.ok("#[derive(Debug, Clone)] struct Boat { name: String }")
        self.ok("fn twice(x: i32) -> i32 { x * 2 }")
        self.ok('let boat = Boat { name: "Weft".to_string() };')
        cell = self.ok("(twice(numbers.len() as i32), boat.name.clone())")
        self.assertEqual(cell.result, '(6, "Weft")')

    def test_the_value_of_a_moved_variable_is_a_value_too(self):
        self.ok('let word = String::from("ab");')
        self.assertEqual(self.ok("word.into_bytes()").result, "[97, 98]")
        self.ok("let list = vec![1];")
        self.assertEqual([k for _, k, _ in self.ok("drop(list)").output], ["status", "execute_input", "status"])

    def test_the_library_is_there_in_the_first_cell(self):
        with Kernel() as fresh:
            cell = fresh.run(
                "use exercises::sync::Semaphore;\nlet s = Semaphore::new(2);\nprintln!(\"ready\");"
            )
            self.assertEqual(cell.status, "ok", cell)
            self.assertEqual(cell.stdout, "ready\n")

    def test_what_cells_use_again_and_again_is_not_compiled_again(self):
        cell = self.kernel.run(
            "let (tx, rx) = std::sync::mpsc::channel(); tx.send(4).unwrap(); drop(tx); for x in rx { println!(\"{x}\"); }"
        )
        self.assertEqual(cell.stdout, "4\n", cell)
        for process in family(self.kernel):
            maps = pathlib.Path(f"/proc/{process.pid}/maps").read_text()
            objects = re.findall(r"/\S*/libcode_\d+\.so", maps)
            if objects:
                newest = max(objects, key=lambda path: int(re.findall(r"\d+", path)[-1]))
                taken = subprocess.run(["nm", "-D", "--undefined-only", newest], capture_output=True, text=True, check=True)
                # The channel of numbers comes from the library of cells.
                self.assertIn("4mpsc7channel", taken.stdout)
                return
        self.fail("no process has loaded a cell")

    def test_the_count_rises_only_for_what_is_stored(self):
        first = self.ok("1").reply["execution_count"]
        self.assertEqual(self.ok("2").reply["execution_count"], first + 1)
        self.ok("3", store_history=False)
        silent = self.ok("4", silent=True)
        kinds = {k for _, k, _ in silent.output}
        self.assertEqual(kinds, {"status"}, "a silent cell shows nothing")
        self.assertEqual(self.ok("5").reply["execution_count"], first + 2)

    def test_messages_come_in_the_order_the_protocol_wants(self):
        cell = self.ok('println!("a"); 7')
        kinds = [k for _, k, _ in cell.output]
        self.assertEqual(kinds[0], "status")
        self.assertEqual(kinds[1], "execute_input")
        self.assertEqual(kinds[-2:], ["execute_result", "status"])
        states = [c["execution_state"] for c in cell.contents("status")]
        self.assertEqual(states, ["busy", "idle"])
        entered = cell.contents("execute_input")[0]
        self.assertEqual(entered["execution_count"], cell.reply["execution_count"])
        self.assertEqual(entered["code"], 'println!("a"); 7')

    def test_user_expressions_are_answered_one_by_one(self):
        self.ok("let depth = 5;")
        cell = self.ok("1", user_expressions={"a": "depth * 2", "b": "no_such_name"})
        answers = cell.reply["user_expressions"]
        self.assertEqual(answers["a"]["status"], "ok")
        self.assertEqual(answers["a"]["data"]["text/plain"], "10")
        self.assertEqual(answers["b"]["status"], "error")
        self.assertTrue(answers["b"]["ename"])

    # errors

    def test_a_panic_is_an_error_with_its_message(self):
        self.ok("let kept = 11;")
        cell = self.fails(PANIC)
        self.assertIn("boom 42", cell.reply["evalue"] + "\n".join(cell.reply["traceback"]))
        self.assertEqual(self.ok("kept").result, "11")

    def test_what_was_printed_before_a_panic_is_seen(self):
        cell = self.fails('println!("one"); panic!("two");')
        self.assertEqual(cell.stdout, "one\n")

    def test_a_compile_error_names_the_line_of_the_cell(self):
        cell = self.fails('let a = 1;\nlet b = 2;\nlet wrong: u32 = "three";\nlet c = 4;')
        trace = "\n".join(cell.reply["traceback"])
        self.assertIn("mismatched types", trace + cell.reply["evalue"])
        self.assertIn("3", trace)
        self.assertIn('let wrong: u32 = "three";', trace)
        for inner in ("src/lib.rs", "evcxr_variable_store", "run_user_code"):
            self.assertNotIn(inner, trace, "nothing of the machinery is shown")

    def test_a_compile_error_in_a_later_cell_counts_its_own_lines(self):
        for _ in range(3):
            self.ok("fn filler() -> u32 {\n    let x = 1;\n    x\n}")
        cell = self.fails("\n\nno_such_function();")
        trace = "\n".join(cell.reply["traceback"])
        self.assertIn("no_such_function", trace)
        self.assertRegex(trace, r"(:3:|\b3 +[|│]|line 3)")

    def test_the_question_mark_works_at_the_top_level(self):
        self.ok('let answer: i32 = "7".parse()?;')
        self.assertEqual(self.ok("answer").result, "7")
        cell = self.fails('println!("before");\nlet other: i32 = "x7".parse()?;\nprintln!("after");')
        self.assertEqual(cell.reply["evalue"], "invalid digit found in string")
        self.assertEqual((cell.stdout, cell.stderr), ("before\n", ""))
        self.assertEqual(self.ok("answer").result, "7")
        self.fails("other")
        self.ok("fn boxed() -> Result<u8, Box<dyn std::error::Error>> { Err(\"no wind\".into()) }")
        self.assertEqual(self.fails("boxed()?").reply["evalue"], "no wind")

    def test_await_works_at_the_top_level(self):
        self.ok("async fn deep(x: i32) -> Result<i32, String> { Ok(x * 2) }")
        self.ok("let sounded = deep(4).await?;")
        self.assertEqual(self.ok("sounded + deep(1).await?").result, "10")
        nap = "let begun = std::time::Instant::now();\nweft::sleep(std::time::Duration::from_millis(200))"
        cell = self.ok(nap + '.await;\nprintln!("{} {:?}", begun.elapsed().as_millis() >= 200, deep(3).await);')
        self.assertEqual(cell.stdout, "true Ok(6)\n")

    def test_a_cell_that_comes_before_anything_is_prepared_may_use_the_library(self):
        with Kernel(wait=False) as kernel:
            # Nobody hears yet what it prints: its reply is waited for.
            code = "let five = async { 5u8 }.await; let event = exercises::sync::Event::new();"
            first = kernel.start(code)
            kernel.until(lambda: first.reply, 120, "the reply")
            self.assertEqual(first.reply["status"], "ok", first)
            self.assertEqual(kernel.run("(five + 1, event.is_set())").result, "(6, false)")

    def test_a_future_woken_by_a_thread_is_awaited(self):
        self.ok(
            "use std::{pin::Pin, task::{Context, Poll}, future::Future};\n"
            "struct Tide(Option<std::thread::JoinHandle<()>>);\n"
            "impl Future for Tide {\n    type Output = u8;\n"
            "    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u8> {\n"
            "        if let Some(turned) = &self.0 && turned.is_finished() { return Poll::Ready(9); }\n"
            "        let waker = context.waker().clone();\n"
            "        if self.0.is_none() { self.0 = Some(std::thread::spawn(|| ())); }\n"
            "        std::thread::spawn(move || waker.wake());\n        Poll::Pending\n    }\n}"
        )
        self.assertEqual(self.ok("Tide(None).await").result, "9")

    def test_an_error_behind_await_has_its_own_column(self):
        trace = "\n".join(self.fails("let a = 1;\nlet b = ready().await + no_such;").reply["traceback"])
        self.assertIn("let b = ready().await + no_such;", trace)
        self.assertIn("cell:2:", trace)
        self.assertNotIn("block_on", trace)

    def test_a_panic_in_awaited_code_keeps_variables(self):
        self.ok("let kept_dry = 3;")
        self.fails('async fn falls() { panic!("wet"); }\nfalls().await;')
        self.assertEqual(self.ok("kept_dry").result, "3")

    def test_a_program_from_a_book_is_offered_to_run(self):
        cell = self.ok('fn greet() { println!("ahoy"); }\n\nfn main() {\n    greet();\n}')
        offered = cell.contents("display_data")
        self.assertEqual(len(offered), 1, cell)
        self.assertIn("`main()`", offered[0]["data"]["text/plain"])
        self.assertEqual((cell.stdout, cell.stderr), ("", ""))
        self.assertEqual(self.ok("main()").stdout, "ahoy\n")
        both = self.ok('fn main() { println!("again"); }\nmain();')
        self.assertEqual((both.stdout, both.contents("display_data")), ("again\n", []))

    def test_warnings_are_shown_and_not_on_standard_error(self):
        code = "let shore = 1;\nfn tack() {\n    let unused_rope = 5;\n}\nshore"
        cell = self.ok(code)
        self.assertEqual((cell.result, cell.stderr), ("1", ""))
        shown = cell.contents("display_data")
        self.assertEqual(len(shown), 1, cell)
        self.assertIn("cell:3:9", shown[0]["data"]["text/plain"])
        self.assertIn("unused_rope", shown[0]["data"]["text/html"])
        self.assertEqual(self.ok(code).contents("display_data"), shown, "also from the cache")
        for quiet in ("let lone = 5;", "tack();", "fn dead() {}", "let mut never = 1;", "(1 + 2)"):
            self.assertEqual(self.ok(quiet).contents("display_data"), [], quiet)

    def test_an_error_stops_the_cells_that_were_waiting(self):
        wait = "std::thread::sleep(std::time::Duration::from_millis(300));"
        first = self.kernel.start(wait + ' panic!("stop");')
        waiting = [self.kernel.start(f"{i}") for i in range(3)]
        for cell in [first, *waiting]:
            self.kernel.until(cell.done, 60, "the end of a queued cell")
        self.assertEqual(first.status, "error")
        for cell in waiting:
            self.assertIn(cell.status, ("aborted", "error"), cell)
            self.assertIsNone(cell.result)
        self.assertEqual(self.ok("9").result, "9", "cells sent later run again")

    def test_an_error_may_be_told_to_stop_nothing(self):
        wait = "std::thread::sleep(std::time::Duration::from_millis(300));"
        first = self.kernel.start(wait + ' panic!("go on");', stop_on_error=False)
        second = self.kernel.start("21")
        for cell in (first, second):
            self.kernel.until(cell.done, 60, "the end of a queued cell")
        self.assertEqual((first.status, second.result), ("error", "21"))

    # questions

    def test_a_cell_may_ask_for_a_line(self):
        code = (
            "let mut name = String::new(); let n = std::io::stdin().read_line(&mut name).unwrap();"
            ' println!("{n} {}", name.trim());'
        )
        cell = self.ok(code, answers=["Ada"])
        self.assertEqual(cell.stdout.strip(), "4 Ada")
        requests = [m for _, c, m in self.kernel.of(cell.msg_id) if c == "stdin"]
        self.assertEqual(len(requests), 1)
        self.assertEqual(requests[0]["header"]["msg_type"], "input_request")
        self.assertIs(requests[0]["content"]["password"], False)

    def test_several_lines_are_asked_one_after_the_other(self):
        code = (
            "let mut sum = 0; for _ in 0..3 { let mut s = String::new();"
            " std::io::stdin().read_line(&mut s).unwrap(); sum += s.trim().parse::<i32>().unwrap();"
            " } sum"
        )
        self.assertEqual(self.ok(code, answers=["1", "20", "300"]).result, "321")

    def test_where_nobody_can_answer_input_is_at_its_end(self):
        code = "let mut s = String::new(); std::io::stdin().read_line(&mut s).unwrap()"
        cell = self.ok(code, timeout=20)
        self.assertEqual(cell.result, "0")

    # life

    def test_an_interrupt_ends_a_question(self):
        cell = self.kernel.start(
            "let mut s = String::new(); std::io::stdin().read_line(&mut s).ok();"
            " loop { std::thread::sleep(std::time::Duration::from_millis(20)); }",
            allow_stdin=True,
        )
        self.kernel.answers = None
        self.kernel.until(
            lambda: any(c == "stdin" for _, c, _ in self.kernel.of(cell.msg_id)), 30, "the question"
        )
        self.kernel.interrupt()
        self.kernel.until(cell.done, 20, "the end of the interrupted cell")
        self.assertEqual(self.ok("1 + 2", timeout=60).result, "3")

    def test_kernel_info_is_answered_on_both_channels_while_a_cell_runs(self):
        cell = self.kernel.start("std::thread::sleep(std::time::Duration::from_millis(1500));")
        self.kernel.listen(0.3)
        info = self.kernel.ask("kernel_info_request", {}, channel="control", timeout=5)
        self.assertFalse(cell.done(), "control is not behind the cell")
        self.assertEqual(info["implementation"], "weft")
        self.assertTrue(info["protocol_version"].startswith("5."), info)
        self.assertGreaterEqual(int(info["protocol_version"].split(".")[1]), 5)
        self.assertEqual(info["language_info"]["mimetype"], "text/rust")
        self.kernel.until(cell.done, 20, "the end of the cell")


class Grading(unittest.TestCase):
    def test_a_grader_sees_no_warnings(self):
        with Kernel(env={"NBGRADER_EXECUTION": "autograde"}) as kernel:
            cell = kernel.run("fn tack() { let unused_rope = 5; }\ntack(); 4")
            self.assertEqual(cell.result, "4", cell)
            self.assertEqual((cell.contents("display_data"), cell.stderr), ([], ""))


class Restarts(unittest.TestCase):
    def test_a_restart_forgets_variables_and_keeps_history(self):
        with Kernel() as kernel:
            kernel.run("let gone = 12345;")
            kernel.restart()
            cell = kernel.run("gone")
            self.assertEqual(cell.status, "error", cell)
            reply = kernel.ask(
                "history_request",
                {
                    "output": False, "raw": True, "hist_access_type": "search",
                    "pattern": "let gone = *", "unique": False, "n": 5,
                },
            )
            self.assertIn("let gone = 12345;", [entry[2] for entry in reply["history"]])
            self.assertEqual(kernel.run("1 + 1").result, "2")

    def test_shutdown_ends_every_process_also_in_the_middle_of_a_cell(self):
        kernel = Kernel()
        cell = kernel.start("loop { std::thread::sleep(std::time::Duration::from_millis(50)); }")
        kernel.listen(1.0)
        self.assertFalse(cell.done())
        reply = kernel.ask("shutdown_request", {"restart": False}, channel="control", timeout=15)
        self.assertEqual((reply["status"], reply["restart"]), ("ok", False))
        end = time.monotonic() + 15
        while kernel.manager.is_alive() and time.monotonic() < end:
            time.sleep(0.05)
        self.assertFalse(kernel.manager.is_alive(), "the kernel ended by itself")
        kernel.disconnect()
        kernel.manager.cleanup_resources()

    def test_a_kernel_over_ipc_works_as_one_over_tcp(self):
        with Kernel(transport="ipc") as kernel:
            self.assertEqual(kernel.info["transport"], "ipc")
            self.assertEqual(kernel.run("6 * 7").result, "42")

    def test_the_first_heard_on_iopub_is_a_welcome_and_starting(self):
        with Kernel() as kernel:
            kinds = [m["header"]["msg_type"] for _, c, m in kernel.log if c == "iopub"]
            self.assertEqual(kinds[0], "iopub_welcome")

    def test_the_heart_beats(self):
        with Kernel() as kernel:
            beat = kernel.sockets["hb"]
            beat.send(b"are you there?")
            self.assertTrue(beat.poll(5000))
            self.assertEqual(beat.recv(), b"are you there?")


class Comms(unittest.TestCase):
    def test_an_unknown_target_is_closed_and_nothing_breaks(self):
        with Kernel() as kernel:
            opened = kernel.send(
                "shell", "comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}}
            )
            kernel.until(lambda: Cell(kernel, opened).idle_at, 20, "idle after comm_open")
            closes = Cell(kernel, opened).contents("comm_close")
            self.assertEqual([c["comm_id"] for c in closes], ["c1"])
            kernel.send("shell", "comm_msg", {"comm_id": "c1", "data": {"a": 1}})
            kernel.send("shell", "comm_close", {"comm_id": "c1", "data": {}})
            info = kernel.ask("comm_info_request", {"target_name": "nobody"})
            self.assertEqual(info["comms"], {})
            self.assertEqual(kernel.run("1 + 1").result, "2")


if __name__ == "__main__":
    report.main()
