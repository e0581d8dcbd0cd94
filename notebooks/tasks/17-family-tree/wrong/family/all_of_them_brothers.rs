// kind: other
// Main starts the juniors too: they are its children, not its grandchildren.
type Member = (String, i32, i32);

fn family(names: &[&str], register: &Queue<Member>) {
    let mut started = Vec::new();
    for name in names {
        for name in [name.to_string(), format!("{name} junior")] {
            let register = register.clone();
            let mut child = Process::new(name, move || {
                let member = (process::current_name(), process::id(), process::parent_id());
                register.put(member).unwrap();
            });
            child.start().unwrap();
            started.push(child);
        }
    }
    for child in started {
        child.join().unwrap();
    }
}
