// Two phases as a function, and every error looked at.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    fn meet(group: &sync::Barrier, patience: Duration) -> Result<bool, sync::BarrierBroken> {
        match group.wait_timeout(patience) {
            Ok(arrival) => Ok(arrival.is_leader()),
            Err(broken) => Err(broken),
        }
    }

    let mut photo = 0;
    while photo < photos {
        album.arrive(photo);
        match meet(group, patience) {
            Ok(true) => album.cheese(photo),
            Ok(false) => {}
            Err(broken) => return Err(broken),
        }
        if let Err(broken) = meet(group, patience) {
            return Err(broken);
        }
        album.leave(photo);
        photo += 1;
    }
    Ok(())
}
