//! JupyterLab in a real browser, started the way the README says.

use crate::support::{Python, Scratch, UnitReport};
use std::time::Duration;

#[test]
fn a_reader_opens_a_chapter_in_the_browser_and_runs_it() {
    let mut scratch = Scratch::with_kernel("lab");
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
    UnitReport::of(&scratch, "lab.py", Duration::from_secs(900))
        .all_passed()
        .ran_exactly(&[
            "test_a_plain_jupyter_lab_offers_the_kernel",
            "test_an_edited_notebook_is_never_written_over",
            "test_english_in_a_light_theme",
            "test_persian_in_a_dark_theme",
        ]);
}
