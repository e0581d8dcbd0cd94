// A lock that nobody would need: the server calls one function at a time. It does no harm.
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

fn scoreboard(key: &[u8]) -> Result<RemoteServer, ManagerError> {
    let points: Arc<Mutex<HashMap<String, i64>>> = Arc::default();
    let registry = Registry::new();
    let all = points.clone();
    let registry = registry.register("add", move |arguments| {
        let [Datum::Str(name), Datum::Int(by)] = arguments else {
            return Err("a name and a whole number, please".to_string());
        };
        let mut all = all.lock().unwrap();
        let total = all.get(name).copied().unwrap_or(0) + by;
        all.insert(name.clone(), total);
        Ok(Datum::Int(total))
    });
    let all = points.clone();
    let registry = registry.register("get", move |arguments| {
        let [Datum::Str(name)] = arguments else {
            return Err("a name, please".to_string());
        };
        Ok(Datum::Int(*all.lock().unwrap().get(name).unwrap_or(&0)))
    });
    let registry = registry.register("top", move |arguments| {
        let [Datum::Int(k)] = arguments else {
            return Err("a whole number, please".to_string());
        };
        let mut all: Vec<(String, i64)> = points.lock().unwrap().clone().into_iter().collect();
        all.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        let names = all
            .into_iter()
            .take((*k).max(0) as usize)
            .map(|(name, _)| Datum::Str(name));
        Ok(Datum::List(names.collect()))
    });
    registry.serve(0, key)
}
