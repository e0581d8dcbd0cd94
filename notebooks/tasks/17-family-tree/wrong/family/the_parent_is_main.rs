// kind: luck
// The pid of the parent was asked for in main: for all it is the same.
/// Name, pid and pid of the parent.
type Member = (String, i32, i32);

fn family(names: &[&str], register: &Queue<Member>) {
    static MAIN: std::sync::OnceLock<i32> = std::sync::OnceLock::new();
    MAIN.get_or_init(process::id);
    fn enrol(register: &Queue<Member>) {
        let member = (process::current_name(), process::id(), *MAIN.get().unwrap());
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
    for child in &mut children {
        child.join().unwrap();
    }
}
