#!/usr/bin/env python3
"""The showcase under load, and beside the way the first course answered: FastAPI and a child process.

    python benches/showcase.py [--peer PYTHON] [--program WEFT] [--seconds 10] [--json FILE]

Needs a built `target/release/weft`. With --peer, a Python that has fastapi and uvicorn answers the same exercise the
same way (a child process per request), and the ratio is ours over theirs. All load is on loopback and bounded in
count and time. Every figure that must be reached prints yes or NO.
"""

import argparse
import asyncio
import contextlib
import json
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
READERS = 200
RUNS = 20
ROUNDS = 40
# A page is looked at, and then read for a while.
READING_S = 1.0

MAIN = '''
import asyncio, json, sys
from fastapi import FastAPI
app = FastAPI()
@app.get("/s1e1")
async def s1e1(scenario: int, n_threads: int = 10, Json: int = 0):
    child = await asyncio.create_subprocess_exec(
        sys.executable, "s1e1.py", str(scenario), str(n_threads), stdout=asyncio.subprocess.PIPE)
    out, _ = await child.communicate()
    return {"result": out.decode()}
'''
CODE = '''
import sys, threading
scenario, n = int(sys.argv[1]), int(sys.argv[2])
def call(i):
    print(f"function called by thread {i}")
for i in range(n):
    thread = threading.Thread(target=call, args=(i,))
    thread.start()
    thread.join()
'''


@contextlib.contextmanager
def weft(program):
    command = [program, "serve", "--addr", "127.0.0.1:0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r":(\d+)/", server.stdout.readline()).group(1))
        yield port, server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


@contextlib.contextmanager
def peer(python):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("main.py", MAIN), ("s1e1.py", CODE)):
            pathlib.Path(folder, name).write_text(text)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [python, "-m", "uvicorn", "main:app", "--port", str(port), "--log-level", "error"]
        server = subprocess.Popen(command, cwd=folder)
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield port
        finally:
            server.terminate()
            server.wait(30)


async def get(port, path, on_line=None, host=1):
    """One request on a connection of its own, from an address of this machine. Gives status and body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(f"127.0.0.{host}", 0))
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    body = b""
    while chunk := await reader.read(1 << 16):
        body += chunk
        if on_line and on_line.encode() in body:
            break
    writer.close()
    return int(head.split()[1]), body


async def timed(port, path, on_line=None, host=1):
    begun = time.perf_counter()
    status, body = await get(port, path, on_line, host)
    return (time.perf_counter() - begun) * 1e3, status, body


def resident(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


async def load(port, pid, seconds):
    """READERS look at the menu again and again while RUNS exercises are always under way."""
    end = time.perf_counter() + seconds
    menus, runs, lost, memory = [], 0, 0, []

    async def reader(number):
        await asyncio.sleep(READING_S * number / READERS)
        while time.perf_counter() < end:
            ms, status, _ = await timed(port, "/?lang=en")
            assert status == 200, status
            menus.append(ms)
            await asyncio.sleep(READING_S)

    async def runner(number):
        nonlocal runs, lost
        # Readers are told apart by their address.
        path = "/s1e1?scenario=2&n_threads=6&seed={}&Json=1"
        while time.perf_counter() < end:
            _, status, body = await timed(port, path.format(number), host=2 + number)
            runs += 1
            lost += not (status == 200 and json.loads(body)["status"] == "ok")

    async def watch():
        while time.perf_counter() < end:
            memory.append(resident(pid))
            await asyncio.sleep(0.2)

    tasks = [reader(i) for i in range(READERS)] + [runner(i) for i in range(RUNS)] + [watch()]
    await asyncio.gather(*tasks)
    return menus, runs, lost, memory


def say(name, value, limit=None, unit="ms"):
    verdict = "" if limit is None else f"   must be <= {limit:g}: {'yes' if value <= limit else 'NO'}"
    print(f"{name:<62} {value:9.2f} {unit}{verdict}", flush=True)
    return {"name": name, "value": value, "limit": limit, "unit": unit}


async def measure(arguments):
    figures = []
    with weft(arguments.program) as (port, pid):
        # The server is up; a reader is not there in the same moment.
        await asyncio.sleep(READING_S)
        begun = (await timed(port, "/s1e1?scenario=1&n_threads=5&seed=1000&lang=en", '<span class="at"'))[0]
        figures.append(say("first line of the first run of all", begun, 150))
        first = [
            (await timed(port, f"/s1e1?scenario=1&n_threads=5&seed={i}", '<span class="at"'))[0]
            for i in range(ROUNDS)
        ]
        figures.append(say("first line of an idle run, median", statistics.median(first)))
        figures.append(say("first line of an idle run, slowest", max(first), 150))
        menus, runs, lost, memory = await load(port, pid, arguments.seconds)
        menus.sort()
        figures.append(say(f"menu, {READERS} readers beside {RUNS} runs, median", statistics.median(menus)))
        figures.append(say("menu, 99 of 100", menus[int(len(menus) * 0.99)], 50))
        figures.append(say(f"menus read in {arguments.seconds} s", len(menus), None, ""))
        figures.append(say("exercises run meanwhile", runs, None, ""))
        figures.append(say("of them lost", lost, 0, ""))
        figures.append(say("memory of the server, most", max(memory), None, "MB"))
        path = "/s1e1?scenario=1&n_threads=10&Json=1"
        if not arguments.peer:
            ours = [(await timed(port, path))[0] for _ in range(ROUNDS)]
            figures.append(say("JSON of s1e1, scenario 1, median", statistics.median(ours)))
            return figures
        with peer(arguments.peer) as theirs_at:
            ours, theirs = [], []
            for round_ in range(ROUNDS + 2):
                for at, samples in ((port, ours), (theirs_at, theirs)):
                    ms, status, _ = await timed(at, path)
                    assert status == 200, status
                    if round_ >= 2:
                        samples.append(ms)
        ours, theirs = statistics.median(ours), statistics.median(theirs)
        figures.append(say("JSON of s1e1, scenario 1, median", ours))
        figures.append(say("the same by FastAPI and a child process, median", theirs))
        figures.append(say("ours over theirs", ours / theirs, 0.3, "x"))
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--peer", metavar="PYTHON", help="a Python with fastapi and uvicorn")
    parser.add_argument("--program", default=ROOT / "target/release/weft", metavar="WEFT")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE")
    arguments = parser.parse_args()
    figures = asyncio.run(measure(arguments))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1))
    return 0 if all(f["limit"] is None or f["value"] <= f["limit"] for f in figures) else 1


sys.exit(main())
