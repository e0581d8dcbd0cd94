#!/usr/bin/env python3
"""Weft's kernel beside another Rust kernel and Python's, over the real protocol.

    python benches/kernel.py [--peer rust] [--python python3] [--rounds 15] [--lines 500000] [--json FILE]

Needs jupyter_client, pyzmq and psutil (tests/requirements.txt), a built
`target/release/weft`, and, for the comparisons, the kernelspecs of the others
(evcxr_jupyter registers itself as `rust`, ipykernel as `python3`). Samples of the
kernels alternate, because machines are noisy; ratios are ours over theirs. Every figure
that must be reached prints yes or NO.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/python"))

from client import Cell, Kernel, Waited  # noqa: E402
from kernel_snapshots import STUCK as STUCK_KINDS  # noqa: E402
from processes import memory  # noqa: E402

THREADS = (
    "let hs: Vec<_> = (0..4).map(|i| std::thread::spawn(move || {{ println!(\"t{{}} {i}\", i); }}))"
    ".collect(); for h in hs {{ h.join().unwrap(); }}"
)
PRINT = 'for i in 0..{n} {{ println!("line {{i}}"); }}'
PRINT_IN_PYTHON = "for i in range({n}): print('line', i)"
FUNCTION = "fn f{i}(x: u64) -> u64 {{ x * {i} }} f{i}(2)"
STUCK = "loop { std::thread::sleep(std::time::Duration::from_millis(20)); }"


def fresh(i):
    """A number no cell has had: a cell with it is in no cache."""
    return os.getpid() % 20_000 * 100_000 + int(time.time()) % 1000 * 100 + i


def start(name, first="40 + 2"):
    """A kernel with the times until it answers and until its first value."""
    kernel = Kernel(name, wait=False)
    probe = kernel.request("kernel_info_request", {})
    kernel.until(lambda: Cell(kernel, probe).reply, 180, "kernel_info_reply")
    answered = time.monotonic() - kernel.started
    kernel.ready(180)
    kernel.run(first, timeout=180)
    return kernel, answered * 1e3, (time.monotonic() - kernel.started) * 1e3


def timed(kernel, code):
    begun = time.monotonic()
    cell = kernel.run(code, timeout=180)
    return (cell.idle_at - begun) * 1e3


def lines_per_second(kernel, count, code=PRINT):
    empty = statistics.median(timed(kernel, code.format(n=0)) for _ in range(3))
    begun = time.monotonic()
    cell = kernel.run(code.format(n=count), timeout=300)
    took = (cell.idle_at - begun) * 1e3
    kernel.listen(0.5)
    complete = cell.stdout == "".join(f"line {i}\n" for i in range(count))
    return count / max(took - empty, 1.0) * 1e3, complete


def yes(check, kernel):
    """True or False; a kernel that fell silent gives False and is replaced."""
    try:
        return bool(check(kernel))
    except (Waited, AssertionError, KeyError, TypeError, IndexError):
        return False


def keeps_order(kernel):
    cell = kernel.run('for i in 0..20 { println!("o{i}"); eprintln!("e{i}"); }', settle=0.5)
    seen = "".join(c["text"] for c in cell.contents("stream")).split()
    return seen == [f"{k}{i}" for i in range(20) for k in "oe"]


def shows_partial_lines(kernel):
    cell = kernel.run(
        '{ use std::io::Write; print!("part"); std::io::stdout().flush().unwrap();'
        " std::thread::sleep(std::time::Duration::from_millis(800)); }"
    )
    return cell.idle_at - cell.time_of("stream", "part") > 0.4


def attributes_late_output(kernel):
    first = kernel.run(
        "{ std::thread::spawn(|| { for i in 0..5 {"
        ' std::thread::sleep(std::time::Duration::from_millis(100)); println!("late {i}"); } }); }'
    )
    second = kernel.run("1", settle=1.5)
    return first.stdout.count("late") == 5 and "late" not in second.stdout


def survives_marks(kernel):
    cell = kernel.run('println!("EVCXR_EXECUTION_COMPLETE"); println!("after");', timeout=20)
    after = kernel.run("40 + 2", timeout=20)
    return cell.stdout == "EVCXR_EXECUTION_COMPLETE\nafter\n" and after.result == "42"


def survives_invalid_utf8(kernel):
    cell = kernel.run(
        r'{ use std::io::Write; std::io::stdout().write_all(b"\xff bad\nnext\n").unwrap(); }',
        timeout=20,
    )
    return "next" in cell.stdout and kernel.run("40 + 2", timeout=20).result == "42"


def calls_a_panic_an_error(kernel):
    return kernel.run('panic!("boom");', timeout=60).status == "error"


def after_a_restart(name, cells=15):
    """The median cell of a notebook that ran before, in a kernel that has just started."""
    for _ in range(2):
        kernel, _, _ = start(name, "let keep = vec![1, 2, 3];")
        kinds = [FUNCTION, "{i} + 1"]
        took = [timed(kernel, code.format(i=i)) for i in range(1, cells + 1) for code in kinds]
        kernel.stop()
    return statistics.median(took)


def interrupt_to_idle(kernel, rounds):
    """Median time, and whether the variables were there afterwards every time."""
    kernel.run("let keep = vec![1, 2, 3];")
    took, kept = [], []
    for _ in range(rounds):
        cell = kernel.start(STUCK)
        kernel.until(lambda cell=cell: cell.output, 60, "the beginning of the cell")
        kernel.listen(1.5)
        begun = time.monotonic()
        kernel.interrupt()
        kernel.until(cell.done, 60, "the end of the cell")
        took.append((cell.idle_at - begun) * 1e3)
        kept.append(kernel.run("keep.len()", timeout=60).result == "3")
    return statistics.median(took), all(kept)


def memory_mb(kernel):
    """Proportional set size of all its processes (proc(5)): shared pages count once."""
    return sum(memory(kernel))


def copy_cost(name, megabytes=100, rounds=25):
    """What a cell costs more when so much is alive: the copy of the page tables; and where it writes to all of it.

    Two kernels take turns, one with the variable and one without: the machine is as busy for both."""
    touch = "for page in big.chunks_mut(4096) { page[0] = page[0].wrapping_add(1); }"
    bare, full = start(name)[0], start(name)[0]
    for kernel, size in ((bare, 1), (full, megabytes << 20)):
        kernel.run(f"let keep = vec![1, 2, 3]; let mut big = vec![1u8; {size}];")
        timed(kernel, "keep.len()")
    pairs = [[timed(kernel, "keep.len()") for kernel in (bare, full)] for _ in range(rounds)]
    written = [[timed(kernel, touch) for kernel in (bare, full)] for _ in range(7)]
    for kernel in (bare, full):
        kernel.stop()

    def more(pairs):
        return min(f for _, f in pairs) - min(b for b, _ in pairs)

    return max(more(pairs), 0.0), more(written)


def beside_rustc(name, rounds):
    """A fresh cell, and the compiler alone on the source that was made of it: no cargo, no kernel."""
    kernel = start(name)[0]
    scratch = pathlib.Path(os.readlink(f"/proc/{kernel.manager.provisioner.pid}/cwd")).parent
    library = json.loads((scratch / "library.json").read_text())
    ours, rustc = [], []
    with tempfile.TemporaryDirectory(prefix="weft-rustc-") as folder:
        command = [
            "rustc", "--crate-name", "ctx", "--edition", "2024", "-Cprefer-dynamic", "-Cembed-bitcode=no",
            "-Cdebuginfo=0", "-Cdebug-assertions=on", "-Coverflow-checks=on", "-Copt-level=0", "-Awarnings",
            "--extern", f"weft={library['shared_object']}", "--extern", f"exercises={library['exercises']}",
            "-L", f"dependency={library['crates']}", "-Clink-arg=-Wl,-Bsymbolic",
            "--crate-type", "cdylib", "--emit", "link", "--out-dir", folder,
        ]
        for i in range(rounds):
            ours.append(timed(kernel, f"{fresh(i)} + 2"))
            # What the kernel gave the compiler; beside it lies what evcxr wrote.
            source = scratch / "cell/target/weft/lib.rs"
            copy = pathlib.Path(folder) / "lib.rs"
            copy.write_bytes(source.read_bytes())
            begun = time.monotonic()
            subprocess.run([*command, str(copy)], check=True, timeout=60)
            rustc.append((time.monotonic() - begun) * 1e3)
    kernel.stop()
    return {"fresh trivial cell, ms": {name: statistics.median(ours), "rustc": statistics.median(rustc)}}


def stuck_cells(name, rounds=10):
    """Ten kinds of cell that never end, each interrupted so often: the time, and whether all was as before."""
    kernel = start(name)[0]
    kernel.run("let mut numbers = vec![1, 2, 3]; let lock = std::sync::Arc::new(std::sync::Mutex::new(0));")
    took, kept = [], 0
    for _ in range(rounds):
        for code in STUCK_KINDS.values():
            cell = kernel.start(f'numbers.push(9); println!("go"); {code}', allow_stdin=True)
            kernel.until(lambda cell=cell: "go" in cell.stdout, 60, "the start of the cell")
            kernel.listen(0.05)
            begun = time.monotonic()
            kernel.interrupt()
            kernel.until(cell.done, 60, "the end of the cell")
            took.append((cell.idle_at - begun) * 1e3)
            kept += kernel.run("numbers.len()", timeout=60).result == "3"
    kernel.stop()
    print(f"{kept} of {len(took)} interrupted cells left every variable as it was; longest {max(took):.0f} ms")
    return {
        "interrupt to idle, 10 kinds of cell, ms": {name: statistics.median(took)},
        "variables kept every time": {name: kept == len(took)},
    }


CHECKS = [
    ("stdout and stderr in program order", keeps_order),
    ("partial lines are live", shows_partial_lines),
    ("a panic is an error", calls_a_panic_an_error),
    ("late output is its own cell's", attributes_late_output),
    ("invalid UTF-8 does no harm", survives_invalid_utf8),
    ("printed marks do no harm", survives_marks),
]


def measure(names, rounds, lines):
    """{measure: {kernel: value}} with the kernels taking turns."""
    found = {}

    def note(measure, name, value):
        found.setdefault(measure, {})[name] = value

    starts = {name: [] for name in names}
    for _ in range(3):
        for name in names:
            kernel, answered, first = start(name)
            starts[name].append((answered, first))
            kernel.stop()
    for name in names:
        note("start to ready, ms", name, statistics.median(a for a, _ in starts[name]))
        note("start to first value, ms", name, statistics.median(f for _, f in starts[name]))

    kernels = {name: start(name)[0] for name in names}
    for measure, code in [("trivial cell, ms", "{i} + 1"), ("four-thread cell, ms", THREADS)]:
        samples = {name: [] for name in names}
        for i in range(rounds):
            for name in names:
                samples[name].append(timed(kernels[name], code.format(i=fresh(i))))
        for name in names:
            note(measure, name, statistics.median(samples[name]))
    for name in names:
        count = lines if name == names[0] else min(lines, 20_000)
        speed, complete = lines_per_second(kernels[name], count)
        note("printed lines, 1/s", name, speed)
        note("lines complete and in order", name, complete)
    for measure, check in CHECKS:
        for name in names:
            note(measure, name, yes(check, kernels[name]))
    for name in names:
        median, kept = interrupt_to_idle(kernels[name], 5)
        note("interrupt to idle, ms", name, median)
        note("variables kept by an interrupt", name, kept)
        note("memory of all processes (PSS), MB", name, memory_mb(kernels[name]))
    for kernel in kernels.values():
        kernel.stop()
    more, written = copy_cost(names[0])
    note("the copy with 100 MB alive, ms", names[0], more)
    note("a cell that writes to all of it, ms more", names[0], written)
    for name in names:
        note("a cell after a restart, ms", name, after_a_restart(name))
    return found


def beside_python(ours, python, lines):
    """The two figures in which Python's kernel is the measure."""
    ready = {ours: [], python: []}
    for _ in range(3):
        for name in ready:
            kernel, answered, _ = start(name)
            ready[name].append(answered)
            kernel.stop()
    found = {"start to ready, ms": {name: statistics.median(all) for name, all in ready.items()}}
    speeds, whole = {}, {}
    for name, code in [(ours, PRINT), (python, PRINT_IN_PYTHON)]:
        kernel = start(name)[0]
        speeds[name], whole[name] = lines_per_second(kernel, lines, code)
        kernel.stop()
    found["printed lines, 1/s"] = speeds
    found["lines complete and in order"] = whole
    return found


