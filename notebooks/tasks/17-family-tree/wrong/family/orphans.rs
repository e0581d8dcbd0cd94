// kind: leaks
// The children do not wait for theirs: the grandchildren are left, and others become their parents.
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
                std::mem::forget(grandchild);
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
