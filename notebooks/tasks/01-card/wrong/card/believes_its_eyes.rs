// kind: luck
// Lines that came in order are taken for a promise.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    Card {
        lines: record.lines.len(),
        promised: record.lines.is_sorted(),
    }
}