def run_wall_ms(program, rounds=30):
    """The whole process, from its start to its end."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        subprocess.run(
            [program, "run", "s1e1", "--scenario", "1", "--n_threads", "64"],
            check=True, stdout=subprocess.DEVNULL, timeout=60,
        )
        times.append((time.perf_counter() - begun) * 1e3)
    return statistics.median(times), min(times)


class Target:
    """What a measure must reach: a ratio to the peer, or a figure of its own."""

    def __init__(self, most_ratio=None, least_ratio=None, most=None):
        self.most_ratio, self.least_ratio, self.most = most_ratio, least_ratio, most

    def verdicts(self, mine, other):
        """[(what must hold, whether it does; None where there is no peer)]"""
        ratio = mine / other if other else None
        if self.most_ratio:
            yield f"<= {self.most_ratio}x", ratio and ratio <= self.most_ratio
        if self.least_ratio:
            yield f">= {self.least_ratio}x", ratio and ratio >= self.least_ratio
        if self.most:
            yield f"<= {self.most}", mine <= self.most


TARGETS = {
    "start to ready, ms": Target(most_ratio=0.1),
    "trivial cell, ms": Target(most_ratio=0.65),
    "four-thread cell, ms": Target(most_ratio=0.25),
    "printed lines, 1/s": Target(least_ratio=20),
    "interrupt to idle, ms": Target(most=200),
    "memory of all processes (PSS), MB": Target(most_ratio=1.2),
    "a cell after a restart, ms": Target(most_ratio=0.1, most=25),
    "the copy with 100 MB alive, ms": Target(most=3),
}
PYTHON_TARGETS = {
    "start to ready, ms": Target(most_ratio=0.3),
    "printed lines, 1/s": Target(least_ratio=5),
}
RUSTC_TARGETS = {"fresh trivial cell, ms": Target(most_ratio=1.3)}
STUCK_TARGETS = {"interrupt to idle, 10 kinds of cell, ms": Target(most=200)}


def table(found, ours, peer, targets):
    def shown(value):
        if value is None:
            return "-"
        if isinstance(value, bool):
            return "yes" if value else "no"
        return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"

    print(f"{'':42}{ours:>12}{peer or '-':>12}{'ratio':>9}  target")
    missed = 0
    for measure, values in found.items():
        if not values:
            continue
        mine, other = values[ours], values.get(peer)
        ratio, said = "", []
        if isinstance(mine, bool):
            said.append(("", mine))
        else:
            ratio = f"{mine / other:.2f}x" if other else ""
            target = targets.get(measure)
            said.extend(target.verdicts(mine, other) if target else [])
        missed += sum(holds is False for _, holds in said)
        words = {True: "yes", False: "NO", None: "not compared"}
        verdict = ", ".join(f"{what} {words[holds]}".strip() for what, holds in said)
        print(f"{measure:42}{shown(mine):>12}{shown(other):>12}{ratio:>9}  {verdict}")
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kernel", default="weft")
    parser.add_argument("--peer", help="the kernel to compare with, for example rust")
    parser.add_argument("--python", help="Python's kernel, for example python3")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--lines", type=int, default=500_000)
    parser.add_argument("--json", type=pathlib.Path)
    target = os.environ.get("CARGO_TARGET_DIR", ROOT / "target")
    parser.add_argument("--program", default=str(pathlib.Path(target) / "release/weft"))
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="weft-bench-") as folder:
        os.chdir(folder)
        names = [options.kernel] + ([options.peer] if options.peer else [])
        found = measure(names, options.rounds, options.lines)
        missed = table(found, options.kernel, options.peer, TARGETS)
        rustc = beside_rustc(options.kernel, options.rounds)
        missed += table(rustc, options.kernel, "rustc", RUSTC_TARGETS)
        stuck = stuck_cells(options.kernel)
        missed += table(stuck, options.kernel, None, STUCK_TARGETS)
        found |= {"beside rustc": rustc, "stuck cells": stuck}
        if options.python:
            python = beside_python(options.kernel, options.python, options.lines)
            missed += table(python, options.kernel, options.python, PYTHON_TARGETS)
            found["beside Python"] = python
    if options.kernel == "weft":
        median, best = run_wall_ms(options.program)
        found["weft run s1e1, 64 threads, ms"] = {"median": median, "best": best}
        late = median >= 30
        missed += late
        print(f"{'weft run s1e1, 64 threads, ms':42}{median:>12.1f}{'':21}  < 30 {'NO' if late else 'yes'}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
