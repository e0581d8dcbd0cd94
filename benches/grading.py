#!/usr/bin/env python3
"""What `weft grade` costs: processor seconds, seconds on the clock and the most memory, a submission of five tasks
(values; an order contract, shaken, twenty times; threads whose outputs the explorer compares with the teacher's; child
processes; a forbidden sleep), for a class and for one four times as large.

    cargo build --release && python3 benches/grading.py [--submissions 200] [--jobs 2] [--nbgrader PYTHON]

`--nbgrader` names a Python with nbgrader and ipykernel: it then grades five Python cells of the same shape for a tenth
of the class, on the same machine in the same sitting. No two students hand in the same text, so nothing is reused.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
TASKS = ROOT / "grader" / "benches" / "five_tasks.toml"
OF_THE_JUDGE = ("prelude", "forbidden", "unsafe", "sleep", "limits", "checks")


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {toml(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def cell(name, source, points=None):
    role = {"schema_version": 3, "grade_id": name, "grade": True, "solution": True, "locked": False,
            "task": False, "points": points}
    return {"cell_type": "code", "id": name, "metadata": {"nbgrader": role}, "source": source,
            "outputs": [], "execution_count": None}


def notebook(cells, kernel):
    spec = {"display_name": kernel, "name": kernel, "language": "rust" if kernel == "weft" else "python"}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": spec}, "cells": cells})


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def assignment(folder, tasks):
    lines = ['name = "five"']
    for task in tasks:
        judge = {name: task[name] for name in OF_THE_JUDGE if name in task}
        lines += ["[[task]]", f"id = {toml(task['id'])}", "points = 1", f"judge = {toml(judge)}"]
    write(folder / "assignment.toml", "\n".join(lines) + "\n")
    cells = [cell(task["id"], task["reference"], 1) for task in tasks]
    write(folder / "source" / "five" / "five.ipynb", notebook(cells, "weft"))


def hand_in(folder, tasks, count):
    for student in range(count):
        cells = [cell(task["id"], f"{task['reference']}\n// student {student}", 1) for task in tasks]
        write(folder / f"s{student}" / "notebook.ipynb", notebook(cells, "weft"))


def measured(command, **more):
    def processor():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before, began = processor(), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    return processor() - before, time.monotonic() - began


def weft(program, folder, tasks, count, jobs):
    inbox, out = folder / f"in{count}", folder / f"out{count}"
    hand_in(inbox, tasks, count)
    command = [program, "grade", "--assignment", folder / "five", "--submissions", inbox, "--out", out,
               "--jobs", str(jobs)]
    cpu, wall = measured(command)
    grades = json.loads((out / "grades.json").read_text())["submissions"]
    assert len(grades) == count and all(one["points"] == len(tasks) for one in grades), "not all are Accepted"
    print(f"weft, {count} submissions, {jobs} jobs: {cpu / count:.3f} CPU s and {wall / count:.3f} s a submission")
    return wall


def nbgrader(python, folder, count):
    course = folder / "nbgrader"
    source = "def double(n):\n    ### BEGIN SOLUTION\n    return 2 * n\n    ### END SOLUTION\nassert double(3) == 6"
    cells = [cell(f"t{number}", source, 1) for number in range(5)]
    write(course / "source" / "five" / "five.ipynb", notebook(cells, "python3"))
    write(course / "nbgrader_config.py", "c = get_config()\n")
    command = [python, "-m", "nbgrader"]
    # It calls programs that were installed beside that Python.
    surroundings = os.environ | {"PATH": f"{pathlib.Path(python).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([*command, "generate_assignment", "five", "--create"], cwd=course, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=surroundings)
    for student in range(count):
        place = course / "submitted" / f"s{student}" / "five"
        shutil.copytree(course / "release" / "five", place)
    cpu, wall = measured([*command, "autograde", "five", "--create"], cwd=course, env=surroundings)
    print(f"nbgrader, {count} submissions, serial: {cpu / count:.3f} CPU s and {wall / count:.3f} s a submission")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--weft", default=os.environ.get("WEFT", ROOT / "target" / "release" / "weft"))
    parser.add_argument("--nbgrader", metavar="PYTHON")
    arguments = parser.parse_args()
    tasks = tomllib.loads(TASKS.read_text())["tasks"]
    with tempfile.TemporaryDirectory(prefix="weft-grading-") as name:
        folder = pathlib.Path(name)
        assignment(folder / "five", tasks)
        small = max(1, arguments.submissions // 4)
        less = weft(arguments.weft, folder, tasks, small, arguments.jobs)
        more = weft(arguments.weft, folder, tasks, small * 4, arguments.jobs)
        print(f"4 times the submissions cost {more / less:.2f} times the time")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"the largest process of all (the compiler is one of them) took {peak:.0f} MB")
        if arguments.nbgrader:
            nbgrader(arguments.nbgrader, folder, max(1, arguments.submissions // 10))


if __name__ == "__main__":
    sys.exit(main())
