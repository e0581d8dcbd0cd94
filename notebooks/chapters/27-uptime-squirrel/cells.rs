//! The cells of chapter 27, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::green::{self, net::Connection};
    use exercises::process::Pool;
    use exercises::sync::{Queue, ThreadPool};
    use std::io::{self, BufRead, BufReader, ErrorKind, Write};
    use std::net::{TcpListener, TcpStream};
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex, mpsc};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: server
    /// What the server has seen.
    #[derive(Default)]
    struct Seen {
        requests: Mutex<Vec<String>>,
        at_once: AtomicUsize,
        most: AtomicUsize,
        over: AtomicBool,
    }

    struct Server {
        port: u16,
        seen: Arc<Seen>,
    }

    impl Server {
        fn start() -> Server {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            let seen = Arc::new(Seen::default());
            let noted = seen.clone();
            thread::spawn(move || {
                for visitor in listener.incoming().flatten() {
                    if noted.over.load(Ordering::SeqCst) {
                        return;
                    }
                    let seen = noted.clone();
                    thread::spawn(move || _ = serve(visitor, &seen));
                }
            });
            Server { port, seen }
        }
    }

    impl Drop for Server {
        fn drop(&mut self) {
            self.seen.over.store(true, Ordering::SeqCst);
            // One more visitor, so that it looks.
            let _ = TcpStream::connect(("127.0.0.1", self.port));
        }
    }

    fn serve(mut visitor: TcpStream, seen: &Seen) -> io::Result<()> {
        let mut request = String::new();
        let mut lines = BufReader::new(visitor.try_clone()?);
        lines.read_line(&mut request)?;
        let mut header = String::new();
        while lines.read_line(&mut header)? > 2 {
            header.clear();
        }
        let words: Vec<&str> = request.split([' ', '/']).collect();
        let [method, _, kind, ..] = words[..] else {
            return Ok(());
        };
        let at_once = seen.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        seen.most.fetch_max(at_once, Ordering::SeqCst);
        let asked = format!("{method} /{kind}");
        seen.requests.lock().unwrap().push(asked);
        let millis = if kind == "slow" { 1500 } else { 20 };
        thread::sleep(Duration::from_millis(millis));
        let status = match (method, kind) {
            ("HEAD", "no-head") => 405,
            (_, "down") => 500,
            _ => kind.parse().unwrap_or(200),
        };
        seen.at_once.fetch_sub(1, Ordering::SeqCst);
        if kind == "hang-up" {
            return Ok(());
        }
        write!(visitor, "HTTP/1.1 {status} -\r\nConnection: close\r\n\r\n")
    }
    // end cell

    // cell: check
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Verdict {
        Up(u16),
        Down(u16),
        TimedOut,
        Refused,
        Broken,
    }

    #[derive(Debug, Clone)]
    struct Site {
        port: u16,
        path: &'static str,
    }

    fn path_of(site: &Site) -> &str {
        if site.path.is_empty() {
            // A panic, without its message on the screen.
            resume_unwind(Box::new("a site without a path"));
        }
        site.path
    }

    fn ask(method: &str, site: &Site, limit: Duration) -> io::Result<u16> {
        let path = path_of(site);
        let mut server = TcpStream::connect(("127.0.0.1", site.port))?;
        server.set_read_timeout(Some(limit))?;
        write!(
            server,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )?;
        let mut answer = String::new();
        BufReader::new(server).read_line(&mut answer)?;
        status_of(&answer)
    }

    fn status_of(answer: &str) -> io::Result<u16> {
        let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok());
        status.ok_or_else(|| ErrorKind::InvalidData.into())
    }

    fn verdict(asked: io::Result<u16>) -> Verdict {
        match asked {
            Ok(status) if status < 400 => Verdict::Up(status),
            Ok(status) => Verdict::Down(status),
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Verdict::TimedOut,
                ErrorKind::ConnectionRefused => Verdict::Refused,
                _ => Verdict::Broken,
            },
        }
    }

    fn check(site: &Site, limit: Duration) -> Verdict {
        verdict(match ask("HEAD", site, limit) {
            Ok(405 | 501) => ask("GET", site, limit),
            other => other,
        })
    }
    // end cell

    // cell: up
    const LIMIT: Duration = Duration::from_millis(500);

    /// A port where nobody listens.
    fn nobody() -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    }

    fn site(server: &Server, path: &'static str) -> Site {
        let refused = path.starts_with("/refused");
        let port = if refused { nobody() } else { server.port };
        Site { port, path }
    }

    fn address(site: &Site) -> String {
        format!("http://127.0.0.1:{}{}", site.port, site.path)
    }

    fn say(site: &Site, verdict: Verdict) {
        let address = address(site);
        match verdict {
            Verdict::Up(status) => println!("{address} is up (status {status})"),
            Verdict::Down(status) => println!("{address} is down: status {status}"),
            Verdict::TimedOut => println!("{address} is down: no answer in time"),
            Verdict::Refused => println!("{address} is down: connection refused"),
            Verdict::Broken => println!("{address} is down: a broken answer"),
        }
    }

    fn look(site: &Site) -> Verdict {
        let verdict = check(site, LIMIT);
        say(site, verdict);
        if !matches!(verdict, Verdict::Up(_)) {
            thread::sleep(Duration::from_millis(50));
            println!("Notified the owner of {}", address(site));
        }
        verdict
    }

    fn look_at(paths: &[&'static str]) {
        let server = Server::start();
        for path in paths {
            look(&site(&server, path));
        }
    }

    look_at(&["/up/0", "/no-head/1"]);
    // end cell

    // cell: error-status
    look_at(&["/404/0", "/405/1", "/500/2"]);
    // end cell

    // cell: three-troubles
    look_at(&["/slow/0", "/refused/1", "/hang-up/2"]);
    // end cell

    // cell: serial
    fn eight(fifth: &'static str, last: &'static str) -> [&'static str; 8] {
        [
            "/up/0", "/up/1", "/up/2", "/up/3", fifth, "/up/5", "/up/6", last,
        ]
    }

    fn play(paths: &[&'static str], version: impl Fn(&[Site]) -> Vec<Verdict>) {
        let server = Server::start();
        let sites: Vec<_> = paths.iter().map(|path| site(&server, path)).collect();
        let begin = Instant::now();
        let verdicts = version(&sites);
        let is_up = |verdict: &&Verdict| matches!(verdict, Verdict::Up(_));
        let up = verdicts.iter().filter(is_up).count();
        println!("{up} up, {} down", verdicts.len() - up);
        println!("Time: {} ms", begin.elapsed().as_millis());
        println!("The verdicts: {verdicts:?}");
    }

    type Look = fn(&Site) -> Verdict;

    fn one_after_another(sites: &[Site], look: Look) -> Vec<Verdict> {
        sites.iter().map(look).collect()
    }

    let mixed = eight("/refused/4", "/no-head/7");
    play(&mixed, |sites| one_after_another(sites, look));
    // end cell

    // cell: serial-all-up
    play(&eight("/up/4", "/up/7"), |sites| {
        one_after_another(sites, look)
    });
    // end cell

    // cell: serial-slow
    play(&eight("/slow/4", "/up/7"), |sites| {
        one_after_another(sites, look)
    });
    // end cell

    // cell: threads-and-queue
    fn threads_and_queue(sites: &[Site], look: Look, closes_late: bool) -> Vec<Verdict> {
        let queue = Queue::unbounded();
        let verdicts = Mutex::new(vec![None; sites.len()]);
        let work = || {
            for (place, site) in &queue {
                match catch_unwind(|| look(site)) {
                    Ok(verdict) => verdicts.lock().unwrap()[place] = Some(verdict),
                    Err(_) => println!("poison could not be checked"),
                }
            }
        };
        thread::scope(|s| {
            let workers = [(); 4].map(|()| s.spawn(work));
            for job in sites.iter().enumerate() {
                queue.put(job).unwrap();
            }
            if closes_late {
                thread::sleep(Duration::from_millis(300));
                let waiting = workers.iter().filter(|worker| !worker.is_finished());
                let waiting = waiting.count();
                println!("{waiting} workers still wait for a job that never comes");
            }
            queue.close();
        });
        verdicts
            .into_inner()
            .unwrap()
            .into_iter()
            .flatten()
            .collect()
    }

    play(&mixed, |sites| threads_and_queue(sites, look, true));
    // end cell

    // cell: queue-is-closed
    play(&mixed, |sites| threads_and_queue(sites, look, false));
    // end cell

    // cell: poisoned
    let mut poisoned = mixed.to_vec();
    poisoned.insert(4, "");
    play(&poisoned, |sites| threads_and_queue(sites, look, false));
    // end cell

    // cell: futures
    fn futures(sites: &[Site], workers: usize, look: Look) -> Vec<Verdict> {
        let pool = ThreadPool::new(workers).unwrap();
        let verdicts = pool.map(sites.to_vec(), move |site| look(&site));
        verdicts.map(Result::unwrap).collect()
    }

    play(&mixed, |sites| futures(sites, 4, look));
    // end cell

    // cell: futures-1
    play(&mixed, |sites| futures(sites, 1, look));
    // end cell

    // cell: futures-16
    play(&mixed, |sites| futures(sites, 16, look));
    // end cell

    // cell: processes
    // What comes back from a process must become bytes: here a number.
    fn number_of(verdict: Verdict) -> u16 {
        match verdict {
            Verdict::Up(status) | Verdict::Down(status) => status,
            Verdict::TimedOut => 1,
            Verdict::Refused => 2,
            Verdict::Broken => 3,
        }
    }

    fn verdict_of(number: u16) -> Verdict {
        match number {
            1 => Verdict::TimedOut,
            2 => Verdict::Refused,
            3 => Verdict::Broken,
            status => verdict(Ok(status)),
        }
    }

    fn processes(sites: &[Site], workers: usize, look: Look) -> Vec<Verdict> {
        let numbers = Pool::map(workers, sites, |site| number_of(look(site))).unwrap();
        numbers.into_iter().map(verdict_of).collect()
    }

    play(&mixed, |sites| processes(sites, 4, look));
    // end cell

    // cell: processes-1
    play(&mixed, |sites| processes(sites, 1, look));
    // end cell

    // cell: processes-16
    play(&mixed, |sites| processes(sites, 16, look));
    // end cell

    // cell: green
    async fn green_ask(method: &str, site: &Site) -> io::Result<u16> {
        let path = path_of(site);
        let mut server = Connection::open(site.port).await?;
        server.send(&format!("{method} {path} HTTP/1.1\r")).await?;
        server.send("\r").await?;
        let answer = server.receive().await?;
        status_of(&answer.unwrap_or_default())
    }

    async fn green_check(site: Site) -> Verdict {
        verdict(match green_ask("HEAD", &site).await {
            Ok(405 | 501) => green_ask("GET", &site).await,
            other => other,
        })
    }

    fn green_threads<F>(sites: &[Site], look: fn(Site) -> F) -> Vec<Verdict>
    where
        F: Future<Output = Verdict> + 'static,
    {
        let all = green::run(async {
            let tasks = sites.iter().map(|site| {
                let limited = green::timeout(Duration::from_secs(10), look(site.clone()));
                green::spawn(site.path, limited)
            });
            green::join_all(tasks.collect::<Vec<_>>()).await
        });
        let verdict = |ended: Result<Result<Verdict, green::TimedOut>, _>| match ended {
            Ok(in_time) => in_time.unwrap_or(Verdict::TimedOut),
            Err(_) => Verdict::Broken,
        };
        all.unwrap().into_iter().map(verdict).collect()
    }

    async fn network_gives_way(site: Site) -> Verdict {
        let verdict = green_check(site.clone()).await;
        say(&site, verdict);
        if !matches!(verdict, Verdict::Up(_)) {
            thread::sleep(Duration::from_millis(50));
            println!("Notified the owner of {}", address(&site));
        }
        verdict
    }

    play(&mixed, |sites| green_threads(sites, network_gives_way));
    // end cell

    // cell: green-everything
    async fn everything_gives_way(site: Site) -> Verdict {
        let verdict = green_check(site.clone()).await;
        say(&site, verdict);
        if !matches!(verdict, Verdict::Up(_)) {
            green::sleep(Duration::from_millis(50)).await;
            println!("Notified the owner of {}", address(&site));
        }
        verdict
    }

    play(&mixed, |sites| green_threads(sites, everything_gives_way));
    // end cell

    // cell: green-blocking
    async fn nothing_gives_way(site: Site) -> Verdict {
        look(&site)
    }

    play(&mixed, |sites| green_threads(sites, nothing_gives_way));
    // end cell

    // cell: mistake-head
    {
        let server = Server::start();
        let (port, path) = (server.port, "/no-head");
        let site = Site { port, path };
        println!("{:?}", verdict(ask("HEAD", &site, LIMIT)));
    }
    // end cell

    // cell: mended-head
    {
        let server = Server::start();
        let (port, path) = (server.port, "/no-head");
        let site = Site { port, path };
        println!("{:?}", check(&site, LIMIT));
        println!("{:?}", server.seen.requests.lock().unwrap());
    }
    // end cell

    // cell: mended-measure
    fn measure(name: &str, version: impl Fn(&[Site]) -> Vec<Verdict>) {
        let server = Server::start();
        let twelve = ["/up", "/up", "/up", "/no-head"].repeat(3);
        let sites: Vec<_> = twelve.iter().map(|path| site(&server, path)).collect();
        let begin = Instant::now();
        version(&sites);
        let millis = begin.elapsed().as_millis();
        let most = server.seen.most.load(Ordering::SeqCst);
        println!("{name}: {millis} ms, at most {most} at the same time");
    }

    fn quietly(site: &Site) -> Verdict {
        check(site, LIMIT)
    }

    for _ in 0..2 {
        measure("one after another", |sites| {
            one_after_another(sites, quietly)
        });
        measure("threads and a queue", |sites| {
            threads_and_queue(sites, quietly, false)
        });
        measure("futures", |sites| futures(sites, 4, quietly));
    }
    // end cell

    // cell: side-by-side
    {
        type Version = fn(&[Site]) -> Vec<Verdict>;
        let versions: [(&str, Version); 5] = [
            ("one after another", |sites| {
                one_after_another(sites, quietly)
            }),
            ("threads and a queue", |sites| {
                threads_and_queue(sites, quietly, false)
            }),
            ("futures", |sites| futures(sites, 4, quietly)),
            ("processes", |sites| processes(sites, 4, quietly)),
            ("green threads", |sites| green_threads(sites, green_check)),
        ];
        let rows = versions.map(|(name, version)| {
            let seconds = || {
                let begin = Instant::now();
                measure(name, version);
                begin.elapsed().as_secs_f64()
            };
            (name, seconds().min(seconds()))
        });
        for (name, seconds) in rows {
            let times = rows[0].1 / seconds;
            println!("{name:20} {:5.0} ms {times:6.1}", seconds * 1000.0);
        }
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: nobody-closes
        use std::sync::{Mutex, mpsc};
        use std::thread;

        let (sites, queue) = mpsc::channel();
        for site in ["oak", "beech"] {
            sites.send(site).unwrap();
        }
        let queue = Mutex::new(queue);
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    while let Ok(site) = { queue.lock().unwrap().recv() } {
                        println!("{site} is up");
                    }
                });
            }
        });
        // end cell
    };

    // cell: owners
    /// The verdicts, in the order of the list.
    type Report = Vec<Verdict>;

    /// The owners who are told that a site is not up, and what they were told.
    #[derive(Default)]
    struct Owners {
        told: Mutex<Vec<(&'static str, Verdict)>>,
    }

    impl Owners {
        fn tell(&self, site: &Site, verdict: Verdict) {
            self.told.lock().unwrap().push((site.path, verdict));
        }
    }
    // end cell

    // cell: check-all
    fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
        // Your code goes here.
        let _ = (sites, workers, limit, owners);
        Report::new()
    }

    fn check_otherwise(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
        // Your code goes here.
        let _ = (sites, workers, limit, owners);
        Report::new()
    }
    // end cell

    // cell: check-check-all
    type CheckAll = fn(&[Site], usize, Duration, &Owners) -> Report;

    fn check_way(way: &str, check_all: CheckAll) -> Result<(), String> {
        let limit = Duration::from_millis(1000);
        for (copies, workers) in [(1, 1), (3, 4), (0, 2)] {
            let server = Server::start();
            let (port, closed) = (server.port, nobody());
            let mut sites = Vec::new();
            let mut right = Report::new();
            for _ in 0..copies {
                for (port, path, verdict) in [
                    (port, "/up", Verdict::Up(200)),
                    (port, "/down", Verdict::Down(500)),
                    (port, "", Verdict::Broken),
                    (closed, "/", Verdict::Refused),
                    (port, "/no-head", Verdict::Up(200)),
                    (port, "/slow", Verdict::TimedOut),
                    (port, "/up", Verdict::Up(200)),
                ] {
                    sites.push(Site { port, path });
                    right.push(verdict);
                }
            }
            let case = format!("{way}, {} sites, {workers} workers", sites.len());
            let owners = Arc::new(Owners::default());
            let (done, report) = mpsc::channel();
            let (list, told) = (sites.clone(), owners.clone());
            thread::spawn(move || done.send(check_all(&list, workers, limit, &told)));
            let report = match report.recv_timeout(Duration::from_secs(10)) {
                Ok(report) => report,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    return Err(format!("{case}: it did not return"));
                }
                Err(_) => return Err(format!("{case}: it panicked")),
            };
            let requests = server.seen.requests.lock().unwrap().len();
            if report != right {
                return Err(format!("{case}: {report:?}, right is {right:?}"));
            }
            if requests != 6 * copies {
                return Err(format!("{case}: {requests} requests"));
            }
            let told = owners.told.lock().unwrap();
            for (site, verdict) in sites.iter().zip(&right) {
                let entry = (site.path, *verdict);
                let times = told.iter().filter(|told| **told == entry).count();
                let is_up = matches!(verdict, Verdict::Up(_));
                let right_times = if is_up { 0 } else { copies };
                if times != right_times {
                    let path = site.path;
                    return Err(format!(
                        "{case}: {verdict:?} of {path:?} was told {times} times"
                    ));
                }
            }
            if told.len() != 4 * copies {
                return Err(format!("{case}: the owners were told {told:?}"));
            }
            // A slow site keeps the server busy for longer than the checker waits.
            let most = server.seen.most.load(Ordering::SeqCst);
            if most > workers + copies {
                return Err(format!("{case}: {most} requests at the same time"));
            }
            if workers > 1 && copies > 0 && most < 2 {
                return Err(format!("{case}: never two at the same time"));
            }
        }
        Ok(())
    }

    fn check_check_all(one: CheckAll, another: CheckAll) -> Result<(), String> {
        check_way("check_all", one)?;
        check_way("check_otherwise", another)
    }

    match check_check_all(check_all, check_otherwise) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_check_all(check_all, check_otherwise).is_err());
    assert_eq!(
        check_check_all(solved_check_all, solved_by_green_threads),
        Ok(())
    );
    let said = check_check_all(solved_check_all, check_all).unwrap_err();
    assert!(said.starts_with("check_otherwise"), "{said}");
    assert!(check_check_all(a_panic_ends_it, solved_check_all).is_err());
    assert!(check_check_all(nobody_is_told, solved_check_all).is_err());

    fn all_verdicts(sites: &[Site], workers: usize, limit: Duration) -> Report {
        let waiting = Mutex::new(sites.iter().enumerate());
        let verdicts = Mutex::new(vec![Verdict::Broken; sites.len()]);
        thread::scope(|s| {
            for _ in 0..workers {
                s.spawn(|| {
                    loop {
                        let next = waiting.lock().unwrap().next();
                        let Some((place, site)) = next else { return };
                        let verdict = catch_unwind(AssertUnwindSafe(|| check(site, limit)));
                        if let Ok(verdict) = verdict {
                            verdicts.lock().unwrap()[place] = verdict;
                        }
                    }
                });
            }
        });
        verdicts.into_inner().unwrap()
    }

    fn tell(sites: &[Site], report: Report, owners: &Owners) -> Report {
        for (site, verdict) in sites.iter().zip(&report) {
            if !matches!(verdict, Verdict::Up(_)) {
                owners.tell(site, *verdict);
            }
        }
        report
    }

    fn solved_check_all(
        sites: &[Site],
        workers: usize,
        limit: Duration,
        owners: &Owners,
    ) -> Report {
        tell(sites, all_verdicts(sites, workers, limit), owners)
    }

    fn solved_by_green_threads(
        sites: &[Site],
        workers: usize,
        limit: Duration,
        owners: &Owners,
    ) -> Report {
        let waiting = RefCell::new(sites.iter().enumerate());
        let report = RefCell::new(vec![Verdict::Broken; sites.len()]);
        let worker = || async {
            loop {
                let Some((place, site)) = waiting.borrow_mut().next() else {
                    return;
                };
                let limited = green::timeout(limit, green_check(site.clone()));
                // A task of its own: a panic ends nobody else.
                if let Ok(in_time) = green::spawn(site.path, limited).await {
                    report.borrow_mut()[place] = in_time.unwrap_or(Verdict::TimedOut);
                }
            }
        };
        green::run(green::gather((0..workers).map(|_| worker()))).unwrap();
        tell(sites, report.into_inner(), owners)
    }

    fn a_panic_ends_it(
        sites: &[Site],
        _workers: usize,
        limit: Duration,
        _owners: &Owners,
    ) -> Report {
        sites.iter().map(|site| check(site, limit)).collect()
    }

    fn nobody_is_told(sites: &[Site], workers: usize, limit: Duration, _owners: &Owners) -> Report {
        all_verdicts(sites, workers, limit)
    }

    use std::cell::RefCell;
}
