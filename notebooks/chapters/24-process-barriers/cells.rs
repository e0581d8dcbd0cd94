//! The cells of chapter 24, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{Barrier, Condition, Event, Lock, Process, Queue, Value};
    use std::hint::black_box;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest
    fn meet(name: &'static str, barrier: Option<&Barrier>) -> Process<'static> {
        let barrier = barrier.cloned();
        let mut process = Process::new(name, move || {
            println!("{name} arrived");
            if let Some(barrier) = &barrier {
                barrier.wait().unwrap();
            }
            println!("{name} passed");
        });
        process.start().unwrap();
        process
    }

    fn join_all(processes: Vec<Process>) {
        for process in processes {
            process.join().unwrap();
        }
    }

    {
        let barrier = Barrier::new(2).unwrap();
        join_all(vec![meet("p1", Some(&barrier)), meet("p2", Some(&barrier))]);
    }
    // end cell

    // cell: two-meet
    {
        let barrier = Barrier::new(2).unwrap();
        join_all(vec![
            meet("p1", Some(&barrier)),
            meet("p2", Some(&barrier)),
            meet("p3", None),
            meet("p4", None),
        ]);
    }
    // end cell

    // cell: nobody-meets
    join_all(["p1", "p2", "p3", "p4"].map(|name| meet(name, None)).into());
    // end cell

    // cell: pairs
    {
        let barrier = Barrier::new(2).unwrap();
        join_all(vec![meet("p1", Some(&barrier)), meet("p2", Some(&barrier))]);
        join_all(vec![meet("p3", None), meet("p4", None)]);
    }
    // end cell

    // cell: mistake-if
    {
        let begin = Instant::now();
        let mut count = 0u32;
        for i in 0..1_000_000u32 {
            if black_box(i) % 2 == 0 {
                count += 1;
            }
        }
        let one_if = begin.elapsed().as_secs_f64() * 1e9 / 1e6;
        println!("an if, with the loop around it: {one_if:.1} ns ({count} were true)");

        let begin = Instant::now();
        for _ in 0..10 {
            let mut process = Process::new("empty", || {});
            process.start().unwrap();
            process.join().unwrap();
        }
        let one_process = begin.elapsed().as_secs_f64() * 1e9 / 10.0;
        println!("a process: {one_process:.0} ns");
    }
    // end cell

    // cell: mended-order
    {
        let barrier = Barrier::new(2).unwrap();
        let (first, second) = (barrier.clone(), barrier);
        let mut p3 = Process::new("p3", move || {
            second.wait().unwrap();
            println!("p3");
        });
        let mut p1 = Process::new("p1", move || {
            println!("p1");
            first.wait().unwrap();
        });
        p3.start().unwrap();
        p1.start().unwrap();
        join_all(vec![p1, p3]);
    }
    // end cell

    // cell: mistake-missing
    fn two_at_a_barrier_for(parties: usize) {
        let barrier = Barrier::new(parties).unwrap();
        let processes = ["p1", "p2"].map(|name| {
            let barrier = barrier.clone();
            let mut process = Process::new(name, move || {
                let told = barrier.wait_timeout(Duration::from_millis(200));
                println!("{name} passed: {}", told.is_ok());
            });
            process.start().unwrap();
            process
        });
        join_all(processes.into());
    }

    two_at_a_barrier_for(3);
    // end cell

    // cell: mended-missing
    two_at_a_barrier_for(2);
    // end cell

    // cell: event
    {
        let green = Event::new().unwrap();
        let drivers = ["p1", "p2"].map(|name| {
            let green = green.clone();
            let mut process = Process::new(name, move || {
                green.wait().unwrap();
                println!("{name} drives");
            });
            process.start().unwrap();
            process
        });
        println!("the light is green");
        green.set();
        join_all(drivers.into());
    }
    // end cell

    // cell: mistake-own-event
    fn passes(name: &'static str, choose: fn(&Event) -> Event) {
        let event = Event::new().unwrap();
        let given = event.clone();
        let mut process = Process::new(name, move || {
            let passed = choose(&given).wait_timeout(Duration::from_millis(300));
            println!("{name}: {}", passed.unwrap());
        });
        process.start().unwrap();
        event.set();
        process.join().unwrap();
    }

    passes("the event it was given", Event::clone);
    passes("an event of its own", |_| Event::new().unwrap());
    // end cell

    // cell: predicate
    {
        let (changed, letters) = (Condition::new().unwrap(), Value::new(0u32).unwrap());
        let (notices, written) = (changed.clone(), letters.clone());
        let mut writer = Process::new("writer", move || {
            for _ in 0..3 {
                let mut held = notices.lock().unwrap();
                written.fetch_add(1);
                held.notify_all();
            }
        });
        writer.start().unwrap();
        let held = changed.lock().unwrap();
        let held = held.wait_while(|| letters.get() < 3).unwrap();
        println!("{} letters", letters.get());
        drop(held);
        writer.join().unwrap();
    }
    // end cell

    // cell: mistake-lost-notice
    {
        let (condition, event) = (Condition::new().unwrap(), Event::new().unwrap());
        condition.lock().unwrap().notify_all();
        event.set();
        let mut late = Process::new("late", move || {
            let limit = Duration::from_millis(300);
            let held = condition.lock().unwrap();
            let (_held, notified) = held.wait_timeout(limit).unwrap();
            println!("notified: {notified}");
            println!("the event is set: {}", event.wait_timeout(limit).unwrap());
        });
        late.start().unwrap();
        late.join().unwrap();
    }
    // end cell

    // cell: crossing
    fn crossing(walkers: usize, log: &Queue<(usize, String)>) {
        // Your code goes here.
        let _ = (walkers, log);
    }
    // end cell

    // cell: check-crossing
    fn check_crossing(crossing: fn(usize, &Queue<(usize, String)>)) -> Result<(), String> {
        for walkers in [1, 4] {
            let log = Queue::unbounded().unwrap();
            crossing(walkers, &log);
            log.close();
            let mut notes = Vec::new();
            while let Ok(Some(note)) = log.get() {
                notes.push(note);
            }
            if notes.len() != 3 * walkers {
                return Err(format!(
                    "{walkers} walkers: the log has {} entries",
                    notes.len()
                ));
            }
            let (arrivals, steps) = notes.split_at(walkers);
            if arrivals.iter().any(|note| note.1 != "arrives") {
                return Err("somebody stepped on before all had arrived".into());
            }
            let alone = steps.chunks(2).all(|pair| {
                pair[0].0 == pair[1].0 && pair[0].1 == "steps on" && pair[1].1 == "steps off"
            });
            if !alone {
                return Err(format!("somebody was not alone on the crossing: {steps:?}"));
            }
        }
        Ok(())
    }

    match check_crossing(crossing) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_crossing(crossing).is_err());
    assert_eq!(check_crossing(solved_crossing), Ok(()));

    fn solved_crossing(walkers: usize, log: &Queue<(usize, String)>) {
        let barrier = Barrier::new(walkers).unwrap();
        let lock = Lock::new().unwrap();
        let mut processes = Vec::new();
        for walker in 0..walkers {
            let (barrier, lock, log) = (barrier.clone(), lock.clone(), log.clone());
            let mut process = Process::new(format!("walker {walker}"), move || {
                let note = |what: &str| log.put((walker, what.to_string())).unwrap();
                note("arrives");
                barrier.wait().unwrap();
                let _guard = lock.lock().unwrap();
                note("steps on");
                note("steps off");
            });
            process.start().unwrap();
            processes.push(process);
        }
        join_all(processes);
    }
}
