// Who has the lowest index in the round says it; the round tells the photo.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    let mut rounds = 0;
    for photo in 0..photos {
        album.arrive(photo);
        let here = group.wait_timeout(patience)?;
        rounds += 1;
        assert_eq!(here.round() as usize, 2 * photo);
        if here.index() == 0 {
            album.cheese(photo);
        }
        rounds += 1;
        group.wait_timeout(patience).map(|_| album.leave(photo))?;
    }
    assert_eq!(rounds, 2 * photos);
    Ok(())
}
