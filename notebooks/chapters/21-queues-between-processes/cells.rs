//! The cells of chapter 21, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{Process, Queue};
    use std::thread;
    use std::time::Duration;
    // end cell

    // cell: smallest-std
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    {
        let mut producer = Command::new("printf");
        producer.arg("bread\\ncheese\\n").stdout(Stdio::piped());
        let mut producer = producer.spawn().unwrap();
        for food in BufReader::new(producer.stdout.take().unwrap()).lines() {
            println!("{}", food.unwrap());
        }
        println!("that was all");
        producer.wait().unwrap();
    }
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

    // cell: one-value
    {
        let queue = Queue::<String>::unbounded().unwrap();
        let side = queue.clone();
        let mut producer = Process::new("producer", move || {
            println!("producer puts test");
            side.put("test".to_string()).unwrap();
        });
        producer.start().unwrap();
        producer.join().unwrap();
        println!("main gets {}", queue.get().unwrap().unwrap());
    }
    // end cell

    // cell: no-end-yet
    use exercises::process::{Event, TryGetError};

    fn take_until_the_end(closes: bool) {
        let queue = Queue::<u32>::unbounded().unwrap();
        let may_end = Event::new().unwrap();
        let (side, its_end) = (queue.clone(), may_end.clone());
        let mut producer = Process::new("producer", move || {
            for item in 1..=4 {
                println!("producer puts {item}");
                side.put(item).unwrap();
            }
            if closes {
                side.close();
            }
            its_end.wait().unwrap();
        });
        producer.start().unwrap();
        loop {
            match queue.get_timeout(Duration::from_millis(200)) {
                Ok(item) => println!("main gets {item}"),
                Err(TryGetError::Empty) => {
                    println!(
                        "main waits in vain: the queue is empty, and the producer still lives"
                    );
                    may_end.set();
                }
                Err(_) => break println!("main sees the end of the queue"),
            }
        }
        may_end.set();
        producer.join().unwrap();
    }

    take_until_the_end(false);
    // end cell

    // cell: closed
    take_until_the_end(true);
    // end cell

    // cell: dishes
    use exercises::process::JoinableQueue;

    fn dryer(number: u32, rack: &JoinableQueue<String>, forgets: &'static str) -> Process<'static> {
        let rack = rack.clone();
        let mut process = Process::new(format!("dryer {number}"), move || {
            while let Some(dish) = rack.get().unwrap() {
                println!("dryer {number}: Drying {dish}");
                thread::sleep(Duration::from_millis(20));
                if dish != forgets {
                    rack.task_done().unwrap();
                }
            }
        });
        process.start().unwrap();
        process
    }

    fn wash(dryers: u32, forgets: &'static str, patience: Duration) {
        let rack = JoinableQueue::unbounded().unwrap();
        let dryers: Vec<_> = (1..=dryers).map(|k| dryer(k, &rack, forgets)).collect();
        for dish in ["salad", "bread", "entree", "dessert"] {
            println!("Washing {dish}");
            rack.put(dish.to_string()).unwrap();
        }
        match rack.join_timeout(patience).unwrap() {
            true => println!("all done: 4 dishes"),
            false => println!("still waiting, gave up: a report is missing"),
        }
        rack.close();
        for dryer in dryers {
            dryer.join().unwrap();
        }
    }

    wash(1, "nothing", Duration::from_secs(20));
    // end cell

    // cell: two-dryers
    wash(2, "nothing", Duration::from_secs(20));
    // end cell

    // cell: mistake-report
    wash(1, "dessert", Duration::from_millis(400));
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

    // cell: killed
    use exercises::process::{GetError, PutError};

    {
        let queue = Queue::<u32>::unbounded().unwrap();
        let side = queue.clone();
        let mut consumer = Process::new("consumer", move || {
            let _item = side.get().unwrap();
            loop {
                thread::park();
            }
        });
        consumer.start().unwrap();
        queue.put(1).unwrap();
        queue.put(2).unwrap();
        // Until the consumer has taken one.
        while queue.len() == 2 {
            thread::yield_now();
        }
        consumer.kill().unwrap();
        consumer.join().unwrap();
        for _ in 0..3 {
            match queue.get() {
                Ok(item) => println!("main gets {item:?}"),
                Err(GetError::Abandoned(news)) => println!("main is told: {news}"),
                Err(error) => panic!("{error}"),
            }
        }
    }
    // end cell

    // cell: book
    /// The book of the bakery: who bakes or buys a loaf writes it down.
    #[derive(Clone)]
    struct Book {
        lines: Queue<(Option<u32>, u32)>,
        accidents: Queue<u32>,
    }

    impl Book {
        fn new(accidents: u32) -> Book {
            let book = Book {
                lines: Queue::unbounded().unwrap(),
                accidents: Queue::unbounded().unwrap(),
            };
            for number in 0..accidents {
                book.accidents.put(number).unwrap();
            }
            book
        }

        fn bake(&self, loaf: u32) {
            self.lines.put((None, loaf)).unwrap();
        }

        fn buy(&self, customer: u32, loaf: u32) {
            self.lines.put((Some(customer), loaf)).unwrap();
            if self.accidents.try_get().is_ok() {
                // This customer is killed from outside.
                let kill = ["-c", "kill -KILL $PPID"];
                std::process::Command::new("sh")
                    .args(kill)
                    .status()
                    .unwrap();
            }
        }
    }
    // end cell

    // cell: bakery
    fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
        // Your code goes here.
        let _ = (loaves, customers, oven, book);
    }
    // end cell

    // cell: check-bakery
    fn check_bakery(bakery: fn(u32, u32, usize, &Book)) -> Result<(), String> {
        for (loaves, customers, oven, accidents) in
            [(5, 1, 1, 0), (30, 3, 2, 0), (0, 2, 4, 0), (30, 3, 2, 1)]
        {
            let book = Book::new(accidents);
            bakery(loaves, customers, oven, &book);
            book.lines.close();
            let (mut baked, mut sold) = (0, Vec::new());
            for line in &book.lines {
                let (customer, loaf) = line.unwrap();
                match customer {
                    None => baked += 1,
                    Some(customer) if customer < customers => sold.push(loaf),
                    Some(customer) => return Err(format!("there is no customer {customer}")),
                }
                // The baker may have one more in hand, and so may each customer.
                if baked > sold.len() + oven + customers as usize + 1 {
                    return Err(format!(
                        "{baked} baked, {} sold: the oven is too full",
                        sold.len()
                    ));
                }
            }
            sold.sort();
            if baked != loaves as usize || sold != (0..loaves).collect::<Vec<_>>() {
                return Err(format!(
                    "of {loaves} loaves, {baked} were baked, and sold were {sold:?}"
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

    fn solved_bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
        let shelf = Queue::<u32>::bounded(oven).unwrap();
        let (baker_side, baker_book) = (shelf.clone(), book.clone());
        let mut people = vec![Process::new("baker", move || {
            for loaf in 0..loaves {
                baker_book.bake(loaf);
                loop {
                    match baker_side.put(loaf) {
                        // A customer has died. The others go on.
                        Err(PutError::Abandoned(_)) => {}
                        other => break other.unwrap(),
                    }
                }
            }
            baker_side.close();
        })];
        for customer in 0..customers {
            let (shelf, book) = (shelf.clone(), book.clone());
            people.push(Process::new(format!("customer {customer}"), move || {
                loop {
                    match shelf.get() {
                        Ok(Some(loaf)) => book.buy(customer, loaf),
                        Ok(None) => break,
                        Err(GetError::Abandoned(_)) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            }));
        }
        for person in &mut people {
            person.start().unwrap();
        }
        for person in &people {
            person.join().unwrap();
        }
    }
}
