// kind: racy
// `clear` stops nobody who has passed `wait`: that car crosses although the light is red.
fn traffic(cars: usize, street: &Street) -> usize {
    let start = Barrier::new(cars).unwrap();
    let green = Event::new().unwrap();
    let out = Value::new(false).unwrap();
    let crossings = Value::new(0).unwrap();
    let mut processes = Vec::new();
    for car in 0..cars {
        let (street, start, green) = (street.clone(), start.clone(), green.clone());
        let (out, crossings) = (out.clone(), crossings.clone());
        processes.push(Process::new(format!("car {car}"), move || {
            street.arrive(car);
            start.wait().unwrap();
            loop {
                green.wait().unwrap();
                if out.get() {
                    return;
                }
                street.cross(car);
                crossings.fetch_add(1);
                street.arrive(car);
            }
        }));
    }
    let street = street.clone();
    processes.push(Process::new("light", move || {
        while let Some(now) = street.next() {
            street.show(now);
            if now {
                green.set();
            } else {
                green.clear();
            }
        }
        out.set(true);
        green.set();
    }));
    for process in &mut processes {
        process.start().unwrap();
    }
    for process in &processes {
        process.join().unwrap();
    }
    crossings.get()
}
