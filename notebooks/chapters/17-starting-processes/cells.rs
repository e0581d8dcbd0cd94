//! The cells of chapter 17, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{self, Process, Queue};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest-std
    {
        println!("I am process {}", std::process::id());
        let script = "echo the child is process $$, its parent is $PPID";
        let mut child = std::process::Command::new("sh");
        child.args(["-c", script]).status().unwrap();
    }
    // end cell

    // cell: smallest
    {
        let mut child = Process::new("child", || {
            let (id, parent) = (process::id(), process::parent_id());
            println!("the child is process {id}, its parent is {parent}");
        });
        child.start().unwrap();
        child.join().unwrap();
        println!("joined");
    }
    // end cell

    // cell: copy
    fn started(name: &str, work: impl FnOnce() + 'static) -> Process<'static> {
        let mut process = Process::new(name, work);
        process.start().unwrap();
        process
    }

    {
        let mut number = 1;
        let child = started("child", move || {
            number += 99;
            println!("the child has {number}");
        });
        child.join().unwrap();
        println!("the parent has {number}");
    }
    // end cell

    // cell: queue
    {
        let results = Queue::<u32>::unbounded().unwrap();
        let sender = results.clone();
        let child = started("child", move || sender.put(1 + 99).unwrap());
        println!("the child sent {:?}", results.get().unwrap());
        child.join().unwrap();
    }
    // end cell

    // cell: names
    fn visit() {
        let (name, id, parent) = (process::current_name(), process::id(), process::parent_id());
        println!("Starting process name = {name} (process ID {id}, parent {parent})");
        thread::sleep(Duration::from_millis(20));
        println!("Exiting process name = {name}");
    }

    for process in ["myFunc", "Process-2"].map(|name| started(name, visit)) {
        process.join().unwrap();
    }
    // end cell

    // cell: names-joined
    for name in ["myFunc", "Process-2"] {
        started(name, visit).join().unwrap();
    }
    // end cell

    // cell: nested
    {
        let outer = || {
            let (id, parent) = (process::id(), process::parent_id());
            println!("Starting process name = myFunc (process ID {id}, parent {parent})");
            started("insider", visit).join().unwrap();
            println!("Exiting process name = myFunc");
        };
        for process in [started("myFunc", outer), started("Process-2", visit)] {
            process.join().unwrap();
        }
    }
    // end cell

    // cell: mistake-order
    fn first_of_two() -> String {
        let words = Queue::<String>::unbounded().unwrap();
        let children = ["myFunc", "Process-2"].map(|name| {
            let words = words.clone();
            started(name, move || words.put(process::current_name()).unwrap())
        });
        for child in children {
            child.join().unwrap();
        }
        words.get().unwrap().unwrap()
    }

    {
        let firsts: Vec<String> = (0..30).map(|_| first_of_two()).collect();
        for name in ["myFunc", "Process-2"] {
            let times = firsts.iter().filter(|first| *first == name).count();
            println!("{name} first: {times} times");
        }
    }
    // end cell

    // cell: own-type
    struct MyClass {
        number: u32,
    }

    impl MyClass {
        fn run(&self) {
            thread::sleep(Duration::from_millis(50));
            let (name, id) = (process::current_name(), process::id());
            println!("called run method by {name} (process ID {id})");
        }

        fn start(self) -> Process<'static> {
            started(&format!("MyClass-{}", self.number), move || self.run())
        }
    }
    // end cell

    // cell: own-type-joined
    {
        let begin = Instant::now();
        for number in 1..=4 {
            MyClass { number }.start().join().unwrap();
        }
        println!("{} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: own-type-together
    {
        let begin = Instant::now();
        for process in [1, 2, 3, 4].map(|number| MyClass { number }.start()) {
            process.join().unwrap();
        }
        println!("{} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: own-type-every-second
    {
        let mut others = Vec::new();
        for index in 0..5 {
            let process = MyClass { number: index + 1 }.start();
            if index % 2 == 0 {
                process.join().unwrap();
            } else {
                others.push(process);
            }
        }
        for process in others {
            process.join().unwrap();
        }
    }
    // end cell

    // cell: who-am-i
    fn who_am_i() {
        let (name, id, parent) = (process::current_name(), process::id(), process::parent_id());
        println!("I am {name}, process ID {id}, my parent is {parent}");
    }

    fn child(i: u32) -> Process<'static> {
        started(&format!("child {i}"), who_am_i)
    }

    {
        who_am_i();
        for child in [0, 1, 2, 3].map(child) {
            child.join().unwrap();
        }
    }
    // end cell

    // cell: who-am-i-joined
    {
        who_am_i();
        for i in 0..4 {
            child(i).join().unwrap();
        }
    }
    // end cell

    // cell: who-am-i-last
    {
        who_am_i();
        for child in [0, 1, 2, 3].map(child) {
            child.join().unwrap();
        }
        println!("all done");
    }
    // end cell

    // cell: cube-and-square
    fn power(name: &'static str, exponent: u32) -> Process<'static> {
        started(name, move || {
            thread::sleep(Duration::from_millis(20));
            println!("{name}: {}", 10_u32.pow(exponent));
        })
    }

    {
        let (cube, square) = (power("Cube", 3), power("Square", 2));
        cube.join().unwrap();
        square.join().unwrap();
        println!("Done");
    }
    // end cell

    // cell: cube-then-square
    power("Cube", 3).join().unwrap();
    power("Square", 2).join().unwrap();
    println!("Done");
    // end cell

    // cell: without-waiting
    {
        let processes = [power("Cube", 3), power("Square", 2)];
        println!("Done");
        for process in processes {
            process.join().unwrap();
        }
    }
    // end cell

    // cell: ids
    fn tell() {
        let (name, id, parent) = (process::current_name(), process::id(), process::parent_id());
        println!("{name} has process ID {id}, its parent has {parent}");
    }

    fn life(process: &Process) -> &'static str {
        if process.is_alive() {
            "alive"
        } else {
            "not alive"
        }
    }

    {
        println!("main has process ID {}", process::id());
        let processes = ["p1", "p2"].map(|name| started(name, tell));
        for process in &processes {
            let (name, id) = (process.name(), process.pid().unwrap());
            println!("{name} was started with process ID {id}");
        }
        for process in &processes {
            process.join().unwrap();
        }
        println!("Both processes finished");
        for process in &processes {
            println!("{} after join: {}", process.name(), life(process));
        }
    }
    // end cell

    // cell: only-work
    struct MyProcess {
        given: Option<u32>,
    }

    impl MyProcess {
        fn run(&mut self) {
            let name = process::current_name();
            println!("work of {name} in process {}", process::id());
            if let Some(number) = self.given.take() {
                println!("{name} was given {number}");
            }
        }
    }

    fn run_all(objects: &mut [MyProcess]) {
        let mut children = Vec::new();
        for (k, object) in (1..).zip(objects) {
            let mut child = Process::borrowing(format!("MyProcess-{k}"), || object.run());
            child.start().unwrap();
            children.push(child);
        }
        for child in children {
            println!("exit code {}", child.join().unwrap().unwrap());
        }
    }

    run_all(&mut [MyProcess { given: None }]);
    // end cell

    // cell: own-data
    {
        let mut objects = [MyProcess { given: Some(213) }];
        run_all(&mut objects);
        println!("main has {:?}", objects[0].given);
    }
    // end cell

    // cell: many-of-them
    {
        let numbers = [838, 831, 332, 49, 77, 734, 927, 254];
        run_all(&mut numbers.map(|number| MyProcess {
            given: Some(number),
        }));
    }
    // end cell

    // cell: alive
    {
        println!("main has process ID {}", process::id());
        let go = Queue::<u32>::unbounded().unwrap();
        let mut processes = ["p1", "p2"].map(|name| {
            let go = go.clone();
            Process::new(name, move || {
                tell();
                go.get().unwrap();
            })
        });
        for process in &processes {
            println!("{} before the start: {}", process.name(), life(process));
        }
        for process in &mut processes {
            process.start().unwrap();
            let (name, id) = (process.name(), process.pid().unwrap());
            println!("{name} was started with process ID {id}");
        }
        for process in &processes {
            println!("{} while it runs: {}", process.name(), life(process));
        }
        for _ in &processes {
            go.put(1).unwrap();
        }
        for process in &processes {
            process.join().unwrap();
        }
        println!("Both processes finished");
        for process in &processes {
            println!("{} after join: {}", process.name(), life(process));
        }
    }
    // end cell

    // cell: whose-child
    {
        println!("main has process ID {}", process::id());
        let p1 = started("p1", || {
            tell();
            let p2 = started("p2", tell);
            println!("p2 was started with process ID {}", p2.pid().unwrap());
            p2.join().unwrap();
        });
        println!("p1 was started with process ID {}", p1.pid().unwrap());
        p1.join().unwrap();
        println!("Both processes finished");
        println!("p1 after join: {}", life(&p1));
    }
    // end cell

    // cell: family
    /// Name, pid and pid of the parent.
    type Member = (String, i32, i32);

    fn family(names: &[&str], register: &Queue<Member>) {
        // Your code goes here.
        let _ = (names, register);
    }
    // end cell

    // cell: check-family
    fn check_family(family: fn(&[&str], &Queue<Member>)) -> Result<(), String> {
        let names = ["Ada", "Grace", "Edsger"];
        let register = Queue::<Member>::unbounded().unwrap();
        family(&names, &register);
        register.close();
        let mut members = Vec::new();
        while let Ok(Some(member)) = register.get() {
            members.push(member);
        }
        if members.len() != 6 {
            return Err(format!(
                "six members were expected, {} are in the register",
                members.len()
            ));
        }
        for name in names {
            let junior = format!("{name} junior");
            let child = members.iter().find(|member| member.0 == name);
            let grandchild = members.iter().find(|member| member.0 == junior);
            let (Some(child), Some(grandchild)) = (child, grandchild) else {
                return Err(format!("{name} or {junior} is missing"));
            };
            if child.2 != process::id() || grandchild.2 != child.1 {
                return Err(format!("the parents of {name} and {junior} are not right"));
            }
        }
        for (place, member) in members.iter().enumerate() {
            if members[..place].iter().any(|other| other.1 == member.1) {
                return Err(format!("two members share the pid {}", member.1));
            }
            if std::path::Path::new(&format!("/proc/{}", member.1)).exists() {
                return Err(format!("{} was not joined", member.0));
            }
        }
        Ok(())
    }

    match check_family(family) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_family(family).is_err());
    assert_eq!(check_family(solved_family), Ok(()));

    fn solved_family(names: &[&str], register: &Queue<Member>) {
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
        for child in &mut children {
            child.join().unwrap();
        }
    }
}
