//! `weft serve` in a real browser.

use crate::support::{Scratch, UnitReport};
use std::time::Duration;

#[test]
fn a_reader_plays_exercises_on_web_pages() {
    let mut scratch = Scratch::new("showcase");
    scratch.set("WEFT_TEST_PROGRAM", crate::support::weft());
    scratch.set(
        "WEFT_TEST_PICTURES",
        crate::support::workshop().join("screenshots"),
    );
    let report = UnitReport::of(&scratch, "showcase.py", Duration::from_secs(900));
    report.all_passed();
    report.ran_exactly(&[
        "test_a_class_sees_what_its_teacher_shows",
        "test_a_run_is_stopped_where_it_was_begun",
        "test_english_in_a_light_theme",
        "test_no_page_breaks_a_rule_of_accessibility",
        "test_persian_in_a_dark_theme_on_a_phone",
        "test_the_addresses_can_be_tried",
        "test_the_keyboard_alone_is_enough",
        "test_what_else_could_have_happened_is_there_without_scripts",
        "test_without_scripts_every_page_works",
        "test_wrong_values_are_explained_beside_the_form",
    ]);
}
