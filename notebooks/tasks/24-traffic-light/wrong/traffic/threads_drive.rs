// kind: other
// Threads are no processes.
fn traffic(cars: usize, street: &Street) -> usize {
    let start = std::sync::Barrier::new(cars);
    let light = std::sync::Mutex::new((false, false));
    let changed = std::sync::Condvar::new();
    let crossings = Value::new(0).unwrap();
    thread::scope(|s| {
        for car in 0..cars {
            let (start, light, changed, crossings) = (&start, &light, &changed, &crossings);
            s.spawn(move || {
                street.arrive(car);
                start.wait();
                loop {
                    let held = light.lock().unwrap();
                    let held = changed.wait_while(held, |(green, out)| !*green && !*out).unwrap();
                    if held.1 {
                        return;
                    }
                    street.cross(car);
                    crossings.fetch_add(1);
                    drop(held);
                    street.arrive(car);
                }
            });
        }
        while let Some(green) = street.next() {
            let mut held = light.lock().unwrap();
            held.0 = green;
            street.show(green);
            changed.notify_all();
        }
        light.lock().unwrap().1 = true;
        changed.notify_all();
    });
    crossings.get()
}
