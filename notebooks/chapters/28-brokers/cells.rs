//! The cells of chapter 28, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::broker::Broker;
    use exercises::process::{Process, Queue};
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
    use std::sync::{Arc, Mutex};
    use std::thread::{self, JoinHandle};
    use std::time::Duration;
    // end cell

    // cell: smallest
    {
        let (ask, questions) = mpsc::channel::<(u64, Sender<u64>)>();
        let worker = thread::spawn(move || {
            let mut both = vec![questions.recv().unwrap(), questions.recv().unwrap()];
            // The last one first.
            while let Some((number, reply)) = both.pop() {
                reply.send(number * number).unwrap();
            }
        });
        let tickets = [3, 4].map(|number| {
            let (reply, answer) = mpsc::channel();
            ask.send((number, reply)).unwrap();
            (number, answer)
        });
        for (number, answer) in tickets {
            println!("{number} squared is {}", answer.recv().unwrap());
        }
        worker.join().unwrap();
    }
    // end cell

    // cell: fire
    fn handle(worker: usize, message: u64) -> u64 {
        println!("Worker {worker} handles message {message}");
        thread::sleep(Duration::from_millis(20));
        message * message
    }

    {
        let broker = Broker::start(2, 10, handle).unwrap();
        for message in 1..=6 {
            println!("Sent and forgotten: message {message}");
            broker.fire(message).unwrap();
        }
        println!("all sent, {} handled", broker.tally().handled);
        println!("in the end {} handled", broker.shutdown().handled);
    }
    // end cell

    // cell: ask
    {
        let broker = Broker::start(2, 10, handle).unwrap();
        thread::scope(|s| {
            for client in 1..=6 {
                let broker = &broker;
                s.spawn(move || {
                    println!("Client {client} asks, request number {client}");
                    let answer = broker.ask(client).unwrap().answer();
                    println!("Client {client} has the reply to request number {client}");
                    assert_eq!(answer.unwrap(), client * client);
                });
            }
        });
    }
    // end cell

    // cell: full
    {
        let broker = Broker::start(2, 3, handle).unwrap();
        thread::scope(|s| {
            s.spawn(|| {
                for message in 1..=6 {
                    broker.fire(message).unwrap();
                    println!("The patient sender got message {message} accepted");
                }
            });
            s.spawn(|| {
                for message in 7..=12 {
                    match broker.try_fire(message) {
                        Ok(()) => println!("The hasty sender got message {message} accepted"),
                        Err(_) => {
                            println!("No room: message {message} of the hasty sender is refused")
                        }
                    }
                }
            });
        });
        let tally = broker.shutdown();
        println!("{} accepted, {} handled", tally.accepted, tally.handled);
    }
    // end cell

    // cell: worker-runs
    use std::net::{TcpListener, TcpStream};

    fn six_tasks(site: &TcpListener) -> Queue<(u16, String)> {
        let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
        let tasks = Queue::unbounded().unwrap();
        for number in 0..6 {
            let (kind, asked) = match number {
                4 => ("refused", &nobody),
                _ => ("up", site),
            };
            let port = asked.local_addr().unwrap().port();
            tasks.put((port, format!("/{kind}/{number}"))).unwrap();
        }
        println!("{} tasks in the queue", tasks.len());
        tasks
    }

    fn work(tasks: &Queue<(u16, String)>, results: Option<&Queue<bool>>) {
        while let Some((port, path)) = tasks.get().unwrap() {
            let address = format!("http://127.0.0.1:{port}{path}");
            let is_up = TcpStream::connect(("127.0.0.1", port)).is_ok();
            if is_up {
                println!("{address} is up");
            } else {
                println!("{address} is down: connection refused");
                println!("Notified the owner of {address}");
            }
            if let Some(results) = results {
                results.put(is_up).unwrap();
            }
        }
    }

    {
        let site = TcpListener::bind("127.0.0.1:0").unwrap();
        let (tasks, results) = (six_tasks(&site), Queue::unbounded().unwrap());
        let mut worker = Process::borrowing("worker", || work(&tasks, Some(&results)));
        worker.start().unwrap();
        let up = (0..6).filter(|_| results.get().unwrap() == Some(true));
        let up = up.count();
        println!("{up} up, {} down", 6 - up);
        tasks.close();
        worker.join().unwrap();
    }
    // end cell

    // cell: no-worker
    {
        let site = TcpListener::bind("127.0.0.1:0").unwrap();
        let tasks = six_tasks(&site);
        thread::sleep(Duration::from_millis(100));
        let waiting = tasks.len();
        println!("{waiting} tasks still in the queue: no worker has taken them");
    }
    // end cell

    // cell: no-results
    {
        let site = TcpListener::bind("127.0.0.1:0").unwrap();
        let tasks = six_tasks(&site);
        let count = tasks.len();
        tasks.close();
        let mut worker = Process::borrowing("worker", || work(&tasks, None));
        worker.start().unwrap();
        worker.join().unwrap();
        println!("{count} tasks are done; their results are unknown");
    }
    // end cell

    // cell: mistake-mixed
    /// Two workers at the same time; what they answer comes through one channel.
    fn two_answers() -> Receiver<(usize, String)> {
        let (reply, answers) = mpsc::channel();
        let questions = [("how old is the sea?", 60), ("how deep is it?", 10)];
        for (number, (question, millis)) in questions.into_iter().enumerate() {
            let reply = reply.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(millis));
                let answer = format!("an answer to: {question}");
                reply.send((number, answer)).unwrap();
            });
        }
        answers
    }

    for (asked, (_, answer)) in two_answers().into_iter().enumerate() {
        println!("asker {asked} takes it for his: {answer}");
    }
    // end cell

    // cell: mended-mixed
    for (number, answer) in two_answers() {
        println!("asker {number} gets: {answer}");
    }
    // end cell

    // cell: mistake-no-limit
    fn deepest(room: usize) -> usize {
        let broker = Broker::start(1, room, |_worker, _message: u32| {
            thread::sleep(Duration::from_micros(500));
        });
        let broker = broker.unwrap();
        let mut deepest = 0;
        for message in 0..200 {
            broker.fire(message).unwrap();
            deepest = deepest.max(broker.waiting());
        }
        broker.shutdown();
        deepest
    }

    println!("at most {} were waiting", deepest(100_000));
    // end cell

    // cell: mended-limit
    println!("at most {} were waiting", deepest(5));
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: whose-answer
        use std::sync::{Mutex, mpsc};
        use std::thread;

        let (requests, broker) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        let answers = Mutex::new(answers);
        thread::scope(|s| {
            s.spawn(move || {
                for number in broker {
                    answer.send(number * number).unwrap();
                }
            });
            for number in [2, 3] {
                let requests = requests.clone();
                let answers = &answers;
                s.spawn(move || {
                    requests.send(number).unwrap();
                    let square = answers.lock().unwrap().recv().unwrap();
                    println!("the square of {number} is {square}");
                });
            }
            drop(requests);
        });
        // end cell
    };

    // cell: work
    type Work = Arc<dyn Fn(u32) -> u32 + Send + Sync>;
    // end cell

    // cell: desk
    struct Desk {
        // Your fields go here.
    }

    impl Desk {
        fn open(clerks: usize, room: usize, work: Work) -> Desk {
            // Your code goes here.
            let _ = (clerks, room, work);
            Desk {}
        }

        fn ask(&self, request: u32) -> Option<Receiver<u32>> {
            let _ = request;
            None
        }

        fn fire(&self, request: u32) {
            let _ = request;
        }

        fn close(self) {}
    }
    // end cell

    // cell: check-desk
    fn check_desk<D: Send + 'static>(
        open: fn(usize, usize, Work) -> D,
        ask: fn(&D, u32) -> Option<Receiver<u32>>,
        fire: fn(&D, u32),
        close: fn(D),
    ) -> Result<(), String> {
        let patience = Duration::from_secs(3);
        let close_in_time = |desk: D| {
            let (done, closed) = mpsc::channel();
            thread::spawn(move || {
                close(desk);
                done.send(())
            });
            let closed = closed.recv_timeout(patience);
            closed.map_err(|_| "close does not return".to_string())
        };

        // Replies: three clerks, and the longest request is the first.
        let work: Work = Arc::new(|request| {
            thread::sleep(Duration::from_millis(u64::from(30 - request)));
            request * request
        });
        let desk = open(3, 30, work.clone());
        let tickets: Vec<_> = (0..20)
            .map(|request| (request, ask(&desk, request)))
            .collect();
        for (request, ticket) in tickets {
            let ticket = ticket.ok_or("there was room, and a request was refused")?;
            let answer = ticket.recv_timeout(patience);
            if answer != Ok(request * request) {
                return Err(format!("{request} was asked, and the answer is {answer:?}"));
            }
        }
        close_in_time(desk)?;
        if Arc::strong_count(&work) > 1 {
            return Err("the desk is closed, and a clerk is still there".into());
        }

        // Room: one clerk, held up at its first request, and room for two.
        let (open_gate, gate) = mpsc::channel::<()>();
        let (begin, begun) = mpsc::channel();
        let (gate, begin) = (Mutex::new(gate), Mutex::new(begin));
        let handled = Arc::new(AtomicUsize::new(0));
        let counted = handled.clone();
        let work: Work = Arc::new(move |request| {
            let _ = begin.lock().unwrap().send(());
            let _ = gate.lock().unwrap().recv();
            counted.fetch_add(1, Ordering::SeqCst);
            if request == 1 {
                resume_unwind(Box::new("it does not like this one"));
            }
            request
        });
        let desk = open(1, 2, work.clone());
        let first = ask(&desk, 0).ok_or("the desk is empty, and a request was refused")?;
        if begun.recv_timeout(patience).is_err() {
            return Err("a request was accepted, and nobody does it".into());
        }
        let accepted: Vec<_> = (1..=4).filter_map(|request| ask(&desk, request)).collect();
        if accepted.len() != 2 {
            let count = accepted.len();
            return Err(format!(
                "the clerk is busy, room for 2, and {count} of 4 were accepted"
            ));
        }
        drop(open_gate);
        close_in_time(desk)?;
        if handled.load(Ordering::SeqCst) != 4 {
            let count = handled.load(Ordering::SeqCst);
            return Err(format!(
                "3 were accepted, one panics twice: `work` was called {count} times instead of 4"
            ));
        }
        let mut answers = vec![first.try_recv().ok()];
        answers.extend(accepted.iter().map(|ticket| ticket.try_recv().ok()));
        if answers != [Some(0), None, Some(2)] {
            return Err(format!(
                "the work panicked at request 1 of 0, 1, 2: {answers:?}"
            ));
        }

        // Fired: one clerk, room for one, and a sender that wants no answer.
        let done = Arc::new(AtomicUsize::new(0));
        let counted = done.clone();
        let work: Work = Arc::new(move |request| {
            thread::sleep(Duration::from_millis(1));
            counted.fetch_add(1, Ordering::SeqCst);
            request
        });
        let desk = open(1, 1, work);
        for request in 0..20 {
            fire(&desk, request);
            let open_requests = (request as usize + 1).saturating_sub(done.load(Ordering::SeqCst));
            if open_requests > 2 {
                return Err("there is no room, and who fires goes on".into());
            }
        }
        close_in_time(desk)?;
        if done.load(Ordering::SeqCst) != 20 {
            let count = done.load(Ordering::SeqCst);
            return Err(format!("20 were fired, and {count} were done"));
        }
        Ok(())
    }

    match check_desk(Desk::open, Desk::ask, Desk::fire, Desk::close) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_desk(Desk::open, Desk::ask, Desk::fire, Desk::close).is_err());
    let (ask, fire, close) = (Solved::ask, Solved::fire, Solved::close);
    assert_eq!(check_desk(Solved::open, ask, fire, close), Ok(()));
    assert!(check_desk(without_a_limit, ask, fire, close).is_err());
    assert!(check_desk(Solved::open, ask, fired_into_a_full_room, close).is_err());

    struct Solved {
        requests: SyncSender<(u32, Sender<u32>)>,
        clerks: Vec<JoinHandle<()>>,
    }

    impl Solved {
        fn open(clerks: usize, room: usize, work: Work) -> Solved {
            let (requests, waiting) = mpsc::sync_channel::<(u32, Sender<u32>)>(room);
            let waiting = Arc::new(Mutex::new(waiting));
            let clerks = (0..clerks)
                .map(|_| {
                    let (waiting, work) = (waiting.clone(), work.clone());
                    thread::spawn(move || {
                        loop {
                            let next = waiting.lock().unwrap().recv();
                            let Ok((request, reply)) = next else { return };
                            let once = || catch_unwind(AssertUnwindSafe(|| work(request)));
                            let answer = once().or_else(|_| once());
                            if let Ok(answer) = answer {
                                // The asker may have gone.
                                let _ = reply.send(answer);
                            }
                        }
                    })
                })
                .collect();
            Solved { requests, clerks }
        }

        fn ask(&self, request: u32) -> Option<Receiver<u32>> {
            let (reply, answer) = mpsc::channel();
            self.requests.try_send((request, reply)).ok()?;
            Some(answer)
        }

        fn fire(&self, request: u32) {
            // Nobody hears the answer.
            let (reply, _) = mpsc::channel();
            let _ = self.requests.send((request, reply));
        }

        fn close(self) {
            drop(self.requests);
            for clerk in self.clerks {
                clerk.join().unwrap();
            }
        }
    }

    fn without_a_limit(clerks: usize, _room: usize, work: Work) -> Solved {
        Solved::open(clerks, 1000, work)
    }

    fn fired_into_a_full_room(desk: &Solved, request: u32) {
        drop(desk.ask(request));
    }
}
