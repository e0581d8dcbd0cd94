// kind: luck
// A line that is printed twice is counted once.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    let mut lines = record.lines.clone();
    lines.sort();
    lines.dedup();
    Card {
        lines: lines.len(),
        promised: record.guaranteed.iter().any(|rule| rule.starts_with("sequential")),
    }
}
