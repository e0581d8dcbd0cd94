"""jupyter_kernel_test with every one of its tests armed. The harness prints
which tests ran, failed and were skipped; the caller allows no skipped one."""

import os

import jupyter_kernel_test

import report

KERNEL = os.environ.get("WEFT_TEST_KERNEL", "weft")


class Protocol(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
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


class ProtocolOfPanic(jupyter_kernel_test.KernelTests):
    """The error test once more: a panic is an error as a wrong type is."""

    kernel_name = KERNEL
    code_generate_error = 'panic!("boom");'


# Of the second class only the error test is meant: the others are in the first.
for inherited in dir(ProtocolOfPanic):
    if inherited.startswith("test_") and inherited != "test_error":
        setattr(ProtocolOfPanic, inherited, None)
ProtocolOfPanic.test_error_of_a_panic = jupyter_kernel_test.KernelTests.test_error
ProtocolOfPanic.test_error = None


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


if __name__ == "__main__":
    report.main(limit_s=300)
