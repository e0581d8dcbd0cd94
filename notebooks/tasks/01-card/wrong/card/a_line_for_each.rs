// kind: other
// As many lines as threads or processes: that is so in few exercises.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    Card {
        lines: n as usize,
        promised: record.guaranteed.iter().any(|rule| rule.starts_with("sequential")),
    }
}
