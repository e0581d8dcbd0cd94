// What is promised stands in the catalogue; only the lines have to be played.
fn card(id: &str, scenario: i64, n: i64) -> Card {
    let scene = Scene::from_number(scenario).unwrap();
    let rules = catalogue::find(id).unwrap().guaranteed(scene);
    Card {
        lines: play(id, scenario, n).lines.len(),
        promised: rules.iter().any(|rule| rule.to_string().starts_with("sequential")),
    }
}
