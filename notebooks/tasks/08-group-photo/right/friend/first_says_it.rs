// The first to arrive says cheese, when all are there.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    for photo in 0..photos {
        album.arrive(photo);
        let all_are_here = group.wait_timeout(patience)?;
        if all_are_here.index() == 0 {
            album.cheese(photo);
        }
        let _said = group.wait_timeout(patience)?;
        album.leave(photo);
    }
    Ok(())
}
