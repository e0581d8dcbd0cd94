"""Messages no honest client sends. The kernel drops them and goes on: after
each, a cell still runs and nothing has been said on anybody's behalf."""

import json
import os

import zmq
from jupyter_client.session import DELIM, Session

import report
from client import OneKernel

CODE = {
    "code": 'println!("HARM");',
    "silent": False,
    "store_history": True,
    "user_expressions": {},
    "allow_stdin": False,
    "stop_on_error": True,
}


class Hostile(OneKernel):
    def setUp(self):
        self.before = len(self.kernel.log)

    def still_well(self, channel="shell"):
        cell = self.kernel.run("20 + 3", timeout=30)
        self.assertEqual(cell.result, "23", cell)
        info = self.kernel.ask("kernel_info_request", {}, channel="control")
        self.assertEqual(info["status"], "ok")
        said = json.dumps([m for _, _, m in self.kernel.log[self.before :]], default=str)
        self.assertNotIn("HARM\\n", said, "a refused message was carried out")

    def frames(self, session=None, kind="execute_request", content=None):
        session = session or self.kernel.session
        message = session.msg(kind, CODE if content is None else content)
        return session.serialize(message)

    def throw(self, frames):
        for channel in ("shell", "control"):
            self.kernel.sockets[channel].send_multipart(frames)
        self.still_well()

    def signed(self, parts):
        return [DELIM, self.kernel.session.sign(parts), *parts]

    def test_a_wrong_key(self):
        self.throw(self.frames(Session(key=b"another key")))

    def test_a_wrong_a_short_and_no_signature(self):
        good = self.frames()
        at = good.index(DELIM) + 1
        for signature in (b"0" * 64, b"", b"zz", b"\xff" * 64, good[at][:-1], good[at] * 2):
            self.throw([*good[:at], signature, *good[at + 1 :]])

    def test_a_changed_content_under_a_good_signature(self):
        good = self.frames(content=dict(CODE, code="1"))
        self.throw([*good[:-1], json.dumps(CODE).encode()])

    def test_a_wrong_number_of_frames(self):
        good = self.frames()
        for frames in ([b""], [DELIM], good[:2], good[:3], good[:-1], [b"x"] * 50, good[1:]):
            self.throw(frames)

    def test_frames_that_are_no_json(self):
        for bad in (b"", b"{", b"no json", b"\xff\xfe", b"[]", b"7", b"null", b'"' * 3):
            self.throw(self.signed([bad] * 4))
            header = json.dumps(self.kernel.session.msg_header("execute_request"), default=str)
            self.throw(self.signed([header.encode(), b"{}", b"{}", bad]))

    def test_json_of_the_wrong_shape(self):
        header = json.loads(
            json.dumps(self.kernel.session.msg_header("execute_request"), default=str)
        )
        for change in (
            {"msg_type": 7},
            {"msg_type": None},
            {"msg_id": {}},
            {"session": []},
            {"msg_type": "x" * 100_000},
        ):
            part = json.dumps(dict(header, **change)).encode()
            self.throw(self.signed([part, b"{}", b"{}", json.dumps(CODE).encode()]))
        for content in ({}, {"code": 7}, {"code": None}, [], {"code": "1", "silent": "perhaps"}):
            part = json.dumps(header).encode()
            self.throw(self.signed([part, b"{}", b"{}", json.dumps(content).encode()]))

    def test_deeply_nested_json(self):
        header = json.dumps(self.kernel.session.msg_header("execute_request"), default=str)
        deep = b'{"code":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
        self.throw(self.signed([header.encode(), b"{}", b"{}", deep]))

    def test_unknown_and_misplaced_types(self):
        for kind in ("make_coffee_request", "execute_reply", "status", "", "input_reply", "🧵"):
            self.throw(self.frames(kind=kind, content={}))

    def test_a_message_of_ten_megabytes(self):
        long = "// " + "x" * 10_000_000 + "\n5 + 6"
        cell = self.kernel.run(long, timeout=120, store_history=False)
        self.assertIsNotNone(cell.status)
        self.throw(self.frames(content=dict(CODE, code="x" * 10_000_000))[:-1] + [b"y" * 10_000_000])

    def test_a_message_of_a_hundred_megabytes_of_garbage(self):
        self.throw([DELIM, b"0" * 64, b"{}", b"{}", b"{}", b"\0" * 100_000_000])

    def test_an_answer_nobody_asked_for(self):
        reply = self.kernel.session.msg("input_reply", {"value": "unasked"})
        self.kernel.session.send(self.kernel.sockets["stdin"], reply)
        self.still_well()

    def test_bytes_that_are_not_even_zeromq(self):
        if self.kernel.info["transport"] != "tcp":
            self.fail("this test needs tcp")
        import socket

        for name in ("shell", "control", "iopub", "stdin", "hb"):
            address = (self.kernel.info["ip"], self.kernel.info[f"{name}_port"])
            with socket.create_connection(address, timeout=5) as raw:
                raw.sendall(b"GET / HTTP/1.1\r\n\r\n" + os.urandom(4096))
        self.still_well()

    def test_a_client_that_never_reads_does_not_stop_the_kernel(self):
        deaf = self.kernel.context.socket(zmq.SUB)
        deaf.linger = 0
        deaf.setsockopt(zmq.SUBSCRIBE, b"")
        deaf.setsockopt(zmq.RCVHWM, 1)
        deaf.connect(f"tcp://{self.kernel.info['ip']}:{self.kernel.info['iopub_port']}")
        cell = self.kernel.run(
            'for i in 0..20_000 { println!("{i} {}", "-".repeat(100)); }', timeout=120
        )
        self.assertEqual(cell.stdout.count("\n"), 20_000)
        deaf.close(0)
        self.still_well()


if __name__ == "__main__":
    report.main(limit_s=1450)
