// Green threads that look for themselves what would panic; and threads, round by round.
fn all_verdicts(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let waiting = RefCell::new(sites.iter().enumerate());
    let verdicts = RefCell::new(vec![Verdict::Broken; sites.len()]);
    let worker = || async {
        loop {
            let Some((place, site)) = waiting.borrow_mut().next() else { return };
            if site.path.is_empty() {
                continue;
            }
            let mut asked = green::timeout(limit, green_ask("HEAD", site)).await;
            if let Ok(Ok(405 | 501)) = asked {
                asked = green::timeout(limit, green_ask("GET", site)).await;
            }
            verdicts.borrow_mut()[place] = asked.map_or(Verdict::TimedOut, verdict);
        }
    };
    green::run(green::gather((0..workers).map(|_| worker()))).unwrap();
    verdicts.into_inner()
}

fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let verdicts = all_verdicts(sites, workers, limit);
    for (site, verdict) in sites.iter().zip(&verdicts) {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, *verdict);
        }
    }
    verdicts
}

use std::cell::RefCell;

fn check_otherwise(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let mut report = Report::new();
    for round in sites.chunks(workers) {
        thread::scope(|s| {
            let all: Vec<_> = round.iter().map(|site| (site, s.spawn(move || check(site, limit)))).collect();
            for (site, one) in all {
                let verdict = one.join().unwrap_or(Verdict::Broken);
                if !matches!(verdict, Verdict::Up(_)) {
                    owners.tell(site, verdict);
                }
                report.push(verdict);
            }
        });
    }
    report
}
