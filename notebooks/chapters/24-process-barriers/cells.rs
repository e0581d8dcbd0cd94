//! The cells of chapter 24, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{Array, Barrier, Condition, Event, Process, Value};
    use std::hint::black_box;
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest-std
    {
        let barrier = &std::sync::Barrier::new(2);
        thread::scope(|s| {
            for name in ["p1", "p2"] {
                s.spawn(move || {
                    println!("{name} arrived");
                    barrier.wait();
                    println!("{name} passed");
                });
            }
        });
    }
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

    // cell: groups
    fn groups(pauses: &[u64]) {
        let barrier = Barrier::new(5).unwrap();
        let start = |(i, pause): (usize, &u64)| {
            let (barrier, pause) = (barrier.clone(), *pause);
            let mut process = Process::new(format!("process {i}"), move || {
                thread::sleep(Duration::from_millis(pause));
                println!("process {i} has slept {pause} ms and arrives");
                let group = barrier.wait().unwrap().round();
                println!("process {i} passes with group {group}");
            });
            process.start().unwrap();
            process
        };
        join_all(pauses.iter().enumerate().map(start).collect());
    }

    groups(&[0; 5]);
    // end cell

    // cell: groups-after-pauses
    groups(&[40, 10, 30, 20, 50]);
    // end cell

    // cell: two-groups
    groups(&[90, 20, 100, 10, 40, 60, 80, 30, 70, 50]);
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

    // cell: never-set
    fn wait_in_vain(name: &str, event: &Event) {
        println!("{name} waits for the event");
        if !event.wait_timeout(Duration::from_millis(300)).unwrap() {
            println!("{name} is blocked: nobody has set its event");
        }
    }

    {
        let event = Event::new().unwrap();
        let mut process = Process::new("process 1", move || wait_in_vain("process 1", &event));
        process.start().unwrap();
        process.join().unwrap();
    }
    // end cell

    // cell: set-and-clear
    {
        let (event, over) = (Event::new().unwrap(), Value::new(false).unwrap());
        let mut process = Process::borrowing("process 1", || {
            println!("process 1 waits for the event");
            for piece in 1.. {
                event.wait().unwrap();
                if over.get() {
                    return;
                }
                println!("process 1 works: {piece}");
                thread::sleep(Duration::from_millis(40));
            }
        });
        process.start().unwrap();
        for _ in 0..3 {
            println!("main sets the event");
            event.set();
            thread::sleep(Duration::from_millis(60));
            event.clear();
            println!("main clears the event");
            thread::sleep(Duration::from_millis(60));
        }
        over.set(true);
        event.set();
        process.join().unwrap();
    }
    // end cell

    // cell: handed-over
    {
        let event = Event::new().unwrap();
        let mut processes = Vec::new();
        for name in ["process 1", "process 2", "process 3"] {
            let its_event = event.clone();
            processes.push(Process::new(name, move || {
                println!("{name} waits for the event");
                its_event.wait().unwrap();
                println!("{name} passes");
            }));
        }
        let own_event = || wait_in_vain("process 4", &Event::new().unwrap());
        processes.push(Process::new("process 4", own_event));
        for process in &mut processes {
            process.start().unwrap();
        }
        thread::sleep(Duration::from_millis(50));
        println!("main sets the event");
        event.set();
        join_all(processes);
    }
    // end cell

    // cell: count-and-notify
    const COUNT: u32 = 31;

    fn count(changed: &Condition, reached: &Value<u32>) {
        for number in 0..COUNT {
            if number > 0 && number % 10 == 0 {
                let mut held = changed.lock().unwrap();
                reached.set(number);
                println!("counter notifies at {number}");
                held.notify_all();
            } else {
                println!("counter: {number}");
            }
            thread::sleep(Duration::from_millis(2));
        }
        let mut held = changed.lock().unwrap();
        reached.set(COUNT);
        println!("counter has finished counting");
        held.notify_all();
    }

    fn counted(waiters: u32, wait: fn(&str, &Condition, &Value<u32>)) {
        let (changed, reached) = (&Condition::new().unwrap(), &Value::new(0).unwrap());
        let mut processes = vec![Process::borrowing("counter", || count(changed, reached))];
        for i in 1..=waiters {
            let waits = move || wait(&format!("waiter {i}"), changed, reached);
            processes.push(Process::borrowing(format!("waiter {i}"), waits));
        }
        for process in &mut processes {
            process.start().unwrap();
        }
        join_all(processes);
    }

    counted(1, |name, changed, reached| {
        for report in 1.. {
            let mut held = changed.lock().unwrap();
            if reached.get() < COUNT {
                held = held.wait().unwrap();
            }
            if reached.get() == COUNT {
                return;
            }
            drop(held);
            println!("{name}: report {report}");
        }
    });
    // end cell

    // cell: count-and-look
    fn look_at_the_number(name: &str, changed: &Condition, reached: &Value<u32>) {
        for next in [10, 20, 30] {
            let held = changed.lock().unwrap();
            let _held = held.wait_while(|| reached.get() < next).unwrap();
            println!("{name}: report {next}");
        }
    }

    counted(1, look_at_the_number);
    // end cell

    // cell: notify-all
    counted(3, look_at_the_number);
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

    // cell: street
    /// A street with a light, in memory that all processes share.
    #[derive(Clone)]
    struct Street {
        /// How often `next` was called.
        switches: Value<u64>,
        green: Value<bool>,
        /// How often each car came.
        arrived: Array<usize>,
        /// How often each car has crossed since the light became green.
        crossed: Array<usize>,
        crossings: Value<usize>,
        too_early: Value<usize>,
        on_red: Value<usize>,
    }

    impl Street {
        fn new(cars: usize) -> Street {
            let number = || Value::new(0).unwrap();
            Street {
                switches: Value::new(0).unwrap(),
                green: Value::new(false).unwrap(),
                arrived: Array::zeroed(cars).unwrap(),
                crossed: Array::zeroed(cars).unwrap(),
                crossings: number(),
                too_early: number(),
                on_red: number(),
            }
        }

        fn arrive(&self, car: usize) {
            thread::sleep(Duration::from_millis(1));
            self.arrived.fetch_add(car, 1);
        }

        fn cross(&self, car: usize) {
            // As long as it takes to set off.
            thread::sleep(Duration::from_millis(1));
            if self.arrived.to_vec().contains(&0) {
                self.too_early.fetch_add(1);
            }
            if !self.green.get() {
                self.on_red.fetch_add(1);
            }
            self.crossed.fetch_add(car, 1);
            self.crossings.fetch_add(1);
        }

        fn next(&self) -> Option<bool> {
            let (switch, green) = (self.switches.fetch_add(1), self.green.get());
            let begin = Instant::now();
            // Green until all have crossed, but no longer than a second.
            while green
                && self.crossed.to_vec().contains(&0)
                && begin.elapsed() < Duration::from_secs(1)
            {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(Duration::from_millis(3 + switch));
            (switch < 6).then_some(!green)
        }

        fn show(&self, green: bool) {
            for car in 0..self.crossed.len() {
                self.crossed.set(car, 0);
            }
            self.green.set(green);
        }
    }
    // end cell

    // cell: traffic
    fn traffic(cars: usize, street: &Street) -> usize {
        // Your code goes here.
        let _ = (cars, street);
        0
    }
    // end cell

    // cell: check-traffic
    fn check_traffic(traffic: fn(usize, &Street) -> usize) -> Result<(), String> {
        for cars in [1, 3] {
            let street = Street::new(cars);
            let told = traffic(cars, &street);
            let crossings = street.crossings.get();
            if street.switches.get() != 7 || crossings == 0 {
                return Err(format!(
                    "the light was asked {} times, and there were {crossings} crossings",
                    street.switches.get()
                ));
            }
            if street.too_early.get() > 0 {
                return Err("a car crossed before all had come".into());
            }
            if street.on_red.get() > 0 {
                return Err(format!(
                    "{} crossings while the light was red",
                    street.on_red.get()
                ));
            }
            if told != crossings {
                return Err(format!("{crossings} crossings, and the answer was {told}"));
            }
        }
        Ok(())
    }

    match check_traffic(traffic) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_traffic(traffic).is_err());
    assert_eq!(check_traffic(solved_traffic), Ok(()));

    fn solved_traffic(cars: usize, street: &Street) -> usize {
        let start = Barrier::new(cars).unwrap();
        let changed = Condition::new().unwrap();
        let (green, out) = (Value::new(false).unwrap(), Value::new(false).unwrap());
        let crossings = Value::new(0).unwrap();
        let mut processes = Vec::new();
        for car in 0..cars {
            let (street, start, changed) = (street.clone(), start.clone(), changed.clone());
            let (green, out, crossings) = (green.clone(), out.clone(), crossings.clone());
            processes.push(Process::new(format!("car {car}"), move || {
                street.arrive(car);
                start.wait().unwrap();
                loop {
                    let held = changed.lock().unwrap();
                    let held = held.wait_while(|| !green.get() && !out.get()).unwrap();
                    if out.get() {
                        return;
                    }
                    street.cross(car);
                    crossings.fetch_add(1);
                    drop(held);
                    street.arrive(car);
                }
            }));
        }
        let street = street.clone();
        processes.push(Process::new("light", move || {
            while let Some(now) = street.next() {
                let mut held = changed.lock().unwrap();
                green.set(now);
                street.show(now);
                held.notify_all();
            }
            let mut held = changed.lock().unwrap();
            out.set(true);
            held.notify_all();
        }));
        for process in &mut processes {
            process.start().unwrap();
        }
        for process in &processes {
            process.join().unwrap();
        }
        crossings.get()
    }
}
