// kind: luck
// What was the same ten times is taken for a promise.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    let same = (0..10).all(|_| play(id, scenario, n).lines == record.lines);
    Card {
        lines: record.lines.len(),
        promised: same,
    }
}
