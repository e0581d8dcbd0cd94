//! The cells of chapter 21, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{Process, Queue};
    use std::thread;
    use std::time::Duration;
    // end cell

    // cell: smallest
    {
        let basket = Queue::<String>::unbounded().unwrap();
        let producer_side = basket.clone();
        let mut producer = Process::new("producer", move || {
            for food in ["bread", "cheese"] {
                producer_side.put(food.to_string()).unwrap();
            }
            producer_side.close();
        });
        producer.start().unwrap();
        while let Some(food) = basket.get().unwrap() {
            println!("{food}");
        }
        println!("that was all");
        producer.join().unwrap();
    }
    // end cell

    // cell: patient
    fn producer(queue: &Queue<u32>, n: u32, pause: Duration) -> Process<'static> {
        let queue = queue.clone();
        let mut process = Process::new("producer", move || {
            for item in 0..n {
                println!("Producer : {item} appended to Q");
                queue.put(item).unwrap();
                thread::sleep(pause);
            }
            queue.close();
        });
        process.start().unwrap();
        process
    }

    fn patient_consumer(queue: &Queue<u32>, pause: Duration) -> Process<'static> {
        let queue = queue.clone();
        let mut process = Process::new("consumer", move || {
            while let Some(item) = queue.get().unwrap() {
                println!("Consumer : {item} popped from Q");
                thread::sleep(pause);
            }
            println!("The Q is empty");
        });
        process.start().unwrap();
        process
    }

    {
        let queue = Queue::unbounded().unwrap();
        let producer = producer(&queue, 4, Duration::from_millis(20));
        let consumer = patient_consumer(&queue, Duration::from_millis(40));
        producer.join().unwrap();
        consumer.join().unwrap();
    }
    // end cell

    // cell: gives-up
    fn impatient_consumer(queue: &Queue<u32>) -> Process<'static> {
        let queue = queue.clone();
        let mut process = Process::new("consumer", move || {
            while let Ok(item) = queue.try_get() {
                println!("Consumer : {item} popped from Q");
            }
            println!("The Q is empty");
        });
        process.start().unwrap();
        process
    }

    {
        let queue = Queue::unbounded().unwrap();
        let producer = producer(&queue, 4, Duration::from_millis(20));
        let consumer = impatient_consumer(&queue);
        producer.join().unwrap();
        consumer.join().unwrap();
    }
    // end cell

    // cell: producer-first
    {
        let queue = Queue::unbounded().unwrap();
        producer(&queue, 4, Duration::ZERO).join().unwrap();
        patient_consumer(&queue, Duration::ZERO).join().unwrap();
    }
    // end cell

    // cell: dishes
    use exercises::process::JoinableQueue;

    fn dryer(rack: &JoinableQueue<String>, leaves_out: &'static str) -> Process<'static> {
        let rack = rack.clone();
        let mut process = Process::new("dryer", move || {
            while let Some(dish) = rack.get().unwrap() {
                println!("Drying {dish}");
                if dish != leaves_out {
                    rack.task_done().unwrap();
                }
            }
        });
        process.start().unwrap();
        process
    }

    {
        let rack = JoinableQueue::unbounded().unwrap();
        let dryer = dryer(&rack, "nothing");
        for dish in ["salad", "bread"] {
            rack.put(dish.to_string()).unwrap();
        }
        rack.join().unwrap();
        println!("all dry");
        rack.close();
        dryer.join().unwrap();
    }
    // end cell

    // cell: mistake-report
    {
        let rack = JoinableQueue::unbounded().unwrap();
        let dryer = dryer(&rack, "bread");
        for dish in ["salad", "bread"] {
            rack.put(dish.to_string()).unwrap();
        }
        let limit = Duration::from_millis(300);
        println!("all dry: {}", rack.join_timeout(limit).unwrap());
        rack.close();
        dryer.join().unwrap();
    }
    // end cell

    // cell: mistake-empty
    fn quiet_producer(queue: &Queue<u32>) -> Process<'static> {
        let queue = queue.clone();
        let mut process = Process::new("producer", move || {
            for item in 0..3 {
                queue.put(item).unwrap();
                thread::sleep(Duration::from_micros(100));
            }
            queue.close();
        });
        process.start().unwrap();
        process
    }

    {
        let mut counts = Vec::new();
        for _ in 0..20 {
            let queue = Queue::unbounded().unwrap();
            let producer = quiet_producer(&queue);
            // Late enough for some of the items.
            thread::sleep(Duration::from_micros(500));
            let mut count = 0;
            while queue.try_get().is_ok() {
                count += 1;
            }
            counts.push(count);
            producer.join().unwrap();
        }
        println!("{counts:?}");
    }
    // end cell

    // cell: mended-closed
    {
        let mut counts = Vec::new();
        for _ in 0..20 {
            let queue = Queue::unbounded().unwrap();
            let producer = quiet_producer(&queue);
            let mut count = 0;
            while queue.get().unwrap().is_some() {
                count += 1;
            }
            counts.push(count);
            producer.join().unwrap();
        }
        println!("{counts:?}");
    }
    // end cell

    // cell: mistake-no-close
    {
        let queue = Queue::<u32>::unbounded().unwrap();
        let side = queue.clone();
        let mut forgetful = Process::new("forgetful", move || {
            side.put(1).unwrap();
            // It has nothing more to send, but does not say so.
            thread::sleep(Duration::from_millis(300));
        });
        forgetful.start().unwrap();
        println!("first: {:?}", queue.get().unwrap());
        let second = queue.get_timeout(Duration::from_millis(100));
        println!("after 100 ms: {second:?}");
        forgetful.join().unwrap();
        println!("after its end: {:?}", queue.get().unwrap());
    }
    // end cell

    // cell: bounded
    {
        let queue = Queue::<u32>::bounded(2).unwrap();
        let side = queue.clone();
        let mut producer = Process::new("producer", move || {
            for item in 0..4 {
                side.put(item).unwrap();
                println!("{item} is in the queue");
            }
            side.close();
        });
        producer.start().unwrap();
        thread::sleep(Duration::from_millis(100));
        println!("the consumer wakes up");
        while let Some(item) = queue.get().unwrap() {
            println!("{item} is out of the queue");
        }
        producer.join().unwrap();
    }
    // end cell

    // cell: bakery
    fn bakery(loaves: u32, customers: u32, oven: usize, sold: &Queue<(u32, u32)>) {
        // Your code goes here.
        let _ = (loaves, customers, oven, sold);
    }
    // end cell

    // cell: check-bakery
    fn check_bakery(bakery: fn(u32, u32, usize, &Queue<(u32, u32)>)) -> Result<(), String> {
        for (loaves, customers, oven) in [(5, 1, 1), (30, 3, 2), (0, 2, 4)] {
            let sold = Queue::unbounded().unwrap();
            bakery(loaves, customers, oven, &sold);
            sold.close();
            let mut sales = Vec::new();
            while let Ok(Some(sale)) = sold.get() {
                sales.push(sale);
            }
            if let Some(stranger) = sales.iter().find(|sale| sale.0 >= customers) {
                return Err(format!("there is no customer {}", stranger.0));
            }
            let mut loaves_sold: Vec<u32> = sales.iter().map(|sale| sale.1).collect();
            loaves_sold.sort();
            if loaves_sold != (0..loaves).collect::<Vec<_>>() {
                return Err(format!(
                    "{loaves} loaves were baked, sold were {loaves_sold:?}"
                ));
            }
        }
        Ok(())
    }

    match check_bakery(bakery) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_bakery(bakery).is_err());
    assert_eq!(check_bakery(solved_bakery), Ok(()));

    fn solved_bakery(loaves: u32, customers: u32, oven: usize, sold: &Queue<(u32, u32)>) {
        let shelf = Queue::<u32>::bounded(oven).unwrap();
        let baker_side = shelf.clone();
        let mut people = vec![Process::new("baker", move || {
            for loaf in 0..loaves {
                baker_side.put(loaf).unwrap();
            }
            baker_side.close();
        })];
        for customer in 0..customers {
            let (shelf, sold) = (shelf.clone(), sold.clone());
            people.push(Process::new(format!("customer {customer}"), move || {
                while let Some(loaf) = shelf.get().unwrap() {
                    sold.put((customer, loaf)).unwrap();
                }
            }));
        }
        for person in &mut people {
            person.start().unwrap();
        }
        for person in &mut people {
            person.join().unwrap();
        }
    }
}
