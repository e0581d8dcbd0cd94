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
    let manager = Manager::new().unwrap();
    {
        let dict = manager.dict().unwrap();
        let list = manager.list_from([0, 1, 2, 3]).unwrap();
        let mut child = Process::borrowing("child", || {
            dict.set("zebra", 1).unwrap();
            dict.set("ant", "two").unwrap();
            list.reverse().unwrap();
        });
        child.start().unwrap();
        child.join().unwrap();
        println!("{}", Datum::from(dict.snapshot().unwrap()));
        println!("{}", Datum::List(list.snapshot().unwrap()));
    }
    // end cell

    // cell: nested
    {
        let dict = manager.dict().unwrap();
        dict.set("numbers", vec![1, 2]).unwrap();
        let show = |when: &str| println!("{when}: {}", dict.get("numbers").unwrap().unwrap());

        let Some(Datum::List(mut copy)) = dict.get("numbers").unwrap() else {
            unreachable!()
        };
        copy.push(Datum::Int(3));
        show("a copy was changed");
        dict.set("numbers", Datum::List(copy)).unwrap();
        show("the copy was put back");
        dict.list_at("numbers").unwrap().push(4).unwrap();
        show("changed by a proxy");
    }
    // end cell

    // cell: four-children
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
        children(4, |i| {
            dict.set(format!("child {i}").as_str(), i).unwrap();
            list.push(i).unwrap();
        });
        println!("{}", Datum::from(dict.snapshot().unwrap()));
        println!("{}", Datum::List(list.snapshot().unwrap()));
    }
    // end cell

    // cell: keys
    {
        let server = Registry::new()
            .register("greet", |_| Ok("good morning".into()))
            .serve(0, b"open sesame")
            .unwrap();
        for key in ["open barley", "open sesame"] {
            match RemoteClient::connect(server.address(), key.as_bytes()) {
                Ok(client) => println!("{key}: {}", client.call("greet", [0; 0]).unwrap().value),
                Err(error) => println!("{key}: {error}"),
            }
        }
        println!("it listens on {}", server.address().ip());
    }
    // end cell

    // cell: where
    {
        let server = Registry::new()
            .register("where", |_| Ok(std::process::id().into()))
            .serve(0, b"abc")
            .unwrap();
        let client = RemoteClient::connect(server.address(), b"abc").unwrap();
        let ran_in = client.call("where", [0; 0]).unwrap().value;
        println!("here: {}", ran_in == std::process::id().into());
        println!("in the server: {}", ran_in == server.pid().into());
        client.stop_server().unwrap();
        server.join().unwrap();
    }
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
