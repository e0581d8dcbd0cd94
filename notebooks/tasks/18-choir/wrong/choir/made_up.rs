// kind: luck
// The right text, and nobody sang it.
fn choir(singers: usize, lines: usize, _: &Score) -> Vec<String> {
    (0..singers)
        .flat_map(|singer| (0..lines).map(move |line| format!("{singer} {line} {}", "la".repeat(500))))
        .collect()
}
