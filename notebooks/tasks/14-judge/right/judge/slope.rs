// From one number of threads to twice as many: only computing takes longer.
fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
    let alone = job();
    let results = Mutex::new(Vec::new());
    let time = |threads: usize| {
        let begin = Instant::now();
        thread::scope(|s| {
            for _ in 0..threads {
                s.spawn(|| {
                    let result = job();
                    results.lock().unwrap().push(result);
                });
            }
        });
        begin.elapsed().as_secs_f64()
    };
    let cores = thread::available_parallelism().unwrap().get();
    let (few, many) = (time(4 * cores), time(8 * cores));
    // What four more jobs for each core take is computing; the rest of one job is waiting.
    let computes = (many - few) / 4.0;
    let waits = few - 4.0 * computes;
    let kind = if waits > computes { Kind::Waits } else { Kind::Computes };
    (kind, results.into_inner().unwrap().iter().all(|other| *other == alone))
}
