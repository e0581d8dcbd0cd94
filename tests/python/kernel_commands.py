"""The `:commands` of a cell, completion and inspection."""

import os
import unittest

import report
from client import Kernel


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ["WEFT_TIME_SCALE"] = "0.05"
        cls.kernel = Kernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.stop()

    def ok(self, code, **options):
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "ok", cell)
        return cell

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
        for command in (":run", ":vars", ":dep", ":help", ":clear_output", ":timeline"):
            self.assertIn(command, page["data"]["text/plain"])

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

    def test_clear_output_sends_the_message(self):
        cell = self.ok(":clear_output")
        self.assertEqual(len(cell.contents("clear_output")), 1)

    def test_timeline_draws_the_last_run(self):
        self.ok(":run s1e1 --n_threads 3")
        shown = self.shown(self.ok(":timeline"))
        self.assertGreaterEqual(len(shown.strip().splitlines()), 4, shown)

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
