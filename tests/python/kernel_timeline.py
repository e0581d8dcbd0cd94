"""The picture after a run, `:timeline` and `:why`."""

import json
import os
import pathlib
import re
import unittest
import xml.etree.ElementTree as ElementTree

import report
from client import Kernel

FORMATS = {"text/plain", "text/html", "image/svg+xml", "application/vnd.weft.trace+json"}


class Timeline(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ["WEFT_TIME_SCALE"] = "0.05"
        cls.kernel = Kernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.stop()

    def ok(self, code):
        cell = self.kernel.run(code)
        self.assertEqual(cell.status, "ok", cell)
        return cell

    def fails(self, code, name, *parts):
        cell = self.kernel.run(code)
        self.assertEqual(cell.status, "error", cell)
        self.assertEqual(cell.reply["ename"], name, cell)
        for part in parts:
            self.assertIn(part, cell.reply["evalue"])

    def pictures(self, cell):
        shown = [content["data"] for content in cell.contents("display_data")]
        return [data for data in shown if "image/svg+xml" in data]

    def said(self, code):
        (shown,) = self.ok(code).contents("display_data")
        self.assertEqual(set(shown["data"]), {"text/plain"})
        return shown["data"]["text/plain"]

    def test_a_run_with_several_threads_is_followed_by_a_picture(self):
        (picture,) = self.pictures(self.ok(":run s1e1 --n_threads 3"))
        self.assertEqual(set(picture), FORMATS)
        root = ElementTree.fromstring(picture["image/svg+xml"])
        lanes = [e for e in root.iter() if e.get("class") == "lane"]
        self.assertEqual(len(lanes), 4)
        self.assertIn("<img", picture["text/html"])
        self.assertIn("<details>", picture["text/html"])
        self.assertIn("guaranteed: ", picture["text/plain"])
        trace = picture["application/vnd.weft.trace+json"]
        self.assertEqual((trace["exercise"], len(trace["lanes"])), ("s1e1", 4))

    def test_a_run_with_one_lane_is_not(self):
        self.assertEqual(self.pictures(self.ok(":run s1e1 --n_threads 0")), [])
        self.assertEqual(len(self.pictures(self.ok(":timeline last"))), 1)

    def test_the_picture_can_be_turned_off_and_asked_for(self):
        self.said(":timeline off")
        self.assertEqual(self.pictures(self.ok(":run s1e1 --n_threads 2")), [])
        self.assertEqual(len(self.pictures(self.ok(":timeline"))), 1)
        self.said(":timeline on")
        self.assertEqual(len(self.pictures(self.ok(":run s1e1 --n_threads 2"))), 1)
        self.fails(":timeline sideways", "Usage", "on, off, last, save")
        self.fails(":timeline on top", "Usage", "on, off, last, save")

    def test_a_run_that_never_began_leaves_the_last_one(self):
        self.ok(":run s1e1 --n_threads 2")
        self.assertEqual(self.pictures(self.kernel.run(":run s9e9")), [])
        (picture,) = self.pictures(self.ok(":timeline"))
        self.assertEqual(len(picture["application/vnd.weft.trace+json"]["lanes"]), 3)

    def test_the_last_run_is_saved_for_trace_viewers_and_as_a_picture(self):
        self.ok(":run s1e1 --n_threads 2")
        self.assertIn("trace.json", self.said(":timeline save trace.json"))
        trace = json.loads(pathlib.Path("trace.json").read_text(encoding="utf-8"))
        phases = {event["ph"] for event in trace["traceEvents"]}
        self.assertLessEqual({"M", "X", "i", "s", "f"}, phases)
        self.said(":timeline save run.svg")
        ElementTree.parse("run.svg")
        self.said(':timeline save "a page.html"')
        self.assertIn("<img", pathlib.Path("a page.html").read_text(encoding="utf-8"))
        self.fails(":timeline save", "Usage", ".json")
        self.fails(":timeline save picture.png", "Usage", ".svg")
        self.fails(":timeline save nowhere/trace.json", "NotSaved", "nowhere/trace.json")

    def test_why_finds_the_way_from_line_to_line(self):
        self.ok(":run s1e1 --n_threads 3")
        said = self.said(':why "thread 0" "thread 2"').splitlines()
        self.assertIn("in every run", said[0])
        self.assertEqual(sum("(join)" in line for line in said), 1, said)
        self.assertEqual(sum("starts" in line for line in said), 1, said)

    def test_why_says_that_there_is_none(self):
        self.ok(":run s1e2")
        said = self.said(':why "Starting thread A" "Starting thread B"')
        self.assertRegex(said, r"^Nothing orders ")

    def test_why_asks_back(self):
        self.ok(":run s1e1 --n_threads 3")
        self.fails(":why", "Usage", '"line A"')
        self.fails(':why "thread 0"', "Usage", '"line A"')
        self.fails(':why "thread 0', "Usage", '"line A"')
        self.fails(':why "thread 0" "no such line"', "NoSuchLine", "no such line", "#1")
        self.fails(':why "thread" "thread 1"', "SeveralLines", "#1", "#3")
        self.assertIn("same line", self.said(':why "#1" "thread 0"'))

    def test_names_and_arguments_are_proposed(self):
        self.ok(":run s1e1 --n_threads 2")

        def proposed(code):
            request = {"code": code, "cursor_pos": len(code)}
            return self.kernel.ask("complete_request", request)["matches"]

        self.assertEqual(proposed(":wh"), [":why"])
        self.assertIn("save", proposed(":timeline s"))
        lines = proposed(":why ")
        self.assertEqual(len(lines), 2)
        self.assertTrue(all(re.fullmatch(r'"[^"]+"', line) for line in lines), lines)
        self.assertIn("in every run", self.said(f":why {lines[0]} {lines[1]}"))


if __name__ == "__main__":
    report.main()
