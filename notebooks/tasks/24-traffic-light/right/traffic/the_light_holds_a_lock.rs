// The light holds a lock as long as it is red, and a car holds it while it crosses.
use exercises::process::Lock;

fn traffic(cars: usize, street: &Street) -> usize {
    let start = Barrier::new(cars + 1).unwrap();
    let red = Lock::new().unwrap();
    let out = Value::new(false).unwrap();
    let crossings = Value::new(0).unwrap();
    let mut processes = Vec::new();
    {
        let (street, start, red, out) = (street.clone(), start.clone(), red.clone(), out.clone());
        let mut light = Process::new("light", move || {
            let mut held = Some(red.lock().unwrap());
            start.wait().unwrap();
            while let Some(green) = street.next() {
                if green {
                    street.show(true);
                    held = None;
                } else {
                    held = Some(red.lock().unwrap());
                    street.show(false);
                }
            }
            out.set(true);
            drop(held);
        });
        light.start().unwrap();
        processes.push(light);
    }
    for car in 0..cars {
        let (street, start, red) = (street.clone(), start.clone(), red.clone());
        let (out, crossings) = (out.clone(), crossings.clone());
        let mut process = Process::new(format!("car {car}"), move || {
            street.arrive(car);
            start.wait().unwrap();
            loop {
                let turn = red.lock().unwrap();
                if out.get() {
                    return;
                }
                street.cross(car);
                crossings.fetch_add(1);
                drop(turn);
                street.arrive(car);
            }
        });
        process.start().unwrap();
        processes.push(process);
    }
    for process in processes {
        process.join().unwrap();
    }
    crossings.get()
}
