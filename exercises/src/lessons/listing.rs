//! Numbers in a line.

/// Numbers as a line shows them: `0, -1, -2`.
pub(crate) fn listed<T: ToString>(numbers: &[T]) -> String {
    let words: Vec<String> = numbers.iter().map(T::to_string).collect();
    words.join(", ")
}
