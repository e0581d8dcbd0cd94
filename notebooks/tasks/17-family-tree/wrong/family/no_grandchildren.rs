// kind: other
// The child enrols its junior itself: no process is started for it.
/// Name, pid and pid of the parent.
type Member = (String, i32, i32);

fn family(names: &[&str], register: &Queue<Member>) {
    fn enrol(register: &Queue<Member>) {
        let member = (process::current_name(), process::id(), process::parent_id());
        register.put(member).unwrap();
    }
    let mut children: Vec<Process> = names
        .iter()
        .map(|name| {
            let register = register.clone();
            Process::new(*name, move || {
                enrol(&register);
                let junior = format!("{} junior", process::current_name());
                let register = register.clone();
                register.put((junior, process::id() + 1, process::id())).unwrap();
            })
        })
        .collect();
    for child in &mut children {
        child.start().unwrap();
    }
    for child in &mut children {
        child.join().unwrap();
    }
}
