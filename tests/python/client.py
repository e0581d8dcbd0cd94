"""A small Jupyter client that sees everything: every message of every channel
with the time of its arrival, and any message a test cares to send, also wrong
ones. One thread, one poller; every wait has a limit.
"""

import os
import shutil
import tempfile
import time
import unittest

import zmq
from jupyter_client.manager import KernelManager
from jupyter_client.session import Session

KERNEL = os.environ.get("WEFT_TEST_KERNEL", "weft")
LOG = "kernel.log"  # in the working folder of the moment


class Waited(AssertionError):
    """Something did not come in its time."""


class Cell:
    """What came of one execute_request."""

    def __init__(self, kernel, msg_id):
        self.kernel, self.msg_id = kernel, msg_id

    @property
    def reply(self):
        return next(
            (m["content"] for _, c, m in self.kernel.of(self.msg_id) if c == "shell"), None
        )

    @property
    def output(self):
        """(time, type, content) of every message on iopub that names this cell."""
        return [
            (t, m["header"]["msg_type"], m["content"])
            for t, c, m in self.kernel.of(self.msg_id)
            if c == "iopub"
        ]

    def contents(self, kind):
        return [content for _, t, content in self.output if t == kind]

    def stream(self, name):
        return "".join(c["text"] for c in self.contents("stream") if c["name"] == name)

    @property
    def stdout(self):
        return self.stream("stdout")

    @property
    def stderr(self):
        return self.stream("stderr")

    @property
    def result(self):
        found = self.contents("execute_result")
        return found[0]["data"]["text/plain"] if found else None

    @property
    def status(self):
        return self.reply and self.reply["status"]

    def time_of(self, kind, having=""):
        for t, k, content in self.output:
            if k == kind and having in str(content):
                return t
        raise Waited(f"no {kind} with {having!r} in {self.output}")

    @property
    def idle_at(self):
        return next(
            (
                t
                for t, k, c in self.output
                if k == "status" and c["execution_state"] == "idle"
            ),
            None,
        )

    def done(self):
        return self.idle_at is not None and self.reply is not None

    def __repr__(self):
        return f"<cell reply={self.reply} output={[(k, c) for _, k, c in self.output]}>"


