//! Sizes as people write them.

/// Bytes from `4096`, `4 K`, `500M` or `2G` (powers of 1024); `None` for anything else.
pub(crate) fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let (number, unit) = match text.strip_suffix(['K', 'M', 'G']) {
        Some(number) => (number, 1 << (10 * (1 + "KMG".find(&text[number.len()..])?))),
        None => (text, 1),
    };
    number.trim().parse::<u64>().ok()?.checked_mul(unit)
}

/// The shortest exact way to write a number of bytes.
pub(crate) fn show(bytes: u64) -> String {
    let units = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    let exact = units
        .into_iter()
        .find(|(unit, _)| bytes > 0 && bytes.is_multiple_of(*unit));
    match exact {
        Some((unit, name)) => format!("{} {name}", bytes / unit),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_have_units() {
        assert_eq!(parse("1000"), Some(1000));
        assert_eq!(parse(" 4 K"), Some(4096));
        assert_eq!(parse("500M"), Some(500 << 20));
        assert_eq!(parse("2G"), Some(2 << 30));
        assert_eq!(parse("much"), None);
        assert_eq!(parse("99999999999999999999G"), None);
    }

    #[test]
    fn sizes_are_written_exactly() {
        assert_eq!(show(10 << 20), "10 MB");
        assert_eq!(show(100_000), "100000 B");
        assert_eq!(show(0), "0 B");
    }
}
