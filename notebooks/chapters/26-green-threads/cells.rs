//! The cells of chapter 26, and a solution of its task.

// What becomes of a future that nobody awaits is what a cell shows.
#[allow(clippy::let_underscore_future)]
fn main() {
    // cell: imports
    use exercises::green::net::{Connection, Listener};
    use exercises::green::{self, Watchdog};
    use exercises::sync::ThreadPool;
    use std::cell::{Cell, RefCell};
    use std::collections::VecDeque;
    use std::future::{Future, poll_fn};
    use std::io;
    use std::pin::Pin;
    use std::rc::Rc;
    use std::task::{Context, Poll, Waker};
    use std::thread::{self, ThreadId};
    use std::time::{Duration, Instant};
    // end cell

    // cell: future
    {
        let mut future = Box::pin(async { println!("the future runs") });
        println!("made");
        let mut nobody = Context::from_waker(Waker::noop());
        println!("{:?}", future.as_mut().poll(&mut nobody));
    }
    // end cell

    // cell: by-hand
    /// Runs all tasks, each until it gives way, then the next one.
    fn run_all(mut tasks: VecDeque<Pin<Box<dyn Future<Output = ()>>>>) {
        let mut context = Context::from_waker(Waker::noop());
        while let Some(mut task) = tasks.pop_front() {
            if task.as_mut().poll(&mut context).is_pending() {
                tasks.push_back(task);
            }
        }
    }

    /// Gives way once: the first time it is pending, the second time ready.
    fn give_way() -> impl Future<Output = ()> {
        let mut asked = false;
        poll_fn(move |_| {
            if asked {
                return Poll::Ready(());
            }
            asked = true;
            Poll::Pending
        })
    }
    // end cell

    // cell: by-hand-run
    async fn three_steps(name: &str) {
        for step in 1..=3 {
            println!("{name}: step {step}");
            give_way().await;
        }
    }

    run_all(VecDeque::from([
        Box::pin(three_steps("A")) as Pin<Box<dyn Future<Output = ()>>>,
        Box::pin(three_steps("B")),
    ]));
    // end cell

    // cell: two-tasks
    async fn say(begin: Instant, phrase: &str, pause: u64) {
        println!("{phrase} (after {} ms)", begin.elapsed().as_millis());
        green::sleep(Duration::from_millis(pause)).await;
    }

    green::run(async {
        let begin = Instant::now();
        for [first, second] in [["Surrender,", "Dorothy!"], ["hello", "world"]] {
            let first = green::spawn("first", say(begin, first, 200));
            let second = green::spawn("second", say(begin, second, 0));
            green::join_all([first, second]).await;
        }
        println!("Time: {} ms", begin.elapsed().as_millis());
    })
    .unwrap();
    // end cell

    // cell: plain-awaiting
    green::run(async {
        let begin = Instant::now();
        say(begin, "Surrender,", 200).await;
        say(begin, "Dorothy!", 0).await;
        say(begin, "hello", 200).await;
        say(begin, "world", 0).await;
        println!("Time: {} ms", begin.elapsed().as_millis());
    })
    .unwrap();
    // end cell

    // cell: both-pause
    green::run(async {
        let begin = Instant::now();
        for [first, second] in [["Surrender,", "Dorothy!"], ["hello", "world"]] {
            green::gather([say(begin, first, 200), say(begin, second, 100)]).await;
        }
        println!("Time: {} ms", begin.elapsed().as_millis());
    })
    .unwrap();
    // end cell

    // cell: give-way
    async fn look_up(host: u32) -> String {
        println!("Host {host}: asking for the address");
        if host == 3 {
            std::future::pending::<()>().await;
        }
        green::sleep(Duration::from_millis(30)).await;
        format!("127.0.0.{host}")
    }

    {
        let results = green::run(async {
            let tasks = (1..=3).map(|host| green::spawn(format!("host {host}"), look_up(host)));
            green::join_all_timeout(tasks.collect::<Vec<_>>(), Duration::from_millis(500)).await
        });
        for (host, address) in (1..).zip(results.unwrap()) {
            let address = address.map_or("no answer in time".to_string(), Result::unwrap);
            println!("Host {host}: {address}");
        }
    }
    // end cell

    // cell: helper-threads
    fn blocking_look_up(host: u32) -> String {
        println!("Host {host}: asking for the address");
        thread::sleep(Duration::from_millis(30));
        format!("127.0.0.{host}")
    }

    {
        let pool = ThreadPool::new(3).unwrap();
        green::run(async {
            let jobs = [1, 2, 3].map(|host| pool.submit(move || blocking_look_up(host)));
            for (host, job) in (1..).zip(jobs) {
                println!("Host {host}: {}", green::wait_for(job).await.unwrap());
            }
        })
        .unwrap();
    }
    // end cell

    // cell: blocking
    {
        let begin = Instant::now();
        green::run(async {
            let show = |host| async move { println!("Host {host}: {}", blocking_look_up(host)) };
            let tasks = [1, 2, 3].map(|host| green::spawn("look up", show(host)));
            green::join_all(tasks).await;
        })
        .unwrap();
        println!("{} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: watchdog
    {
        let stalls = green::run(async {
            let watchdog = Watchdog::start(Duration::from_millis(20), |_| {}).unwrap();
            let careless = async { thread::sleep(Duration::from_millis(150)) };
            green::spawn("careless", careless).await.unwrap();
            watchdog.stop()
        });
        println!("{}", stalls.unwrap()[0]);
    }
    // end cell

    // cell: no-answer
    async fn serve(mut client: Connection, asks: bool) -> io::Result<()> {
        while let Some(line) = client.receive().await? {
            green::sleep(Duration::from_millis(10)).await;
            if line != "Knock knock" {
                client.send(&format!("{line} who?")).await?;
            } else if asks {
                client.send("Who's there?").await?;
            }
        }
        Ok(())
    }

    async fn knock(number: u32, port: u16) {
        let mut server = Connection::open(port).await.unwrap();
        for line in ["Knock knock", "Disappearing client"] {
            println!("Client {number}: {line}");
            server.send(line).await.unwrap();
            match green::timeout(Duration::from_secs(1), server.receive()).await {
                Ok(answer) => println!("Server to client {number}: {}", answer.unwrap().unwrap()),
                Err(_) => return println!("Client {number} gets no answer and gives up"),
            }
        }
        server.close().await.unwrap();
        println!("Client {number} has closed the connection, the server goes on");
    }

    async fn evening(clients: &[u32], at_once: usize, asks: bool) {
        let door = Listener::bind().unwrap();
        let port = door.port();
        let _server = green::spawn("server", async move {
            while let Ok(client) = door.accept().await {
                drop(green::spawn("dialogue", serve(client, asks)));
            }
        });
        let begin = Instant::now();
        for group in clients.chunks(at_once) {
            green::gather(group.iter().map(|number| knock(*number, port))).await;
        }
        println!("Time: {} ms", begin.elapsed().as_millis());
    }

    green::run(evening(&[1, 2, 3], 3, false)).unwrap();
    // end cell

    // cell: one-after-the-other
    green::run(evening(&[1, 2, 3], 1, true)).unwrap();
    // end cell

    // cell: all-at-once
    green::run(evening(&[1, 2, 3, 4, 5, 6], 6, true)).unwrap();
    // end cell

    // cell: mistake-not-awaited
    green::run(async {
        let _ = say(Instant::now(), "this is never said", 0);
        println!("the end");
    })
    .unwrap();
    // end cell

    // cell: mended-not-awaited
    green::run(async {
        say(Instant::now(), "this is said", 0).await;
        println!("the end");
    })
    .unwrap();
    // end cell

    // cell: mistake-await-between
    /// Two tasks add ten times each.
    fn two_tasks<F: Future<Output = ()> + 'static>(add_one: fn(Rc<Cell<u32>>) -> F) -> u32 {
        let total = Rc::new(Cell::new(0));
        green::run(async {
            let tasks = ["first", "second"].map(|name| {
                let total = total.clone();
                green::spawn(name, async move {
                    for _ in 0..10 {
                        add_one(total.clone()).await;
                    }
                })
            });
            green::join_all(tasks).await;
        })
        .unwrap();
        total.get()
    }

    let total = two_tasks(|total| async move {
        let seen = total.get();
        green::yield_now().await;
        total.set(seen + 1);
    });
    println!("{total} of 20");
    // end cell

    // cell: mended-await-between
    let total = two_tasks(|total| async move {
        green::yield_now().await;
        total.set(total.get() + 1);
    });
    println!("{total} of 20");
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: one-thread
        use std::pin::{Pin, pin};
        use std::task::{Context, Poll, Waker};

        struct GiveWay(bool);

        impl Future for GiveWay {
            type Output = ();

            fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
                if std::mem::replace(&mut self.0, true) {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                }
            }
        }

        async fn task(name: &str) {
            println!("{name} begins");
            GiveWay(false).await;
            println!("{name} ends");
        }

        let mut one = pin!(task("one"));
        let mut two = pin!(task("two"));
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..2 {
            let _ = one.as_mut().poll(&mut context);
            let _ = two.as_mut().poll(&mut context);
        }
        // end cell
    };

    // cell: log
    /// What was said: to or by which guest, the line, and in which thread.
    #[derive(Clone, Default)]
    struct Log {
        lines: Rc<RefCell<Vec<(u32, String, ThreadId)>>>,
    }

    impl Log {
        fn note(&self, guest: u32, line: &str) {
            let entry = (guest, line.to_string(), thread::current().id());
            self.lines.borrow_mut().push(entry);
        }
    }

    async fn think() {
        green::sleep(Duration::from_millis(100)).await;
    }
    // end cell

    // cell: house
    async fn house(guests: u32, log: Log) -> io::Result<()> {
        // Your code goes here.
        let _ = (guests, log);
        Ok(())
    }
    // end cell

    // cell: check-house
    fn check_house<F>(house: fn(u32, Log) -> F) -> Result<(), String>
    where
        F: Future<Output = io::Result<()>>,
    {
        for guests in [1, 20, 0] {
            let log = Log::default();
            let evening = house(guests, log.clone());
            let ended = green::run(green::timeout(Duration::from_secs(60), evening));
            match ended.map_err(|error| error.to_string())? {
                Err(_) => return Err(format!("{guests} guests: it has not ended in time")),
                Ok(Err(error)) => return Err(format!("{guests} guests: {error}")),
                Ok(Ok(())) => {}
            }
            let lines = log.lines.borrow();
            for guest in 1..=guests {
                let said: Vec<&str> = lines
                    .iter()
                    .filter(|line| line.0 == guest)
                    .map(|line| line.1.as_str())
                    .collect();
                let name = guest.to_string();
                let question = format!("{guest} who?");
                if said != ["Knock knock", "Who's there?", &name, &question, "Bye"] {
                    return Err(format!("the dialogue of guest {guest} was {said:?}"));
                }
            }
            if lines.len() != 5 * guests as usize {
                return Err(format!("{guests} guests: {} lines", lines.len()));
            }
            if lines.iter().any(|line| line.2 != thread::current().id()) {
                return Err("one thread is enough for all".into());
            }
            // While one guest is there, others must come too; otherwise they stood in line.
            let one_by_one = lines.chunks(5).all(|five| five[0].0 == five[4].0);
            if guests > 1 && one_by_one {
                return Err("each guest had to wait for the one before".into());
            }
        }
        Ok(())
    }

    match check_house(house) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_house(house).is_err());
    assert_eq!(check_house(solved_house), Ok(()));
    assert!(check_house(one_after_another).is_err());

    async fn solved_house(guests: u32, log: Log) -> io::Result<()> {
        let door = Listener::bind()?;
        let port = door.port();
        let visits: Vec<_> = (1..=guests)
            .map(|guest| green::spawn(format!("guest {guest}"), visit(guest, port, log.clone())))
            .collect();
        let mut talks = Vec::new();
        for _ in 0..guests {
            let guest = door.accept().await?;
            talks.push(green::spawn("house", talk(guest)));
        }
        for ended in green::join_all(visits.into_iter().chain(talks)).await {
            ended.map_err(io::Error::other)??;
        }
        Ok(())
    }

    async fn one_after_another(guests: u32, log: Log) -> io::Result<()> {
        let door = Listener::bind()?;
        for guest in 1..=guests {
            let visit = green::spawn("guest", visit(guest, door.port(), log.clone()));
            talk(door.accept().await?).await?;
            visit.await.map_err(io::Error::other)??;
        }
        Ok(())
    }

    async fn visit(guest: u32, port: u16, log: Log) -> io::Result<()> {
        let mut house = Connection::open(port).await?;
        for line in ["Knock knock", &guest.to_string()] {
            log.note(guest, line);
            house.send(line).await?;
            let answer = house.receive().await?;
            log.note(guest, &answer.unwrap_or_default());
        }
        log.note(guest, "Bye");
        house.send("Bye").await?;
        house.close().await
    }

    async fn talk(mut guest: Connection) -> io::Result<()> {
        while let Some(line) = guest.receive().await? {
            let answer = match line.as_str() {
                "Bye" => return Ok(()),
                "Knock knock" => "Who's there?".to_string(),
                name => format!("{name} who?"),
            };
            think().await;
            guest.send(&answer).await?;
        }
        Ok(())
    }
}
