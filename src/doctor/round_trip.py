"""Starts a kernel, executes, interrupts and shuts it down; prints one JSON object a step.

Arguments: the name of the kernel, and the folder of a kernelspec to use if Jupyter knows none of
that name. Ends after the first step that goes wrong.
"""

import json
import os
import sys
import time

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import KernelManager

NAME, OWN_FOLDER = sys.argv[1], sys.argv[2]


def say(step, ok, **more):
    print(json.dumps({"step": step, "ok": ok, **more}), flush=True)


class Wrong(Exception):
    pass


def messages(client, request, seconds):
    """What the kernel publishes for a request, until it is idle."""
    deadline = time.monotonic() + seconds
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise Wrong(f"no answer within {seconds} s")
        try:
            message = client.get_iopub_msg(timeout=left)
        except Exception:
            raise Wrong(f"no answer within {seconds} s") from None
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return
        yield kind, content


def reply(client, request, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            message = client.get_shell_msg(timeout=max(0.1, deadline - time.monotonic()))
        except Exception:
            break
        if message["parent_header"].get("msg_id") == request:
            return message["content"]
    raise Wrong(f"no reply within {seconds} s")


def execute(client):
    request = client.execute("println!(\"{}\", 20 + 22);")
    printed = ""
    for kind, content in messages(client, request, 120):
        if kind == "stream":
            printed += content["text"]
        elif kind == "error":
            raise Wrong(f"{content['ename']}: {content['evalue']}")
    status = reply(client, request, 10)["status"]
    if status != "ok" or printed != "42\n":
        raise Wrong(f"status {status}, printed {printed!r}")


def interrupt(manager, client):
    request = client.execute(
        "println!(\"waiting\"); loop { std::thread::sleep(std::time::Duration::from_millis(20)); }"
    )
    sent = False
    for kind, content in messages(client, request, 120):
        if kind == "stream" and "waiting" in content["text"] and not sent:
            manager.interrupt_kernel()
            sent = True
        elif kind == "error" and not sent:
            raise Wrong(f"{content['ename']}: {content['evalue']}")
    status = reply(client, request, 10)["status"]
    if status not in ("error", "aborted"):
        raise Wrong(f"status {status}")
    # An interrupt that leaves a kernel nobody can use is none.
    execute(client)


def timed(step, action):
    start = time.monotonic()
    try:
        action()
    except Exception as wrong:
        say(step, False, why=str(wrong) or type(wrong).__name__)
        return False
    say(step, True, ms=round((time.monotonic() - start) * 1000))
    return True


def main():
    specs = KernelSpecManager()
    try:
        spec = specs.get_kernel_spec(NAME)
        say("kernelspec", True, folder=spec.resource_dir, program=spec.argv[0])
    except NoSuchKernel:
        say("kernelspec", False)
        specs.kernel_dirs.append(OWN_FOLDER)

    manager = KernelManager(kernel_name=NAME, kernel_spec_manager=specs)
    client = None

    def start():
        nonlocal client
        manager.start_kernel(stdout=sys.stderr, stderr=sys.stderr)
        client = manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=120)

    def shutdown():
        manager.shutdown_kernel(now=False)
        if manager.is_alive():
            raise Wrong("still alive")

    try:
        if (
            timed("start", start)
            and timed("execute", lambda: execute(client))
            and timed("interrupt", lambda: interrupt(manager, client))
        ):
            timed("shutdown", shutdown)
    finally:
        if client is not None:
            client.stop_channels()
        if manager.has_kernel and manager.is_alive():
            manager.shutdown_kernel(now=True)


# A terminal's Ctrl-C and a vanished parent both have to end the kernel as well.
if __name__ == "__main__":
    os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "0")
    main()
