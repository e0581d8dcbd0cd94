fn relay(runners: usize, track: Track) {
    let (shot, ready) = mpsc::channel::<()>();
    let mut ready = Some(ready);
    let mut before: Option<JoinHandle<()>> = None;
    for runner in 0..runners {
        let (starter, track) = (track.clone(), track.clone());
        let (ready, previous) = (ready.take(), before.take());
        before = Some(starter.spawn(move || {
            if let Some(ready) = ready {
                ready.recv().unwrap();
            }
            if let Some(previous) = previous {
                previous.join().unwrap();
            }
            track.take_baton(runner);
        }));
    }
    if let Some(last) = before {
        shot.send(()).unwrap();
        last.join().unwrap();
    }
}
