// kind: other
// The rule may say which lines it is about: `sequential(who: child)`.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    Card {
        lines: record.lines.len(),
        promised: record.guaranteed.contains(&"sequential(who)".to_string()),
    }
}