class Kernel:
    def __init__(
        self, name=KERNEL, env=None, cwd=None, transport="tcp", wait=True, prefix=(), without=()
    ):
        """`prefix`: words before the kernel's command; `without`: names that are not in its environment."""
        self.env = dict(os.environ, **(env or {}))
        self.cwd = cwd or os.getcwd()
        self.manager = KernelManager(kernel_name=name, transport=transport)
        spec = self.manager.kernel_spec
        spec.argv[:0] = prefix
        # What the specification sets is stronger than what the client gives.
        spec.env.update(env or {})
        for name in without:
            self.env.pop(name, None)
            spec.env.pop(name, None)
        self.folder = None
        if transport == "ipc":
            # The path of a socket has little room: a short folder of its own.
            self.folder = tempfile.mkdtemp(prefix="weft-", dir="/tmp")
            self.manager.ip = f"{self.folder}/k"
        self.log = []
        self.answers = None
        self.context = zmq.Context()
        self.started = time.monotonic()
        with open(LOG, "ab") as log:
            self.manager.start_kernel(env=self.env, cwd=self.cwd, stdout=log, stderr=log)
        self.connect()
        if wait:
            self.ready()

    def connect(self):
        info = self.manager.get_connection_info()
        self.info = info
        self.session = Session(key=info["key"], signature_scheme=info["signature_scheme"])
        self.sockets = {}
        for channel, kind in [
            ("shell", zmq.DEALER),
            ("control", zmq.DEALER),
            ("stdin", zmq.DEALER),
            ("iopub", zmq.SUB),
            ("hb", zmq.REQ),
        ]:
            socket = self.context.socket(kind)
            socket.linger = 0
            if kind == zmq.DEALER:
                socket.setsockopt(zmq.IDENTITY, self.session.session.encode())
            if kind == zmq.SUB:
                socket.setsockopt(zmq.SUBSCRIBE, b"")
            separator = ":" if info["transport"] == "tcp" else "-"
            socket.connect(
                f"{info['transport']}://{info['ip']}{separator}{info[channel + '_port']}"
            )
            self.sockets[channel] = socket
        self.poller = zmq.Poller()
        for channel in ("shell", "control", "stdin", "iopub"):
            self.poller.register(self.sockets[channel], zmq.POLLIN)

    def ready(self, timeout=60):
        """Waits until the kernel answers and its iopub is heard."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            probe = self.request("kernel_info_request", {})
            try:
                self.until(
                    lambda probe=probe: {"shell", "iopub"}
                    <= {c for _, c, _ in self.of(probe)},
                    timeout=2,
                )
                self.until(lambda probe=probe: Cell(self, probe).idle_at, timeout=2)
                return self
            except Waited:
                self.alive()
        raise Waited("the kernel did not become ready")

    def alive(self):
        if not self.manager.is_alive():
            with open(LOG, encoding="utf-8", errors="replace") as log:
                raise AssertionError("the kernel died\n" + log.read()[-4000:])

    # sending

    def send(self, channel, kind, content, metadata=None, buffers=None, header=None):
        message = self.session.msg(kind, content, metadata=metadata, header=header)
        self.session.send(self.sockets[channel], message, buffers=buffers)
        return message["header"]["msg_id"]

    def request(self, kind, content, channel="shell"):
        return self.send(channel, kind, content)

    def ask(self, kind, content, channel="shell", timeout=20):
        """Sends a request and returns the content of its reply."""
        msg_id = self.request(kind, content, channel)

        def replies():
            return [m for _, c, m in self.of(msg_id) if c == channel]

        self.until(replies, timeout, f"reply to {kind}")
        reply = replies()[0]
        expected = kind.replace("_request", "_reply")
        assert reply["header"]["msg_type"] == expected, reply["header"]
        return reply["content"]

    def start(self, code, **options):
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        content.update(options)
        return Cell(self, self.request("execute_request", content))

    def run(self, code, timeout=60, settle=0.0, answers=None, **options):
        """Runs a cell to its end, and listens for `settle` seconds more."""
        self.answers = None if answers is None else list(answers)
        cell = self.start(code, allow_stdin=answers is not None, **options)
        self.until(cell.done, timeout, f"end of the cell {code[:80]!r}")
        if settle:
            self.listen(settle)
        return cell

    # receiving

    def of(self, msg_id):
        return [e for e in self.log if e[2]["parent_header"].get("msg_id") == msg_id]

    def pump(self, wait):
        ready = dict(self.poller.poll(max(0, int(wait * 1000))))
        for channel, socket in self.sockets.items():
            while socket in ready:
                try:
                    frames = socket.recv_multipart(zmq.NOBLOCK)
                except zmq.Again:
                    break
                _, rest = self.session.feed_identities(frames)
                message = self.session.deserialize(rest)
                self.log.append((time.monotonic(), channel, message))
                if channel == "stdin" and message["header"]["msg_type"] == "input_request":
                    self.answer(message)

    def answer(self, request):
        if not self.answers:
            return
        value = self.answers.pop(0)
        reply = self.session.msg("input_reply", {"value": value}, parent=request["header"])
        self.session.send(self.sockets["stdin"], reply)

    def until(self, condition, timeout=20, what="what was waited for"):
        end = time.monotonic() + timeout
        while not condition():
            left = end - time.monotonic()
            if left <= 0:
                self.alive()
                raise Waited(f"{what} did not come in {timeout} s")
            self.pump(min(left, 0.1))

    def listen(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.pump(min(left, 0.1))

    # life

    def interrupt(self):
        self.manager.interrupt_kernel()

    def restart(self):
        """Asks for a restart as a front end does: the same ports, a new process."""
        self.disconnect()
        with open(LOG, "ab") as log:
            self.manager.restart_kernel(now=False, stdout=log, stderr=log)
        self.log.clear()
        self.connect()
        self.ready()

    def disconnect(self):
        for socket in self.sockets.values():
            socket.close(0)

    def stop(self):
        self.disconnect()
        try:
            self.manager.shutdown_kernel(now=False)
        finally:
            self.context.destroy(linger=0)
            if self.folder:
                shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class OneKernel(unittest.TestCase):
    """Tests that share one kernel, which is started before the first of them."""

    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.stop()

    def ok(self, code, **options):
        """Runs a cell that has to end well."""
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "ok", cell)
        return cell
