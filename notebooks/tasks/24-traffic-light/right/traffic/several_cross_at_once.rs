// Cars cross side by side; before it shows red, the light lets nobody in and waits until the street is free.
const RED: u32 = 0;
const GREEN: u32 = 1;
const OUT: u32 = 2;

fn traffic(cars: usize, street: &Street) -> usize {
    let start = Barrier::new(cars).unwrap();
    let changed = Condition::new().unwrap();
    let light = Value::new(RED).unwrap();
    let inside = Value::new(0).unwrap();
    let crossings = Value::new(0).unwrap();
    let mut processes = Vec::new();
    for car in 0..cars {
        let (start, changed, light) = (&start, &changed, &light);
        let (inside, crossings) = (&inside, &crossings);
        processes.push(Process::borrowing(format!("car {car}"), move || {
            street.arrive(car);
            start.wait().unwrap();
            loop {
                let held = changed.lock().unwrap();
                let held = held.wait_while(|| light.get() == RED).unwrap();
                if light.get() == OUT {
                    return;
                }
                inside.fetch_add(1);
                drop(held);
                street.cross(car);
                crossings.fetch_add(1);
                let mut held = changed.lock().unwrap();
                inside.fetch_add(-1);
                held.notify_all();
                drop(held);
                street.arrive(car);
            }
        }));
    }
    processes.push(Process::borrowing("light", || {
        while let Some(green) = street.next() {
            let mut held = changed.lock().unwrap();
            if green {
                street.show(true);
                light.set(GREEN);
                held.notify_all();
            } else {
                light.set(RED);
                let _held = held.wait_while(|| inside.get() > 0).unwrap();
                street.show(false);
            }
        }
        let mut held = changed.lock().unwrap();
        light.set(OUT);
        held.notify_all();
    }));
    processes.iter_mut().for_each(|process| process.start().unwrap());
    processes.iter().for_each(|process| _ = process.join().unwrap());
    crossings.get()
}
