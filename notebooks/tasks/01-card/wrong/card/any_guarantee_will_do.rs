// kind: luck
// Some rule is guaranteed in every scenario; not every rule is about the order.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let record = play(id, scenario, n);
    Card {
        lines: record.lines.len(),
        promised: !record.guaranteed.is_empty(),
    }
}
