// kind: other
// Asks the barrier again and again until it lets it through: broken, it never does.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    let pass = || loop {
        if let Ok(arrival) = group.wait_timeout(patience) {
            return arrival;
        }
    };
    for photo in 0..photos {
        album.arrive(photo);
        if pass().is_leader() {
            album.cheese(photo);
        }
        pass();
        album.leave(photo);
    }
    Ok(())
}
