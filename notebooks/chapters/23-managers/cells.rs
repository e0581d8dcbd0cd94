//! The cells of chapter 23, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{
        Datum, DictProxy, Manager, ManagerError, Process, Registry, RemoteClient, RemoteServer,
        Value,
    };
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::rc::Rc;
    use std::sync::mpsc::{self, Sender};
    use std::thread;
    use std::time::Instant;
    // end cell

    // cell: actor
    enum Command {
        Add(u32),
        Get(Sender<u32>),
    }

    /// Starts the owner of a number. It ends when nobody can send a command any more.
    fn owner() -> Sender<Command> {
        let (proxy, commands) = mpsc::channel();
        thread::spawn(move || {
            let mut number = 0;
            for command in commands {
                match command {
                    Command::Add(by) => number += by,
                    Command::Get(reply) => reply.send(number).unwrap(),
                }
            }
        });
        proxy
    }
    // end cell

    // cell: smallest
    {
        let proxy = owner();
        thread::scope(|s| {
            for _ in 0..2 {
                let proxy = proxy.clone();
                s.spawn(move || {
                    for _ in 0..1000 {
                        proxy.send(Command::Add(1)).unwrap();
                    }
                });
            }
        });
        let (reply, number) = mpsc::channel();
        proxy.send(Command::Get(reply)).unwrap();
        println!("the total is {}", number.recv().unwrap());
    }
    // end cell

    // cell: manager
    {
        let manager = Manager::new().unwrap();
        let list = manager.list().unwrap();
        let mut child = Process::borrowing("child", || list.push("from the child").unwrap());
        child.start().unwrap();
        child.join().unwrap();
        println!("{}", list.get(0).unwrap());
    }
    // end cell

    // cell: dictionary
    use exercises::process::ListProxy;

    fn show(dict: &DictProxy, list: &ListProxy) {
        println!("dictionary: {}", Datum::from(dict.snapshot().unwrap()));
        println!("list: {}", Datum::List(list.snapshot().unwrap()));
    }

    fn announce(name: &str, manager: &Manager) {
        let (child, server) = (std::process::id(), manager.pid());
        println!("{name} (process {child}) changes the objects of the manager (process {server})");
    }

    fn child(name: &str, work: impl FnOnce()) {
        let mut child = Process::borrowing(name, work);
        child.start().unwrap();
        child.join().unwrap();
    }

    let manager = Manager::new().unwrap();
    {
        let dict = manager.dict().unwrap();
        let list = manager.list_from(0..10).unwrap();
        child("child", || {
            announce("child", &manager);
            dict.set(1, "1").unwrap();
            dict.set("2", 2).unwrap();
            dict.set(0.25, Datum::None).unwrap();
            list.reverse().unwrap();
        });
        show(&dict, &list);
    }
    // end cell

    // cell: nested
    fn change_nested(dict: &DictProxy, key: &str, [by_copy, in_place]: [Datum; 2]) {
        let show = |what: &str| println!("child {what} {}", dict.get(key).unwrap().unwrap());
        let Some(Datum::List(mut copy)) = dict.get(key).unwrap() else {
            unreachable!()
        };
        copy.push(by_copy);
        show("changed its copy; the server still has");
        dict.set(key, Datum::List(copy)).unwrap();
        show("put its copy back; the server has");
        dict.list_at(key).unwrap().push(in_place).unwrap();
        show("changed the list in place; the server has");
    }

    {
        let dict = manager.dict().unwrap();
        dict.set("numbers", vec![0, 1, 2]).unwrap();
        child("child", || {
            change_nested(&dict, "numbers", [3.into(), 4.into()])
        });
        println!("dictionary: {}", Datum::from(dict.snapshot().unwrap()));
    }
    // end cell

    // cell: two-children
    /// Starts so many processes, and waits for all of them.
    fn children(count: u32, work: impl Fn(u32)) {
        let mut children: Vec<_> = (1..=count)
            .map(|i| {
                let work = &work;
                Process::borrowing(format!("child {i}"), move || work(i))
            })
            .collect();
        for child in &mut children {
            child.start().unwrap();
        }
        for child in &children {
            child.join().unwrap();
        }
    }

    {
        let (dict, list) = (manager.dict().unwrap(), manager.list().unwrap());
        for key in ["child 1", "child 2", "total"] {
            dict.set(key, 0).unwrap();
        }
        children(2, |i| {
            for turn in 0..4 {
                let item = 2 * turn + i - 1;
                list.push(item).unwrap();
                dict.add(format!("child {i}").as_str(), 1).unwrap();
                dict.add("total", 1).unwrap();
                println!("child {i} appended {item}");
            }
        });
        show(&dict, &list);
    }
    // end cell

    // cell: one-child
    {
        let (dict, list) = (manager.dict().unwrap(), manager.list().unwrap());
        child("child", || {
            announce("child", &manager);
            dict.set("name", "test").unwrap();
            dict.set("version", "1.0").unwrap();
            list.push(1).unwrap();
            list.push(2).unwrap();
        });
        show(&dict, &list);
    }
    // end cell

    // cell: nested-again
    {
        let dict = manager.dict().unwrap();
        dict.set("name", "test").unwrap();
        dict.set("authors", vec!["first"]).unwrap();
        let items = ["by copy".into(), "in place".into()];
        child("child", || change_nested(&dict, "authors", items));
        println!("dictionary: {}", Datum::from(dict.snapshot().unwrap()));
    }
    // end cell

    // cell: four-children
    {
        let (dict, list) = (manager.dict().unwrap(), manager.list().unwrap());
        children(4, |i| {
            announce(&format!("child {i}"), &manager);
            dict.set(format!("child {i}").as_str(), i).unwrap();
            list.push(i).unwrap();
        });
        show(&dict, &list);
    }
    // end cell

    // cell: right-key
    use std::time::SystemTime;

    fn serve_and_ask(keys: &[&str], function: &str) {
        let server = Registry::new()
            .register("time", |_| {
                let now = SystemTime::UNIX_EPOCH.elapsed().unwrap();
                Ok(now.as_secs_f64().into())
            })
            .register("where", |_| Ok(std::process::id().into()))
            .serve(0, b"abc")
            .unwrap();
        let address = server.address();
        let (pid, ip) = (server.pid(), address.ip());
        println!("the server (process {pid}) waits on {ip}");
        child("client", || {
            println!("the client is process {}", std::process::id());
            for key in keys {
                let Ok(client) = RemoteClient::connect(address, key.as_bytes()) else {
                    println!("the client is refused: its key is not the server's");
                    continue;
                };
                println!("the client is connected: both sides know the key");
                let answer = client.call(function, [0; 0]).unwrap();
                let (value, pid) = (answer.value, answer.pid);
                println!("{function} gives {value}, computed in process {pid}");
                client.stop_server().unwrap();
            }
        });
        server.join().unwrap();
        Registry::new().serve(address.port(), b"abc").unwrap();
        println!("the server has stopped, and its port is free again");
    }

    serve_and_ask(&["abc"], "time");
    // end cell

    // cell: wrong-key
    serve_and_ask(&["cba", "abc"], "time");
    // end cell

    // cell: where
    serve_and_ask(&["abc"], "where");
    // end cell

    // cell: mistake-two-commands
    fn two_count(manager: &Manager, add_one: fn(&DictProxy)) -> Datum {
        let dict = manager.dict().unwrap();
        dict.set("total", 0).unwrap();
        children(2, |_| (0..50).for_each(|_| add_one(&dict)));
        dict.get("total").unwrap().unwrap()
    }

    let total = two_count(&manager, |dict| {
        let seen = dict.get("total").unwrap().unwrap().as_int().unwrap();
        dict.set("total", seen + 1).unwrap();
    });
    println!("{total} of 100");
    // end cell

    // cell: mended-one-command
    let total = two_count(&manager, |dict| {
        dict.add("total", 1).unwrap();
    });
    println!("{total} of 100");
    // end cell

    // cell: mistake-slow
    {
        let here = Value::new(0).unwrap();
        let there = manager.value(0).unwrap();
        let begin = Instant::now();
        (0..1000).for_each(|_| _ = here.fetch_add(1));
        println!("shared memory: {} µs", begin.elapsed().as_micros());
        let begin = Instant::now();
        (0..1000).for_each(|_| _ = there.add(1).unwrap());
        println!("a manager: {} µs", begin.elapsed().as_micros());
    }
    // end cell

    // cell: mended-slow
    {
        let there = manager.value(0).unwrap();
        let begin = Instant::now();
        let mut own = 0;
        (0..1000).for_each(|_| own += 1);
        there.add(own).unwrap();
        let total = there.get().unwrap();
        println!("{total}, sent once: {} µs", begin.elapsed().as_micros());
    }
    // end cell

    // cell: gone
    {
        let manager = Manager::new().unwrap();
        let list = manager.list().unwrap();
        manager.shutdown().unwrap();
        println!("{}", list.push(1).unwrap_err());
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: two-commands
        use std::sync::mpsc;
        use std::thread;

        enum Command {
            Get(mpsc::Sender<i32>),
            Set(i32),
        }

        let (server, commands) = mpsc::channel();
        let owner = thread::spawn(move || {
            let mut number = 0;
            for command in commands {
                match command {
                    Command::Get(answer) => answer.send(number).unwrap(),
                    Command::Set(new) => number = new,
                }
            }
            println!("the number is {number}");
        });
        let clients = [1, 2].map(|_| {
            let server = server.clone();
            thread::spawn(move || {
                let (answer, answered) = mpsc::channel();
                server.send(Command::Get(answer)).unwrap();
                let number = answered.recv().unwrap();
                server.send(Command::Set(number + 1)).unwrap();
            })
        });
        drop(server);
        for client in clients {
            client.join().unwrap();
        }
        owner.join().unwrap();
        // end cell
    };

    // cell: scoreboard
    fn scoreboard(key: &[u8]) -> Result<RemoteServer, ManagerError> {
        // Your code goes here.
        Registry::new().serve(0, key)
    }
    // end cell

    // cell: check-scoreboard
    fn check_scoreboard(
        scoreboard: fn(&[u8]) -> Result<RemoteServer, ManagerError>,
    ) -> Result<(), String> {
        let told = |error: ManagerError| error.to_string();
        let server = scoreboard(b"secret").map_err(told)?;
        let address = server.address();
        if RemoteClient::connect(address, b"Secret").is_ok() {
            return Err("a client with the wrong key is let in".into());
        }
        let client = RemoteClient::connect(address, b"secret").map_err(told)?;
        let ask = |function: &str, arguments: &[Datum]| {
            let answer = client.call(function, arguments.to_vec());
            answer.map_err(|error| format!("{function}: {error}"))
        };

        // Ten processes, each ten times 2, 3 and 2 points for the three names.
        children(10, |_| {
            let Ok(client) = RemoteClient::connect(address, b"secret") else {
                return;
            };
            for _ in 0..10 {
                for (name, points) in [("Ada", 2), ("Grace", 3), ("Edsger", 2)] {
                    let _ = client.call("add", [Datum::from(name), points.into()]);
                }
            }
        });
        for (name, right) in [("Ada", 200), ("Grace", 300), ("Edsger", 200), ("Nobody", 0)] {
            let answer = ask("get", &[name.into()])?;
            if answer.value != right.into() {
                return Err(format!(
                    "{name} should have {right} points, not {}",
                    answer.value
                ));
            }
            if answer.pid != server.pid() {
                return Err("get did not run in the server".into());
            }
        }
        let total = ask("add", &["Ada".into(), (-5).into()])?.value;
        if total != 195.into() {
            return Err(format!("add should return the new total 195, not {total}"));
        }
        ask("add", &["Ada".into(), 5.into()])?;
        let name = || Datum::from("Ada");
        for wrong in [vec![], vec![name()], vec![Datum::from(7), name()]] {
            match client.call("add", wrong.clone()) {
                Err(ManagerError::Failed(_)) => {}
                other => return Err(format!("add with {wrong:?}: {other:?}")),
            }
        }
        let right: [(i64, &[&str]); 3] = [
            (2, &["Grace", "Ada"]),
            (0, &[]),
            (9, &["Grace", "Ada", "Edsger"]),
        ];
        for (k, names) in right {
            let top = ask("top", &[k.into()])?.value;
            let names: Vec<Datum> = names.iter().map(|name| Datum::from(*name)).collect();
            if top != Datum::List(names) {
                return Err(format!("top {k} is {top}"));
            }
        }
        client.stop_server().map_err(told)?;
        server.join().map_err(told)?;
        Ok(())
    }

    match check_scoreboard(scoreboard) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_scoreboard(scoreboard).is_err());
    assert_eq!(check_scoreboard(solved_scoreboard), Ok(()));

    fn solved_scoreboard(key: &[u8]) -> Result<RemoteServer, ManagerError> {
        let points = Rc::new(RefCell::new(BTreeMap::<String, i64>::new()));
        let (for_add, for_get, for_top) = (points.clone(), points.clone(), points);
        Registry::new()
            .register("add", move |arguments| match arguments {
                [Datum::Str(name), Datum::Int(by)] => {
                    let mut points = for_add.borrow_mut();
                    let total = points.entry(name.clone()).or_default();
                    *total += by;
                    Ok(Datum::Int(*total))
                }
                _ => Err("a name and a whole number, please".into()),
            })
            .register("get", move |arguments| match arguments {
                [Datum::Str(name)] => {
                    let total = for_get.borrow().get(name).copied();
                    Ok(Datum::Int(total.unwrap_or(0)))
                }
                _ => Err("a name, please".into()),
            })
            .register("top", move |arguments| match arguments {
                [Datum::Int(k)] => {
                    let points = for_top.borrow();
                    let mut names: Vec<_> = points.iter().collect();
                    // Stable: those with equal points stay in the order of the alphabet.
                    names.sort_by_key(|(_, points)| -**points);
                    let k = usize::try_from(*k).unwrap_or(0);
                    let names = names.into_iter().take(k);
                    Ok(Datum::List(
                        names.map(|(name, _)| name.clone().into()).collect(),
                    ))
                }
                _ => Err("a whole number, please".into()),
            })
            .serve(0, key)
    }
}
