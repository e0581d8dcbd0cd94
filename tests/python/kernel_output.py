"""What a cell prints: when it arrives, in which order, and whose it is."""

import os
import re
import tempfile
import time
import unittest

import report
from client import Kernel, OneKernel


class Output(OneKernel):
    def test_stdout_and_stderr_of_one_thread_keep_program_order(self):
        for _ in range(3):
            cell = self.ok('for i in 0..50 { println!("o{i}"); eprintln!("e{i}"); }')
            seen = "".join(c["text"] for c in cell.contents("stream")).split()
            self.assertEqual(seen, [f"{k}{i}" for i in range(50) for k in "oe"])
            for content in cell.contents("stream"):
                letter = "o" if content["name"] == "stdout" else "e"
                words = content["text"].split()
                self.assertTrue(all(w.startswith(letter) for w in words), content)

    def test_every_one_of_many_lines_arrives_once_in_order(self):
        cell = self.ok('for i in 0..200_000 { println!("line {i}"); }', timeout=120)
        lines = cell.stdout.split("\n")
        self.assertEqual(lines.pop(), "")
        self.assertEqual(lines, [f"line {i}" for i in range(200_000)])
        self.assertLess(len(cell.contents("stream")), 2000, "lines are sent in batches")

    def test_output_is_complete_before_the_cell_is_idle(self):
        for i in range(20):
            cell = self.ok(f'println!("x{{}}y", "-".repeat(5000)); {i}')
            seen = [k for _, k, _ in cell.output]
            self.assertEqual(seen[-1], "status", seen)
            self.assertEqual(cell.stdout, "x" + "-" * 5000 + "y\n")

    def test_a_partial_line_is_seen_before_the_cell_ends(self):
        cell = self.ok(
            '{ use std::io::Write; print!("no end"); std::io::stdout().flush().unwrap();'
            " std::thread::sleep(std::time::Duration::from_millis(800)); }"
        )
        self.assertEqual(cell.stdout, "no end")
        self.assertGreater(cell.idle_at - cell.time_of("stream", "no end"), 0.4)

    def test_lines_arrive_while_the_cell_runs(self):
        cell = self.ok(
            'for i in 0..4 { println!("step {i}");'
            " std::thread::sleep(std::time::Duration::from_millis(250)); }"
        )
        times = [cell.time_of("stream", f"step {i}") for i in range(4)]
        for before, after in zip(times, times[1:]):
            self.assertGreater(after - before, 0.1)

    def test_four_threads_print_whole_lines(self):
        cell = self.ok(
            "let hs: Vec<_> = (0..4).map(|t| std::thread::spawn(move || {"
            ' for i in 0..500 { println!("{t}:{i}"); } })).collect();'
            " for h in hs { h.join().unwrap(); }"
        )
        lines = cell.stdout.splitlines()
        self.assertEqual(sorted(lines), sorted(f"{t}:{i}" for t in range(4) for i in range(500)))
        for t in range(4):
            own = [int(line.split(":")[1]) for line in lines if line.startswith(f"{t}:")]
            self.assertEqual(own, sorted(own))

    def test_late_output_belongs_to_the_cell_that_started_the_thread(self):
        first = self.ok(
            "{ std::thread::spawn(|| { for i in 0..5 {"
            ' std::thread::sleep(std::time::Duration::from_millis(300)); println!("late {i}");'
            " } }); }"
        )
        self.assertNotIn("late 4", first.stdout, "the cell did not wait for its thread")
        second = self.ok('println!("second");')
        self.kernel.until(lambda: "late 4" in first.stdout, 20, "the thread's last line")
        self.assertEqual(first.stdout, "".join(f"late {i}\n" for i in range(5)))
        self.assertEqual(second.stdout, "second\n")

    def test_a_thread_of_a_thread_writes_to_the_same_cell(self):
        first = self.ok(
            "{ std::thread::spawn(|| { std::thread::spawn(|| {"
            " std::thread::sleep(std::time::Duration::from_millis(700));"
            ' println!("grandchild"); }).join().unwrap(); }); }'
        )
        second = self.ok("1")
        self.kernel.until(lambda: "grandchild" in first.stdout, 20, "the grandchild's line")
        self.assertEqual(second.stdout, "")

    def test_late_errors_on_stderr_belong_to_their_cell_too(self):
        first = self.ok(
            "{ std::thread::spawn(|| {"
            " std::thread::sleep(std::time::Duration::from_millis(500));"
            ' eprintln!("late warning"); }); }'
        )
        second = self.ok('eprintln!("own warning");')
        self.kernel.until(lambda: "late warning" in first.stderr, 20, "the late warning")
        self.assertEqual(second.stderr, "own warning\n")

    def test_internal_marks_printed_by_a_student_are_text(self):
        for mark in (
            "EVCXR_EXECUTION_COMPLETE",
            "EVCXR_PANIC_NOTIFICATION",
            "EVCXR_INPUT_REQUEST",
            "EVCXR_VARIABLE_CHANGED_TYPE:x",
        ):
            cell = self.ok(f'println!("{mark}"); println!("after");')
            self.assertEqual(cell.stdout, f"{mark}\nafter\n")
            after = self.ok("40 + 2")
            self.assertEqual((after.result, after.stdout), ("42", ""))

    def test_invalid_utf8_does_no_harm(self):
        cell = self.ok(
            "{ use std::io::Write;"
            r' std::io::stdout().write_all(b"\xff\xfe bad\nnext line\n").unwrap(); }'
        )
        self.assertTrue(cell.stdout.endswith(" bad\nnext line\n"), repr(cell.stdout))
        self.assertEqual(self.ok("1 + 1").result, "2")

    def test_a_letter_split_over_two_writes_arrives_whole(self):
        cell = self.ok(
            "{ use std::io::Write; let s = \"چای ☕\\n\".as_bytes(); let mut o = std::io::stdout();"
            " for b in s { o.write_all(&[*b]).unwrap(); o.flush().unwrap();"
            " std::thread::sleep(std::time::Duration::from_millis(15)); } }"
        )
        self.assertEqual(cell.stdout, "چای ☕\n")

    def test_a_child_process_prints_into_the_cell(self):
        cell = self.ok(
            'std::process::Command::new("sh").args(["-c", "echo from a child"]).status().unwrap();'
        )
        self.assertEqual(cell.stdout, "from a child\n")

    def test_html_between_content_marks_becomes_a_display(self):
        cell = self.ok(
            'println!("before\\nEVCXR_BEGIN_CONTENT text/html\\n<b>bold</b>\\nEVCXR_END_CONTENT");'
        )
        display = cell.contents("display_data")
        self.assertEqual(len(display), 1, cell)
        self.assertEqual(display[0]["data"]["text/html"].strip(), "<b>bold</b>")
        self.assertEqual(cell.stdout, "before\n")

    def test_a_flood_does_not_stop_an_answer_on_control(self):
        cell = self.kernel.start('for i in 0..400_000 { println!("flood {i}"); }')
        time.sleep(0.3)
        begun = time.monotonic()
        info = self.kernel.ask("kernel_info_request", {}, channel="control", timeout=10)
        self.assertEqual(info["status"], "ok")
        self.assertLess(time.monotonic() - begun, 5)
        self.kernel.until(cell.done, 120, "the end of the flood")
        self.assertEqual(cell.stdout.count("\n"), 400_000)

    def test_the_issues_half_million_lines_are_all_shown(self):
        cell = self.ok('for i in 0..500_000 { println!("{i:>11}"); }', timeout=120)
        self.assertEqual(cell.stdout.count("\n"), 500_000)
        self.assertEqual(len(cell.stdout), 6_000_000)
        self.assertEqual(cell.contents("display_data"), [])


