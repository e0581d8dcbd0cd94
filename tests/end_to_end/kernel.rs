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
    let mut scratch = Scratch::with_kernel(name);
    scratch.set("WEFT_TEST_PROGRAM", crate::support::weft());
    // Some take four minutes on an idle machine, and this one may be busy.
    let most = if std::env::var_os("WEFT_LONG").is_some() {
        4 * 60 * 60
    } else {
        1500
    };
    let report = UnitReport::of(&scratch, &format!("{name}.py"), Duration::from_secs(most));
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
fn a_run_is_drawn_and_its_order_explained() {
    file("kernel_timeline", 9);
}

#[test]
fn an_exercise_is_picked_in_a_form_and_played() {
    file("kernel_picker", 24);
}

#[test]
fn who_goes_next_is_chosen_by_buttons() {
    file("kernel_play", 20);
}

#[test]
fn hostile_messages_are_dropped_and_the_kernel_lives() {
    file("kernel_hostile", 8);
}

#[test]
fn no_cell_can_break_the_kernel() {
    file("kernel_snapshots", 12);
}

#[test]
fn what_is_static_is_one_variable_for_all_cells() {
    file("kernel_statics", 11);
}

#[test]
fn questions_are_answered_while_a_cell_runs() {
    file("kernel_meanwhile", 11);
}

#[test]
fn a_kernel_is_hard_to_kill() {
    file("kernel_endurance", 11);
}

#[test]
fn what_cells_did_is_recorded() {
    file("kernel_traces", 6);
}
