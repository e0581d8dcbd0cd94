// No condition: who finds red gives the lock of the light back, and looks again a little later.
fn traffic(cars: usize, street: &Street) -> usize {
    let start = Barrier::new(cars + 1).unwrap();
    // 0 is red, 1 is green, 2 is out.
    let light = Value::new(0).unwrap();
    let counts = Array::zeroed(cars).unwrap();
    let mut processes = Vec::new();
    for car in 0..cars {
        let (street, start, light, counts) = (street.clone(), start.clone(), light.clone(), counts.clone());
        processes.push(Process::new(format!("car {car}"), move || {
            street.arrive(car);
            start.wait().unwrap();
            loop {
                let held = light.lock().unwrap();
                match held.get() {
                    0 => {
                        drop(held);
                        thread::sleep(Duration::from_micros(500));
                    }
                    1 => {
                        street.cross(car);
                        drop(held);
                        counts.fetch_add(car, 1);
                        street.arrive(car);
                    }
                    _ => return,
                }
            }
        }));
    }
    let street = street.clone();
    processes.push(Process::new("light", move || {
        start.wait().unwrap();
        while let Some(green) = street.next() {
            let mut held = light.lock().unwrap();
            held.set(i32::from(green));
            street.show(green);
        }
        light.lock().unwrap().set(2);
    }));
    for process in &mut processes {
        process.start().unwrap();
    }
    for process in &processes {
        process.join().unwrap();
    }
    counts.to_vec().into_iter().sum()
}
