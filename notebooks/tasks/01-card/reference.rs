fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    Card {
        lines: record.lines.len(),
        promised: record.guaranteed.iter().any(|rule| rule.starts_with("sequential")),
    }
}
