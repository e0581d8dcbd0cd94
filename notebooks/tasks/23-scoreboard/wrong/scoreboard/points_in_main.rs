// kind: other
// The points are sent to a thread of main. The server is another process: it has no such thread, and gets no answer.
fn scoreboard(key: &[u8]) -> Result<RemoteServer, ManagerError> {
    enum Command {
        Add(String, i64, Sender<i64>),
        Get(String, Sender<i64>),
        Top(i64, Sender<Vec<String>>),
    }
    let (proxy, commands) = mpsc::channel();
    thread::spawn(move || {
        let mut points = BTreeMap::<String, i64>::new();
        for command in commands {
            match command {
                Command::Add(name, by, reply) => {
                    let total = points.entry(name).or_default();
                    *total += by;
                    let _ = reply.send(*total);
                }
                Command::Get(name, reply) => _ = reply.send(points.get(&name).copied().unwrap_or(0)),
                Command::Top(k, reply) => {
                    let mut names: Vec<_> = points.iter().collect();
                    names.sort_by_key(|(_, points)| -**points);
                    let names = names.into_iter().take(k.max(0) as usize);
                    let _ = reply.send(names.map(|(name, _)| name.clone()).collect());
                }
            }
        }
    });
    let patience = std::time::Duration::from_millis(1);
    let (for_add, for_get, for_top) = (proxy.clone(), proxy.clone(), proxy);
    Registry::new()
        .register("add", move |arguments| match arguments {
            [Datum::Str(name), Datum::Int(by)] => {
                let (reply, answer) = mpsc::channel();
                for_add
                    .send(Command::Add(name.clone(), *by, reply))
                    .map_err(|error| error.to_string())?;
                answer
                    .recv_timeout(patience)
                    .map(Datum::Int)
                    .map_err(|error| error.to_string())
            }
            _ => Err("a name and a whole number, please".into()),
        })
        .register("get", move |arguments| match arguments {
            [Datum::Str(name)] => {
                let (reply, answer) = mpsc::channel();
                for_get
                    .send(Command::Get(name.clone(), reply))
                    .map_err(|error| error.to_string())?;
                answer
                    .recv_timeout(patience)
                    .map(Datum::Int)
                    .map_err(|error| error.to_string())
            }
            _ => Err("a name, please".into()),
        })
        .register("top", move |arguments| match arguments {
            [Datum::Int(k)] => {
                let (reply, answer) = mpsc::channel();
                for_top
                    .send(Command::Top(*k, reply))
                    .map_err(|error| error.to_string())?;
                answer
                    .recv_timeout(patience)
                    .map(Datum::from)
                    .map_err(|error| error.to_string())
            }
            _ => Err("a whole number, please".into()),
        })
        .serve(0, key)
}
