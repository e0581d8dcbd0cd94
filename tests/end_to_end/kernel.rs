//! The kernel as Jupyter starts it. The tests themselves are in
//! `tests/python`: each class shares a kernel, and a report says what ran.

use crate::support::{Scratch, UnitReport};
use std::time::Duration;

#[test]
fn jupyters_own_kernel_tests_pass_and_none_is_skipped() {
    let scratch = Scratch::with_kernel("protocol");
    UnitReport::of(&scratch, "kernel_protocol.py", Duration::from_secs(300))
        .all_passed()
        .ran_exactly(&[
            "test_clear_output",
            "test_completion",
            "test_display_data",
            "test_error",
            "test_error_of_a_panic",
            "test_execute_result",
            "test_execute_stderr",
            "test_execute_stdout",
            "test_history",
            "test_inspect",
            "test_is_complete",
            "test_kernel_info",
            "test_pager",
            "test_recv_iopub_welcome_msg",
        ]);
}

/// Runs a file of tests and expects at least so many of them to have run.
fn file(name: &str, at_least: usize) {
    let scratch = Scratch::with_kernel(name);
    let report = UnitReport::of(&scratch, &format!("{name}.py"), Duration::from_secs(600));
    report.all_passed();
    assert!(report.ran.len() >= at_least, "only {:?} ran", report.ran);
}

#[test]
fn output_is_live_ordered_and_belongs_to_its_cell() {
    file("kernel_output", 10);
}

#[test]
fn cells_fail_ask_and_end_as_the_protocol_says() {
    file("kernel_cells", 10);
}

#[test]
fn commands_do_what_help_says() {
    file("kernel_commands", 8);
}

#[test]
fn hostile_messages_are_dropped_and_the_kernel_lives() {
    file("kernel_hostile", 8);
}
