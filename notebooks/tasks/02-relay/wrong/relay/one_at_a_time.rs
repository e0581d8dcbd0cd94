// kind: over-synchronised
// Over-synchronised: each thread is joined before the next is started, so they are never all there.
fn relay(runners: usize, track: Track) {
    for runner in 0..runners {
        let mine = track.clone();
        track.spawn(move || mine.take_baton(runner)).join().unwrap();
    }
}