class Flood(unittest.TestCase):
    """A cell that prints more than anybody can read."""

    LIMIT = 100_000

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.kernel = Kernel(cwd=self.folder.name, env={"WEFT_OUTPUT_LIMIT": str(self.LIMIT)})
        self.addCleanup(self.kernel.stop)

    def notice(self, cell):
        """The first notice, and the text of its last form."""
        first = cell.contents("display_data")
        self.assertEqual(len(first), 1, [c["data"] for c in first])
        texts = [c["data"]["text/plain"] for c in first + cell.contents("update_display_data")]
        return first[0]["data"], texts[-1]

    def test_what_is_left_out_is_counted_and_all_of_it_is_in_a_file(self):
        lines = 300_000
        cell = self.kernel.run(f'for i in 0..{lines} {{ println!("line {{i}}"); }} eprintln!("the end");', timeout=120)
        whole = "".join(f"line {i}\n" for i in range(lines)) + "the end\n"
        self.assertEqual(cell.status, "ok")
        self.assertEqual(cell.stdout, whole[: self.LIMIT])
        self.assertEqual(cell.stderr, "")
        first, last = self.notice(cell)
        self.assertIn(f" {len(whole) - self.LIMIT} bytes", last)
        path = re.search(r'href="([^"]+)"', first["text/html"]).group(1)
        self.assertIn(path, last)
        with open(os.path.join(self.folder.name, path), encoding="utf-8") as file:
            self.assertEqual(file.read(), whole)
        # The next cell has its whole limit again.
        self.assertEqual(self.kernel.run('println!("{}", "é".repeat(20_000));').stdout, "é" * 20_000 + "\n")

    def test_a_flood_without_an_end_can_be_interrupted_and_costs_no_memory(self):
        cell = self.kernel.start('loop { println!("{}", "flood ".repeat(100)); }')
        self.kernel.until(lambda: len(cell.contents("update_display_data")) > 1, 60, "the growing notice")
        self.kernel.interrupt()
        self.kernel.until(cell.done, 30, "the end of the flood")
        self.assertEqual(cell.reply["ename"], "Interrupted")
        self.assertLessEqual(len(cell.stdout), self.LIMIT)
        self.assertIn("bytes", self.notice(cell)[1])

    def test_displays_are_bounded_and_updates_are_not(self):
        show = 'println!("EVCXR_BEGIN_CONTENT text/plain\\n{}\\nEVCXR_END_CONTENT", "d".repeat(30_000));'
        cell = self.kernel.run(f"for _ in 0..5 {{ {show} println!(); }}")
        shown = [c for c in cell.contents("display_data") if c["data"]["text/plain"].startswith("d")]
        self.assertLessEqual(len(shown), 3)
        self.assertGreaterEqual(len(shown), 2)

    def test_where_no_file_can_be_written_the_notice_says_so(self):
        with open(os.path.join(self.folder.name, "weft-output"), "w", encoding="utf-8") as file:
            file.write("in the way")
        cell = self.kernel.run('for i in 0..30_000 { println!("line {i}"); }')
        self.assertEqual(cell.status, "ok")
        self.assertIn("could not be written", self.notice(cell)[1])


if __name__ == "__main__":
    report.main()
