"""Completion, inspection and is_complete while a cell runs; an interrupt may come
in between. What is asked neither holds the cell up nor changes what it does."""

import os
import random
import time

import psutil
import report
from client import Cell, Kernel, OneKernel
from processes import memory, settled_memory

# Runs until the file is there, and says that it runs.
UNTIL = 'println!("go"); while !std::path::Path::new("{name}").exists() {{ std::thread::sleep(std::time::Duration::from_millis(5)); }}'


class Meanwhile(OneKernel):
    def setUp(self):
        self.number = getattr(type(self), "number", 0) + 1
        type(self).number = self.number
        self.gate = f"gate-{os.getpid()}-{self.number}"

    def begin(self, before="", behind="", kernel=None):
        """A cell that has begun to run and goes on until `open`."""
        kernel = kernel or self.kernel
        cell = kernel.start(f"{before}{UNTIL.format(name=self.gate)}{behind}")
        kernel.until(lambda: "go" in cell.stdout, 120, "the start of the cell")
        return cell

    def open(self, cell, kernel=None):
        with open(self.gate, "w", encoding="utf-8"):
            pass
        (kernel or self.kernel).until(cell.done, 60, "the end of the cell")
        return cell

    def complete(self, code, kernel=None):
        content = {"code": code, "cursor_pos": len(code)}
        return (kernel or self.kernel).ask("complete_request", content, timeout=60)

    def test_all_three_are_answered_while_a_cell_runs(self):
        self.ok("let harbour = vec![1u32, 2]; fn lighthouse() -> u8 { 1 }")
        cell = self.begin("let anchor = 5; ", " let rope = anchor + 1; harbour.len() + rope")
        self.assertEqual(self.complete("lighth")["matches"], ["lighthouse"])
        self.assertIn("harbour", self.complete("harb")["matches"])
        self.assertIn("s1e1", self.complete(":run s1e")["matches"])
        found = self.kernel.ask(
            "inspect_request", {"code": "harbour", "cursor_pos": 3, "detail_level": 0}, timeout=60
        )
        self.assertIn("Vec<u32>", found["data"]["text/plain"])
        for code, status in (("1 + 1", "complete"), ("fn f() {", "incomplete")):
            self.assertEqual(self.kernel.ask("is_complete_request", {"code": code})["status"], status)
        self.assertFalse(cell.done(), "the cell runs all the while")
        self.open(cell)
        self.assertEqual((cell.status, cell.result), ("ok", "8"), cell)
        self.assertEqual(self.ok("(anchor, rope, harbour.len())").result, "(5, 6, 2)")
        self.assertIn("anchor", self.complete("anch")["matches"], "what the cell defined is known now")

    def test_the_kernel_is_busy_with_its_cell_until_the_end(self):
        cell = self.begin()
        asked = self.kernel.request("complete_request", {"code": "Vec::", "cursor_pos": 5})
        self.kernel.until(lambda: Cell(self.kernel, asked).idle_at, 60, "the end of the question")
        self.kernel.listen(0.2)
        states = [m["content"]["execution_state"] for _, c, m in self.kernel.log
                  if c == "iopub" and m["header"]["msg_type"] == "status"]
        self.assertEqual(states[-1], "busy", "a page shows the last state it has heard")
        self.open(cell)

    def test_what_a_cell_prints_is_live_and_whole_while_questions_are_answered(self):
        cell = self.begin(
            "",
            ' for i in 0..300 { println!("line {i}"); std::thread::sleep(std::time::Duration::from_millis(5)); }',
        )
        with open(self.gate, "w", encoding="utf-8"):
            pass
        answered = 0
        while not cell.done():
            self.assertEqual(self.complete("std::thread::spaw")["matches"][0], "spawn")
            answered += 1
        self.assertGreater(answered, 3)
        self.assertEqual(cell.stdout, "go\n" + "".join(f"line {i}\n" for i in range(300)))
        arrived = [t for t, kind, _ in cell.output if kind == "stream"]
        self.assertGreater(len(arrived), 20, "in many pieces, not at the end")

    def test_a_short_cell_is_over_before_a_question_is_answered(self):
        for turn in range(5):
            cell = self.kernel.start(f"let plank_{turn} = {turn};")
            self.assertEqual(self.complete(f"plank_{turn}")["matches"], [f"plank_{turn}"])
            self.kernel.until(cell.done, 60, "the end of the cell")

    def test_every_end_is_the_same_with_a_question_in_between(self):
        self.ok("let kept = String::from(\"kept\"); let spent = String::from(\"spent\");")
        ends = {
            "panic": ' panic!("over board");',
            "Error": ' Err::<(), std::fmt::Error>(std::fmt::Error)?;',
            "Aborted": " std::process::abort();",
            "Exited(3)": " std::process::exit(3);",
        }
        for name, code in ends.items():
            with self.subTest(name):
                self.setUp()
                cell = self.begin(f"let lost = 1; let one_more = {len(name)}; ", code)
                self.complete("ke")
                self.open(cell)
                self.assertEqual(cell.reply["ename"], name, cell)
                self.assertEqual(self.ok("&kept").result, '"kept"')
                self.assertEqual(self.kernel.run("lost").status, "error", "not defined")
        self.setUp()
        cell = self.begin("", " drop(spent);")
        self.complete("spe")
        self.assertEqual(self.open(cell).status, "ok", cell)
        self.assertEqual(self.kernel.run("spent").reply["ename"], "E0425", "the cell has moved it")

    def test_statics_and_items_of_a_cell_are_there_once(self):
        uses = "use std::sync::atomic::{AtomicU32, Ordering};\n"
        cell = self.begin(
            uses + "static DRUMS: AtomicU32 = AtomicU32::new(3);\nstruct Sail(u8);\n",
            " DRUMS.fetch_add(1, Ordering::SeqCst); let sail = Sail(7);",
        )
        self.complete("DRU")
        self.assertEqual(self.open(cell).status, "ok", cell)
        self.assertEqual(cell.contents("display_data"), [], "nothing is called new")
        self.assertEqual(self.ok("DRUMS.fetch_add(1, Ordering::SeqCst)").result, "4")
        self.assertEqual(self.ok("(DRUMS.load(Ordering::SeqCst), sail.0)").result, "(5, 7)")

    def test_time_tells_how_long_the_cell_ran(self):
        cell = self.kernel.start(
            ':time\nprintln!("go"); std::thread::sleep(std::time::Duration::from_millis(900));'
        )
        self.kernel.until(lambda: "go" in cell.stdout, 60, "the start of the cell")
        self.complete("std::")
        self.kernel.until(cell.done, 60, "the end of the cell")
        said = cell.contents("display_data")[-1]["data"]["text/plain"]
        self.assertRegex(said, r"running: (9\d\d ms|[1-9]\.\d+ s)")

    def test_an_interrupt_and_questions_at_once(self):
        self.ok("let mut numbers = vec![1, 2, 3];")
        took = []
        for turn in range(8):
            cell = self.kernel.start('numbers.push(9); println!("go"); loop { std::hint::black_box(1); }')
            self.kernel.until(lambda cell=cell: "go" in cell.stdout, 60, "the start of the cell")
            self.complete("numb")
            asked = [self.kernel.request("complete_request", {"code": "Stri", "cursor_pos": 4}) for _ in range(turn % 4)]
            begun = time.monotonic()
            self.kernel.interrupt()
            self.kernel.until(cell.done, 20, "the end of the cell")
            took.append(cell.idle_at - begun)
            self.assertEqual(cell.reply["ename"], "Interrupted", cell)
            for question in asked:
                self.kernel.until(lambda q=question: Cell(self.kernel, q).idle_at, 60, "the answer")
            self.assertEqual(self.ok("&numbers").result, "[1, 2, 3]")
        took.sort()
        print(f"interrupt to idle with questions: median {took[len(took) // 2] * 1000:.0f} ms, longest {took[-1] * 1000:.0f} ms")

    def test_a_late_interrupt_undoes_nothing_that_it_calls_done(self):
        self.ok("let mut count = 0u32;")
        expected, ends = 0, set()
        moment = random.Random(4)
        for _ in range(30):
            cell = self.kernel.start("count += 1;")
            self.kernel.listen(moment.random() * 0.15)
            self.kernel.ask("interrupt_request", {}, "control")
            self.kernel.until(cell.done, 20, "the end of the cell")
            ends.add(cell.status)
            expected += cell.status == "ok"
            if cell.status == "error":
                self.assertEqual(cell.reply["ename"], "Interrupted", cell)
            self.assertEqual(self.ok("count").result, str(expected), cell)
        self.assertLessEqual(ends, {"ok", "error", "aborted"})

    def test_a_killed_supervisor_ends_a_cell_from_which_evcxr_was_released(self):
        with Kernel() as kernel:
            self.assertEqual(kernel.run("let x = 1;").status, "ok")
            cell = self.begin(kernel=kernel)
            self.complete("std::th", kernel)
            psutil.Process(kernel.manager.provisioner.pid).children()[0].kill()
            kernel.until(cell.done, 30, "the end of the cell")
            self.assertEqual(cell.status, "error", cell)
            self.assertIn("lost", cell.reply["evalue"])
            self.assertEqual(kernel.run("1 + 1").result, "2")

    def test_no_second_analyser_comes_into_memory(self):
        self.complete("std::collections::H")
        before = sum(settled_memory(self.kernel))
        cell = self.begin()
        for _ in range(5):
            self.complete("std::collections::H")
        during = sum(memory(self.kernel))
        self.open(cell)
        self.assertLess(during, before + 60, "MB")


if __name__ == "__main__":
    report.main()
