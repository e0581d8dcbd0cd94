// kind: other
// The right number of lines, and no singer has a process: the first one waits for the others in vain.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    let mut text = Vec::new();
    for singer in 0..singers {
        for line in 0..lines {
            text.push(score.sing(singer, line));
        }
    }
    text
}
