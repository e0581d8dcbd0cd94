// One function for children and grandchildren: how many generations come after it is an argument. One child after
// the other, which nobody forbids.
type Member = (String, i32, i32);

fn family(names: &[&str], register: &Queue<Member>) {
    for name in names {
        start(name.to_string(), register.clone(), 1);
    }
}

fn start(name: String, register: Queue<Member>, generations: u32) {
    let mut process = Process::new(name, move || {
        let me = process::current_name();
        register.put((me.clone(), process::id(), process::parent_id())).unwrap();
        if generations > 0 {
            start(format!("{me} junior"), register.clone(), generations - 1);
        }
    });
    process.start().unwrap();
    process.join().unwrap();
}
