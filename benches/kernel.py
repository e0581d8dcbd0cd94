#!/usr/bin/env python3
"""Weft's kernel beside another Rust kernel, over the real protocol.

    python benches/kernel.py [--peer rust] [--rounds 15] [--lines 200000] [--json FILE]

Needs jupyter_client and pyzmq (tests/requirements.txt), a built
`target/release/weft`, and, for the comparison, the peer's kernelspec (evcxr_jupyter
registers itself as `rust`). Samples of both kernels alternate, because machines
are noisy; ratios are ours over the peer's.
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

THREADS = (
    "let hs: Vec<_> = (0..4).map(|i| std::thread::spawn(move || {{ println!(\"t{{}} {i}\", i); }}))"
    ".collect(); for h in hs {{ h.join().unwrap(); }}"
)
PRINT = 'for i in 0..{n} {{ println!("line {{i}}"); }}'


def start(name):
    """A kernel with the times until it answers and until its first value."""
    kernel = Kernel(name, wait=False)
    probe = kernel.request("kernel_info_request", {})
    kernel.until(lambda: Cell(kernel, probe).reply, 180, "kernel_info_reply")
    answered = time.monotonic() - kernel.started
    kernel.ready(180)
    kernel.run("40 + 2", timeout=180)
    return kernel, answered * 1e3, (time.monotonic() - kernel.started) * 1e3


def timed(kernel, code):
    begun = time.monotonic()
    cell = kernel.run(code, timeout=180)
    return (cell.idle_at - begun) * 1e3


def lines_per_second(kernel, count):
    empty = statistics.median(timed(kernel, PRINT.format(n=0)) for _ in range(3))
    begun = time.monotonic()
    cell = kernel.run(PRINT.format(n=count), timeout=300)
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
                samples[name].append(timed(kernels[name], code.format(i=i)))
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
    for kernel in kernels.values():
        kernel.stop()
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


# measure -> (largest ratio to the peer, or None; smallest ratio, or None)
TARGETS = {
    "start to ready, ms": (0.25, None),
    "trivial cell, ms": (0.75, None),
    "four-thread cell, ms": (0.4, None),
    "printed lines, 1/s": (None, 20),
}


def table(found, ours, peer):
    def shown(value):
        if value is None:
            return "-"
        if isinstance(value, bool):
            return "yes" if value else "no"
        return f"{value:,.0f}"

    print(f"{'':38}{ours:>12}{peer or '-':>12}{'ratio':>9}  target")
    missed = 0
    for measure, values in found.items():
        mine, other = values[ours], values.get(peer)
        ratio, verdict = "", ""
        if isinstance(mine, bool):
            verdict = "yes" if mine else "yes, MISSED"
        elif other:
            ratio = f"{mine / other:.2f}x"
            most, least = TARGETS.get(measure, (None, None))
            met = (most is None or mine / other <= most) and (least is None or mine / other >= least)
            if most or least:
                verdict = f"<= {most}x" if most else f">= {least}x"
                verdict += "" if met else ", MISSED"
        missed += "MISSED" in verdict
        print(f"{measure:38}{shown(mine):>12}{shown(other):>12}{ratio:>9}  {verdict}")
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kernel", default="weft")
    parser.add_argument("--peer", help="the kernel to compare with, for example rust")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--json", type=pathlib.Path)
    target = os.environ.get("CARGO_TARGET_DIR", ROOT / "target")
    parser.add_argument("--program", default=str(pathlib.Path(target) / "release/weft"))
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="weft-bench-") as folder:
        os.chdir(folder)
        names = [options.kernel] + ([options.peer] if options.peer else [])
        found = measure(names, options.rounds, options.lines)
    missed = table(found, options.kernel, options.peer)
    if options.kernel == "weft":
        median, best = run_wall_ms(options.program)
        found["weft run s1e1, 64 threads, ms"] = {"median": median, "best": best}
        late = median >= 30
        missed += late
        print(f"{'weft run s1e1, 64 threads, ms':38}{median:>12.1f}{'':21}  < 30{', MISSED' * late}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
