//! JupyterLab in a real browser, started the way the README says.

use crate::support::{Python, Scratch, UnitReport};
use std::time::Duration;

/// Runs a file of tests that use a browser.
fn in_a_browser(name: &str) -> UnitReport {
    let mut scratch = Scratch::with_kernel(name);
    let path = std::env::var("PATH").unwrap_or_default();
    scratch.set(
        "PATH",
        format!("{}:{path}", Python::ready().programs().display()),
    );
    scratch.set("WEFT_TEST_PROGRAM", crate::support::weft());
    scratch.set(
        "WEFT_TEST_PICTURES",
        crate::support::workshop().join("screenshots"),
    );
    scratch.set("WEFT_TIME_SCALE", "0.2");
    let report = UnitReport::of(&scratch, &format!("{name}.py"), Duration::from_secs(900));
    report.all_passed();
    report
}

#[test]
fn a_reader_opens_a_chapter_in_the_browser_and_runs_it() {
    in_a_browser("lab").ran_exactly(&[
        "test_a_plain_jupyter_lab_offers_the_kernel",
        "test_an_edited_notebook_comes_up_to_date_and_keeps_what_was_written",
        "test_english_in_a_light_theme",
        "test_other_machines_come_in_where_they_may_and_with_the_token_alone",
        "test_persian_in_a_dark_theme",
    ]);
}

#[test]
fn an_address_that_is_not_this_machines_is_refused_before_anything_is_set_up() {
    let scratch = Scratch::new("lab-ip");
    // For documents only (RFC 5737).
    let refused = scratch.weft(&["lab", "--ip", "192.0.2.1", "--no-browser"]);
    let said = refused.run().exits(2).stderr;
    assert!(
        said.contains("192.0.2.1") && said.contains("--ip"),
        "{said}"
    );
}

#[test]
fn without_a_network_nothing_is_set_up_and_it_is_said_at_once() {
    let mut scratch = Scratch::new("lab-offline");
    // Wherever this machine has a Jupyter: not here.
    scratch.set("PATH", "/nonexistent");
    let refused = scratch.weft(&["lab", "--offline", "--no-browser"]).run();
    let said = refused.exits(3).stderr;
    assert!(said.contains("without `--offline`"), "{said}");
    scratch.weft(&["lab", "--offline", "--yes"]).run().exits(2);
}

#[test]
fn a_reader_picks_an_exercise_and_plays_it() {
    in_a_browser("lab_picker").ran_exactly(&[
        "test_a_page_without_widgets_shows_the_text",
        "test_a_reader_picks_plays_loads_again_and_restarts",
        "test_persian_in_a_dark_theme",
        "test_persian_plays_step_by_step_from_right_to_left",
    ]);
}

#[test]
fn a_reader_sees_who_did_what_when() {
    in_a_browser("lab_timeline").ran_exactly(&[
        "test_a_run_is_drawn_in_a_notebook_that_is_not_trusted",
        "test_a_run_is_drawn_in_a_page_made_of_a_notebook",
        "test_a_run_is_drawn_in_a_trusted_notebook_in_a_light_theme",
        "test_a_run_is_drawn_in_persian_in_a_dark_theme",
    ]);
}
