// kind: other
// Threads are no processes: all have the same pid.
type Member = (String, i32, i32);

fn family(names: &[&str], register: &Queue<Member>) {
    thread::scope(|s| {
        for name in names {
            s.spawn(move || {
                register.put((name.to_string(), process::id(), process::parent_id())).unwrap();
                s.spawn(move || {
                    let junior = format!("{name} junior");
                    register.put((junior, process::id(), process::parent_id())).unwrap();
                });
            });
        }
    });
}
