// kind: sleeps
// No barrier, but a pause that is meant to be long enough for all.
fn traffic(cars: usize, street: &Street) -> usize {
    let changed = Condition::new().unwrap();
    let (green, out) = (Value::new(false).unwrap(), Value::new(false).unwrap());
    let crossings = Value::new(0).unwrap();
    let mut processes = Vec::new();
    for car in 0..cars {
        let (street, changed) = (street.clone(), changed.clone());
        let (green, out, crossings) = (green.clone(), out.clone(), crossings.clone());
        processes.push(Process::new(format!("car {car}"), move || {
            street.arrive(car);
            thread::sleep(Duration::from_millis(300));
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
