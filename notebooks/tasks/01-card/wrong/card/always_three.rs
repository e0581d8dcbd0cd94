// kind: other
// It is played with 3, whatever was asked for.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let _ = n;
    let record = play(id, scenario, 3);
    Card {
        lines: record.lines.len(),
        promised: record.guaranteed.iter().any(|rule| rule.starts_with("sequential")),
    }
}
