// kind: luck
// It waits for a notice, whatever the light shows: the next notice may say red.
fn traffic(cars: usize, street: &Street) -> usize {
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
                let held = held.wait().unwrap();
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
        loop {
            let next = street.next();
            let mut held = changed.lock().unwrap();
            match next {
                Some(now) => {
                    green.set(now);
                    street.show(now);
                }
                None => out.set(true),
            }
            held.notify_all();
            if next.is_none() {
                return;
            }
        }
    }));
    for process in &mut processes {
        process.start().unwrap();
    }
    for process in &processes {
        process.join().unwrap();
    }
    crossings.get()
}
