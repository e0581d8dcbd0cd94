// kind: leaks
// It returns while the children still run.
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
                let mut grandchild = Process::new(junior, move || enrol(&register));
                grandchild.start().unwrap();
                grandchild.join().unwrap();
            })
        })
        .collect();
    for child in &mut children {
        child.start().unwrap();
    }
}
