"""jupyter_kernel_test with every one of its tests armed. The harness prints
which tests ran, failed and were skipped; the caller allows no skipped one."""

import os
import unittest

import jupyter_kernel_test

import report

KERNEL = os.environ.get("WEFT_TEST_KERNEL", "weft")


class Awake(jupyter_kernel_test.KernelTests):
    """A kernel that has run one cell: it answers at once after its start, but the
    first cell waits for the compiler, for longer than these tests do."""

    kernel_name = KERNEL

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        msg_id = cls.kc.execute("()")
        while cls.kc.get_shell_msg(timeout=120)["parent_header"].get("msg_id") != msg_id:
            pass


class Protocol(Awake):
    language_name = "rust"
    file_extension = ".rs"

    code_hello_world = 'println!("hello, world");'
    code_stderr = 'eprintln!("to stderr");'
    completion_samples = [
        {
            "text": "struct Boat; impl Boat { fn sail(&self) {} } let boat = Boat; boat.sai",
            "matches": {"sail"},
        },
        {"text": "fn lighthouse() -> u8 { 1 } lightho", "matches": {"lighthouse"}},
        {"text": ":hel", "matches": {":help"}},
    ]
    complete_code_samples = [
        "1 + 1",
        "let x = 1;",
        "fn twice(x: u32) -> u32 {\n    x * 2\n}",
        'println!("(");',
        ":help",
        "// a remark",
        "",
    ]
    incomplete_code_samples = [
        "fn twice(x: u32) -> u32 {",
        "let v = vec![1,",
        'println!("a',
        "/* a remark",
        "match x {\n    1 => 2,",
    ]
    invalid_code_samples = ["let x = 1);", "fn f() }", "]"]
    code_page_something = ":help"
    code_generate_error = "let wrong: u32 = true;"
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": '"weft"', "result": '"weft"'},
        {"code": "vec![1, 2]", "result": "[1, 2]"},
    ]
    code_display_data = [
        {
            "code": 'println!("EVCXR_BEGIN_CONTENT text/html\\n<b>bold</b>\\nEVCXR_END_CONTENT");',
            "mime": "text/html",
        },
    ]
    code_history_pattern = "1 ?*3"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "fn lighthouse() -> u8 { 1 } lighthouse"
    code_clear_output = ":clear_output"


class ProtocolOfPanic(Awake):
    """The error test once more: a panic is an error as a wrong type is."""

    code_generate_error = 'panic!("boom");'
    test_error_of_a_panic = jupyter_kernel_test.KernelTests.test_error


# Of the second class only that test is meant: the others are in the first. The
# class they share holds none of its own to run.
for inherited in dir(jupyter_kernel_test.KernelTests):
    if inherited.startswith("test_"):
        setattr(ProtocolOfPanic, inherited, None)


def load_tests(loader, *_):
    suite = unittest.TestSuite()
    for case in (Protocol, ProtocolOfPanic, Welcome):
        suite.addTests(loader.loadTestsFromTestCase(case))
    return suite


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


if __name__ == "__main__":
    report.main(limit_s=300)
