#!/usr/bin/env python3
"""Whether grading is luck: right answers to the chapters' tasks (threads, locks, processes, and orders that differ from
run to run), each graded many times. Every one of them has to be Accepted every time, also while other programs keep
all cores busy.

    cargo build --release && python3 benches/agreement.py [--solutions 50] [--times 20] [--jobs 2] [--busy]

The answers are those of `notebooks/tasks/*/right`, from the second chapter on. Each time one is handed in by another
student and with another comment, so nothing is reused. Ends with 1 where a verdict is another one.
"""

import argparse
import collections
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from grading import ROOT, cell, notebook, write

TASKS = ROOT / "notebooks" / "tasks"


def solutions(count):
    """The answers by assignment and task; the first chapter's know neither threads nor processes."""
    found = [path for path in sorted(TASKS.glob("*/right/*/*.rs")) if not path.match("01-*/right/*/*.rs")]
    by_assignment = collections.defaultdict(list)
    for path in found[:count]:
        by_assignment[path.parents[2]].append(path)
    return by_assignment


@contextlib.contextmanager
def busy(programs):
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(programs)]
    try:
        yield
    finally:
        for one in running:
            one.kill()
            one.wait()


def grade(program, folder, assignment, paths, times, jobs):
    """The verdicts, and the answer that got each."""
    inbox, out = folder / f"{assignment.name}-in", folder / f"{assignment.name}-out"
    for path in paths:
        for time_ in range(times):
            text = f"{path.read_text()}\n// Handed in for the {time_ + 1}. time.\n"
            write(inbox / f"{path.stem}-{time_}" / "notebook.ipynb", notebook([cell(path.parent.name, text, 1)], "weft"))
    subprocess.run([program, "grade", "--assignment", assignment, "--submissions", inbox, "--out", out, "--jobs", str(jobs)],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for one in json.loads((out / "grades.json").read_text())["submissions"]:
        yield one["tasks"][0]["verdict"], f"{assignment.name} {one['id']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--solutions", type=int, default=50)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--busy", action="store_true", help="as many programs that only compute as there are cores")
    parser.add_argument("--weft", default=os.environ.get("WEFT", ROOT / "target" / "release" / "weft"))
    arguments = parser.parse_args()
    verdicts, others = collections.Counter(), []
    by_assignment = solutions(arguments.solutions)
    gradings = sum(map(len, by_assignment.values())) * arguments.times
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="weft-agreement-") as name, \
            busy((os.cpu_count() or 1) if arguments.busy else 0):
        for assignment, paths in by_assignment.items():
            for verdict, answer in grade(arguments.weft, pathlib.Path(name), assignment, paths, arguments.times,
                                         arguments.jobs):
                verdicts[verdict] += 1
                if verdict != "Accepted":
                    others.append(f"{answer}: {verdict}")
    took = time.monotonic() - began
    print(f"{verdicts['Accepted']} of {gradings} Accepted in {took:.0f} s"
          f"{' with all cores busy' if arguments.busy else ''}")
    for other in others:
        print(" ", other)
    return 0 if gradings and verdicts["Accepted"] == gradings else 1


if __name__ == "__main__":
    sys.exit(main())
