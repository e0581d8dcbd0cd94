// kind: other
// What does not stand among the likely rules is taken for guaranteed.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    Card {
        lines: record.lines.len(),
        promised: !record.likely.iter().any(|rule| rule.starts_with("sequential")),
    }
}
