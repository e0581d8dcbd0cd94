// Processes that borrow what they need; each child is enrolled after its own child.
type Member = (String, i32, i32);

fn family(names: &[&str], register: &Queue<Member>) {
    let mut started = Vec::new();
    for &name in names {
        let mut child = Process::borrowing(name, move || {
            let junior = format!("{name} junior");
            let its_name = junior.clone();
            let mut grandchild = Process::borrowing(junior, || {
                register.put((its_name.clone(), process::id(), process::parent_id())).unwrap();
            });
            grandchild.start().unwrap();
            grandchild.join().unwrap();
            register.put((name.to_string(), process::id(), process::parent_id())).unwrap();
        });
        child.start().unwrap();
        started.push(child);
    }
    for child in started {
        assert_eq!(child.join().unwrap(), Some(0));
    }
}
