"""What is static is one variable for all cells and all their threads."""

import os
import pathlib
import tempfile
import time
import unittest

import report
from client import Kernel, OneKernel

USE = "use std::sync::atomic::{AtomicU32, Ordering::SeqCst};"
COUNTER = "static COUNT: AtomicU32 = AtomicU32::new(0);"


class Statics(OneKernel):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        assert cls.kernel.run(USE).status == "ok"

    def value(self, code):
        return self.ok(code).result

    def notice(self, code):
        """What is said of a cell beside its output."""
        cell = self.ok(code)
        self.assertEqual(cell.stderr, "", "a grader takes it for a failure")
        return "".join(c["data"]["text/plain"] for c in cell.contents("display_data"))

    def test_a_static_of_one_cell_is_the_same_in_every_later_one(self):
        self.ok(COUNTER)
        self.ok("fn count() -> u32 { COUNT.fetch_add(1, SeqCst) }")
        self.assertEqual(self.value("COUNT.fetch_add(1, SeqCst)"), "0")
        self.assertEqual(self.value("count()"), "1")
        self.assertEqual(self.value("(count(), COUNT.load(SeqCst))"), "(2, 3)")

    def test_threads_of_earlier_cells_share_it(self):
        self.ok("static STOP: AtomicU32 = AtomicU32::new(0); static SEEN: AtomicU32 = AtomicU32::new(0);")
        self.ok(
            "let watcher: std::thread::JoinHandle<u32> = std::thread::spawn(|| {"
            " while STOP.load(SeqCst) == 0 { std::thread::yield_now(); } SEEN.store(7, SeqCst); STOP.load(SeqCst) });"
        )
        self.ok("STOP.store(5, SeqCst);")
        self.assertEqual(self.value("watcher.join().unwrap()"), "5")
        self.assertEqual(self.value("SEEN.load(SeqCst)"), "7")

    def test_statics_in_functions_and_methods_keep_their_value(self):
        self.ok("fn ticket() -> u32 { static NEXT: AtomicU32 = AtomicU32::new(100); NEXT.fetch_add(1, SeqCst) }")
        self.ok("struct Office;\nimpl Office { fn ticket() -> u32 { static N: AtomicU32 = AtomicU32::new(1); N.fetch_add(1, SeqCst) } }")
        self.assertEqual(self.value("(ticket(), Office::ticket())"), "(100, 1)")
        self.assertEqual(self.value("(ticket(), Office::ticket())"), "(101, 2)")

    def test_lazy_once_and_thread_local_are_made_once(self):
        self.ok(
            "use std::sync::{LazyLock, Mutex, OnceLock};\n"
            "static LIST: LazyLock<Mutex<Vec<u32>>> = LazyLock::new(|| { println!(\"made\"); Mutex::new(vec![]) });\n"
            "static NAME: OnceLock<String> = OnceLock::new();\n"
            "thread_local! {\n  static MINE: std::cell::Cell<u32> = std::cell::Cell::new(1);\n}"
        )
        self.assertEqual(self.ok("LIST.lock().unwrap().push(1); MINE.set(2);").stdout, "made\n")
        self.assertEqual(self.ok("LIST.lock().unwrap().push(2); NAME.set(\"n\".into()).unwrap();").stdout, "")
        self.assertEqual(
            self.value("(LIST.lock().unwrap().clone(), NAME.get(), MINE.get(), std::thread::spawn(|| MINE.get()).join().unwrap())"),
            '([1, 2], Some("n"), 2, 1)',
        )

    def test_constants_can_be_computed_from_a_static(self):
        self.ok("static BASE: usize = 4; static HIT: AtomicU32 = AtomicU32::new(0);")
        self.ok("const TWICE: usize = BASE * 2; static ROOM: [u8; BASE] = [1; BASE]; static REF: &AtomicU32 = &HIT;")
        self.ok("REF.fetch_add(1, SeqCst);")
        self.assertEqual(self.value("(BASE, TWICE, ROOM.len(), HIT.load(SeqCst))"), "(4, 8, 4, 1)")

    def test_texts_functions_and_mutable_ones(self):
        self.ok('static WORDS: [&str; 2] = ["a", "b"]; static TWICE: fn(&u32) -> u32 = |n| n * 2; static mut RAW: u32 = 1;')
        self.ok('static COW: std::borrow::Cow<str> = std::borrow::Cow::Borrowed("moo");')
        self.ok("unsafe { RAW += WORDS.len() as u32; }")
        self.assertEqual(self.value("(TWICE(&21), unsafe { RAW }, COW.len())"), "(42, 3, 3)")

    def test_defining_again_gives_a_new_one_and_says_so(self):
        again = "static AGAIN: AtomicU32 = AtomicU32::new(0);"
        self.assertEqual(self.notice(again), "")
        self.ok("AGAIN.store(9, SeqCst);")
        self.assertIn("AGAIN is a new `static`", self.notice(again))
        self.assertEqual(self.value("AGAIN.load(SeqCst)"), "0")
        self.assertEqual(self.notice("fn unrelated() {}"), "")
        self.assertEqual(self.value("AGAIN.fetch_add(2, SeqCst)"), "0")
        self.assertEqual(self.value("AGAIN.load(SeqCst)"), "2")

    def test_a_static_of_a_type_that_changes_is_a_new_one(self):
        self.ok("struct Point { x: u8 }")
        self.ok("static PLACE: std::sync::Mutex<Point> = std::sync::Mutex::new(Point { x: 1 });")
        self.ok("PLACE.lock().unwrap().x = 2;")
        self.assertEqual(self.value("PLACE.lock().unwrap().x"), "2")
        said = self.notice("struct Point { x: u8, y: [u64; 9] }\nimpl Point { const fn at(x: u8) -> Point { Point { x, y: [3; 9] } } }\n"
                       "static PLACE: std::sync::Mutex<Point> = std::sync::Mutex::new(Point::at(7));")
        self.assertIn("PLACE is a new `static`", said)
        self.assertEqual(self.value("{ let place = PLACE.lock().unwrap(); (place.x, place.y[8]) }"), "(7, 3)")

    def test_a_cell_that_is_undone_undoes_its_statics(self):
        self.ok("static KEPT: AtomicU32 = AtomicU32::new(1);")
        cell = self.kernel.run("KEPT.store(50, SeqCst); std::process::abort();")
        self.assertEqual(cell.status, "error")
        self.assertEqual(self.value("KEPT.load(SeqCst)"), "1")
        self.kernel.run("static KEPT: AtomicU32 = AtomicU32::new(60);\nstatic GONE: AtomicU32 = AtomicU32::new(0);\nstd::process::abort();")
        self.assertEqual(self.value("KEPT.load(SeqCst)"), "1")
        self.assertEqual(self.kernel.run("GONE.load(SeqCst)").status, "error")
        self.kernel.run("static KEPT: AtomicU32 = AtomicU32::new(70); let wrong: u8 = \"text\";")
        self.assertEqual(self.value("KEPT.fetch_add(1, SeqCst)"), "1")
        self.assertEqual(self.value("KEPT.load(SeqCst)"), "2")

    def test_a_panic_keeps_what_is_static(self):
        self.ok("static PANICKY: AtomicU32 = AtomicU32::new(0);")
        cell = self.kernel.run("static LATER: AtomicU32 = AtomicU32::new(3); PANICKY.store(4, SeqCst); LATER.store(5, SeqCst); panic!(\"on purpose\")")
        self.assertEqual(cell.status, "error")
        self.assertEqual(self.value("(PANICKY.load(SeqCst), LATER.load(SeqCst))"), "(4, 5)")

    def test_the_statics_of_a_dependency_are_shared(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("tally", "second_tally"):
                crate = pathlib.Path(folder, name)
                (crate / "src").mkdir(parents=True)
                (crate / "Cargo.toml").write_text(f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n')
                (crate / "src/lib.rs").write_text(
                    "use std::sync::atomic::{AtomicU32, Ordering};\nstatic N: AtomicU32 = AtomicU32::new(0);\n"
                    "pub fn next() -> u32 { N.fetch_add(1, Ordering::SeqCst) }\n"
                )
            with Kernel() as kernel:
                def value(code):
                    cell = kernel.run(code, timeout=120)
                    self.assertEqual(cell.status, "ok", cell)
                    return cell.result
                value(f':dep tally = {{ path = "{folder}/tally" }}')
                self.assertEqual([value("tally::next()") for _ in range(3)], ["0", "1", "2"])
                value(f':dep second_tally = {{ path = "{folder}/second_tally" }}')
                self.assertEqual([value("(tally::next(), second_tally::next())") for _ in range(2)], ["(3, 0)", "(4, 1)"])

    def test_an_error_in_a_thread_local_is_shown_where_it_stands(self):
        for code, place in (
            ("thread_local! { static A: u8 = *&unknown_rope; }", "unknown_rope"),
            ("thread_local! { static A: Unknown = 1; }", "Unknown"),
            ('thread_local!(static B: u8 = 1); let a: u8 = "no number";', '"no number"'),
            ('static C: u8 = "no number";', '"no number"'),
            ('fn f() { static D: u8 = 7; let a: u8 = "no number"; }', '"no number"'),
        ):
            cell = self.kernel.run(code)
            self.assertEqual(cell.status, "error", cell)
            trace = "\n".join(cell.reply["traceback"])
            self.assertIn(f"cell:1:{code.index(place) + 1}\n", trace)
            self.assertEqual(trace.count("cell:1:"), 1, trace)


class Again(unittest.TestCase):
    """The compile cache knows a notebook whose items and variables evcxr keeps in another order each time."""

    CELLS = [
        "use std::collections::HashMap; use std::sync::{Arc, Mutex}; use std::time::Duration;",
        "struct A; struct B; struct C; fn f() -> u8 { 1 }\nfn g() -> u8 { 2 }\nmacro_rules! seven { () => { 7 } }",
        COUNTER.replace("AtomicU32", "std::sync::atomic::AtomicU32"),
        "let a: u8 = 1; let b: u16 = 2; let c = String::from(\"c\"); let d: Vec<u8> = vec![seven!()];",
        "let e: i64 = 5; let f2 = f() + g(); COUNT.fetch_add(1, std::sync::atomic::Ordering::SeqCst);",
        "let moved = c; (a, b, &d, e, f2, &moved)",
        "COUNT.load(std::sync::atomic::Ordering::SeqCst)",
        "fn wrong() -> u8 { let text = 5; text.len() }",
        "panic!(\"in line 1\")",
    ]

    def wait_for_the_library_of_cells(self, kernel):
        """What evcxr compiles when it is told of the library depends on the cells before: here there are none."""
        code = "exercises::syn"
        end = time.monotonic() + 300
        while time.monotonic() < end:
            asked = {"code": code, "cursor_pos": len(code)}
            matches = kernel.ask("complete_request", asked, timeout=300)["matches"]
            if any(match.startswith("sync") for match in matches):
                return
        self.fail("rust-analyzer never knew the library of cells")

    def test_a_restarted_notebook_compiles_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            # A cache of its own, but with the library of cells that is there.
            here = os.environ.get("WEFT_CACHE_DIR") or os.path.expanduser("~/.cache/weft")
            os.symlink(os.path.join(here, "cells"), os.path.join(folder, "cells"))
            compiled = pathlib.Path(folder, "compiled")
            told = []
            for turn in range(4):
                with Kernel(env={"WEFT_CACHE_DIR": folder}) as kernel:
                    self.wait_for_the_library_of_cells(kernel)
                    cells = [kernel.run(code) for code in self.CELLS]
                told.append([(cell.status, cell.result, cell.reply.get("traceback")) for cell in cells])
                found = {entry.name for entry in compiled.iterdir()}
                if turn == 0:
                    first = found
            self.assertEqual(found, first, "nothing new was compiled")
            for other in told[1:]:
                self.assertEqual(other, told[0])
            self.assertEqual(told[0][5][1], '(1, 2, [7], 5, 3, "c")')
            self.assertIn("3", str(told[0][7][2]))


if __name__ == "__main__":
    report.main()
