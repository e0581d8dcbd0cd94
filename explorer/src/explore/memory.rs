//! How large this process is.

/// The bytes it has in memory; where there is no `/proc`, the most it ever had. 0 where the system says neither.
pub fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: Option<u64> = statm
        .split_whitespace()
        .nth(1)
        .and_then(|pages| pages.parse().ok());
    let Some(pages) = pages else {
        return peak_bytes();
    };
    // SAFETY: asks for a number.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    pages.saturating_mul(u64::try_from(page).unwrap_or(4096))
}

fn peak_bytes() -> u64 {
    // SAFETY: all zeros are a valid value of these numbers.
    let mut used: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: the place is ours.
    if unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut used) } != 0 {
        return 0;
    }
    u64::try_from(used.ru_maxrss)
        .unwrap_or(0)
        .saturating_mul(1024)
}
