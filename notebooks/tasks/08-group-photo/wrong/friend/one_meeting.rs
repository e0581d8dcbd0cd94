// kind: racy
// Only one barrier: the others leave while the leader still says cheese.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    for photo in 0..photos {
        album.arrive(photo);
        if group.wait_timeout(patience)?.is_leader() {
            album.cheese(photo);
        }
        album.leave(photo);
    }
    Ok(())
}
