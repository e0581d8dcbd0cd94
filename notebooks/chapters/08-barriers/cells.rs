//! The cells of chapter 8, and a solution of its task.

fn main() {
    // cell: imports
    use std::sync::{Barrier, Mutex};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest
    {
        let barrier = Barrier::new(3);
        thread::scope(|s| {
            for name in ["A", "B", "C"] {
                let barrier = &barrier;
                s.spawn(move || {
                    println!("{name} arrived");
                    let leader = barrier.wait().is_leader();
                    println!("{name} passed, leader: {leader}");
                });
            }
        });
    }
    // end cell

    // cell: race
    fn race(runners: [(&str, u64); 3]) {
        println!("START RACE!!!");
        let barrier = Barrier::new(runners.len());
        thread::scope(|s| {
            for (name, millis) in runners {
                let barrier = &barrier;
                s.spawn(move || {
                    thread::sleep(Duration::from_millis(millis));
                    println!("{name} reached the barrier");
                    barrier.wait();
                    println!("{name} passed the barrier");
                });
            }
        });
        println!("RACE OVER!");
    }

    race([("Reza", 200), ("Ali", 100), ("Hassan", 300)]);
    // end cell

    // cell: race-luck
    race([("Reza", 3 * 40), ("Ali", 2 * 40), ("Hassan", 3 * 3 * 40)]);
    // end cell

    // cell: race-steps
    race([("Reza", 100), ("Ali", 200), ("Hassan", 300)]);
    // end cell

    // cell: mistake-finish
    {
        let begin = Instant::now();
        let barrier = Barrier::new(3);
        thread::scope(|s| {
            for (name, millis) in [("Reza", 50), ("Ali", 100), ("Hassan", 150)] {
                let barrier = &barrier;
                s.spawn(move || {
                    thread::sleep(Duration::from_millis(millis));
                    let arrived = begin.elapsed().as_millis();
                    barrier.wait();
                    let passed = begin.elapsed().as_millis();
                    println!("{name}: arrived at {arrived}, passed at {passed}");
                });
            }
        });
    }
    // end cell

    // cell: mistake-names
    {
        // The pauses belong to the runners, the names are only taken on arrival.
        let names = Mutex::new(vec!["Hassan", "Ali", "Reza"]);
        thread::scope(|s| {
            for (runner, millis) in [("Reza", 90), ("Ali", 60), ("Hassan", 30)] {
                let names = &names;
                s.spawn(move || {
                    thread::sleep(Duration::from_millis(millis));
                    let name = names.lock().unwrap().pop().unwrap();
                    println!("{name} arrives (it was {runner})");
                });
            }
        });
    }
    // end cell

    // cell: mended-names
    {
        thread::scope(|s| {
            for (name, millis) in [("Reza", 90), ("Ali", 60), ("Hassan", 30)] {
                s.spawn(move || {
                    thread::sleep(Duration::from_millis(millis));
                    println!("{name} arrives");
                });
            }
        });
    }
    // end cell

    // cell: broken
    use exercises::sync;

    {
        let barrier = sync::Barrier::new(3);
        thread::scope(|s| {
            for name in ["A", "B"] {
                let barrier = &barrier;
                s.spawn(move || {
                    let result = barrier.wait_timeout(Duration::from_millis(100));
                    println!("{name} was told of an error: {}", result.is_err());
                });
            }
        });
    }
    // end cell

    // cell: all-at-once
    fn meet(pauses: &[u64]) {
        let barrier = sync::Barrier::new(5).with_time_out(Duration::from_millis(500));
        thread::scope(|s| {
            for (i, pause) in pauses.iter().enumerate() {
                let barrier = &barrier;
                s.spawn(move || {
                    thread::sleep(Duration::from_millis(*pause));
                    println!("thread {i} started");
                    match barrier.wait() {
                        Ok(_) => println!("thread {i} passed the barrier"),
                        Err(sync::BarrierBroken::TimedOut) => {
                            println!("thread {i} has waited too long and gives up");
                        }
                        Err(_) => println!("thread {i} finds the barrier broken"),
                    }
                });
            }
        });
        if barrier.is_broken() {
            barrier.reset();
            println!("The barrier is whole again");
        }
    }

    meet(&[0; 5]);
    // end cell

    // cell: after-pauses
    meet(&[8, 2, 6, 4, 10]);
    // end cell

    // cell: one-missing
    meet(&[0; 4]);
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: two-at-the-barrier
        use std::sync::Barrier;
        use std::thread;

        let barrier = Barrier::new(2);
        thread::scope(|s| {
            for name in ["A", "B"] {
                let barrier = &barrier;
                s.spawn(move || {
                    println!("{name} arrived");
                    barrier.wait();
                    println!("{name} passed");
                });
            }
        });
        // end cell
    };

    // cell: album
    /// Writes down what happens at each photo.
    #[derive(Default)]
    struct Album {
        notes: Mutex<Vec<(usize, &'static str)>>,
    }

    impl Album {
        fn arrive(&self, photo: usize) {
            self.notes.lock().unwrap().push((photo, "arrive"));
        }

        fn cheese(&self, photo: usize) {
            // Takes a moment, so that nobody is right by accident.
            thread::sleep(Duration::from_millis(5));
            self.notes.lock().unwrap().push((photo, "cheese"));
        }

        fn leave(&self, photo: usize) {
            self.notes.lock().unwrap().push((photo, "leave"));
        }
    }
    // end cell

    // cell: friend
    fn friend(
        group: &sync::Barrier,
        album: &Album,
        photos: usize,
        patience: Duration,
    ) -> Result<(), sync::BarrierBroken> {
        // Your code goes here: arrive, cheese, leave, for each photo.
        let _ = (group, album, photos, patience);
        Ok(())
    }
    // end cell

    // cell: check-friend
    type Friend = fn(&sync::Barrier, &Album, usize, Duration) -> Result<(), sync::BarrierBroken>;

    fn check_friend(friend: Friend) -> Result<(), String> {
        for (friends, photos) in [(1, 1), (4, 3)] {
            let group = sync::Barrier::new(friends);
            let album = Album::default();
            thread::scope(|s| {
                for _ in 0..friends {
                    s.spawn(|| friend(&group, &album, photos, Duration::from_secs(2)).is_ok());
                }
            });
            let notes = album.notes.into_inner().unwrap();
            for photo in 0..photos {
                let seen: Vec<&str> = notes
                    .iter()
                    .filter(|note| note.0 == photo)
                    .map(|note| note.1)
                    .collect();
                let mut right = vec!["arrive"; friends];
                right.push("cheese");
                right.extend(vec!["leave"; friends]);
                if seen != right {
                    return Err(format!("{friends} friends, photo {photo}: {seen:?}"));
                }
            }
        }
        let group = sync::Barrier::new(3);
        let album = Album::default();
        let told = thread::scope(|s| {
            let two: Vec<_> = (0..2)
                .map(|_| s.spawn(|| friend(&group, &album, 1, Duration::from_millis(50)).is_err()))
                .collect();
            two.into_iter().all(|thread| thread.join().unwrap())
        });
        if !told {
            return Err("a friend was missing, and not all were told".into());
        }
        Ok(())
    }

    match check_friend(friend) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_friend(friend).is_err());
    assert_eq!(check_friend(solved_friend), Ok(()));

    fn solved_friend(
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
            group.wait_timeout(patience)?;
            album.leave(photo);
        }
        Ok(())
    }
}
