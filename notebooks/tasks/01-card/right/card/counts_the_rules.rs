// It is played twice, which changes nothing: once for the lines, once for the rules.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    let rules: Vec<String> = play(id, scenario, n).guaranteed;
    let found = rules.iter().filter(|rule| rule.find("sequential") == Some(0)).count();
    Card {
        lines: record.lines.len(),
        promised: found > 0,
    }
}
