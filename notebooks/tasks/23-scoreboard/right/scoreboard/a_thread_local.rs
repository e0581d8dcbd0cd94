// The points lie in the one thread of the server that calls the functions. What is wrong panics, which the client hears
// as an error too.
thread_local! {
    static POINTS: RefCell<BTreeMap<String, i64>> = const { RefCell::new(BTreeMap::new()) };
}

fn scoreboard(key: &[u8]) -> Result<RemoteServer, ManagerError> {
    fn one(arguments: &[Datum]) -> &Datum {
        let [one] = arguments else {
            panic!("one argument, please")
        };
        one
    }
    Registry::new()
        .register("add", |arguments| {
            let [name, by] = arguments else {
                return Err("two arguments, please".into());
            };
            let name = name.as_str().ok_or("a name, please")?;
            let by = by.as_int().ok_or("a whole number, please")?;
            POINTS.with_borrow_mut(|points| {
                let total = points.get(name).unwrap_or(&0) + by;
                points.insert(name.to_string(), total);
                Ok(total.into())
            })
        })
        .register("get", |arguments| {
            let name = one(arguments).as_str().unwrap();
            POINTS.with_borrow(|points| Ok(points.get(name).copied().unwrap_or(0).into()))
        })
        .register("top", |arguments| {
            let k = one(arguments).as_int().unwrap();
            POINTS.with_borrow(|points| {
                let mut order: Vec<(i64, &String)> = points.iter().map(|(name, total)| (-total, name)).collect();
                order.sort();
                order.truncate(k.max(0) as usize);
                Ok(Datum::List(
                    order.into_iter().map(|(_, name)| name.as_str().into()).collect(),
                ))
            })
        })
        .serve(0, key)
}
