// kind: other
// What is only likely counts as promised.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    let mut rules = record.guaranteed.iter().chain(&record.likely);
    Card {
        lines: record.lines.len(),
        promised: rules.any(|rule| rule.starts_with("sequential")),
    }
}
