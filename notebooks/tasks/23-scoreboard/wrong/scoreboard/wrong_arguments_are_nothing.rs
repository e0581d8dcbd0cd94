// kind: other
// What is no number counts as 0, and what is no name as an empty one: no client learns of its mistake.
fn scoreboard(key: &[u8]) -> Result<RemoteServer, ManagerError> {
    let points = Rc::new(RefCell::new(BTreeMap::<String, i64>::new()));
    let (for_add, for_get, for_top) = (points.clone(), points.clone(), points);
    Registry::new()
        .register("add", move |arguments| match arguments {
            _ => {
                let name = arguments.first().and_then(Datum::as_str).unwrap_or_default();
                let by = arguments.get(1).and_then(Datum::as_int).unwrap_or(0);
                let mut points = for_add.borrow_mut();
                let total = points.entry(name.to_string()).or_default();
                *total += by;
                Ok(Datum::Int(*total))
            }
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
                Ok(Datum::List(names.map(|(name, _)| name.clone().into()).collect()))
            }
            _ => Err("a whole number, please".into()),
        })
        .serve(0, key)
}
