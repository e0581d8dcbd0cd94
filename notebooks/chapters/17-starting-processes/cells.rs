//! The cells of chapter 17, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{self, Process, Queue};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest
    {
        println!("I am process {}", process::id());
        let mut child = Process::new("child", || {
            println!(
                "the child is process {}, its parent is {}",
                process::id(),
                process::parent_id()
            );
        });
        child.start().unwrap();
        child.join().unwrap();
        println!("joined");
    }
    // end cell

    // cell: copy
    {
        let mut number = 1;
        let mut child = Process::new("child", move || {
            number += 99;
            println!("the child has {number}");
        });
        child.start().unwrap();
        child.join().unwrap();
        println!("the parent has {number}");
    }
    // end cell

    // cell: thread-shares
    {
        let mut number = 1;
        thread::scope(|s| {
            s.spawn(|| number += 99);
        });
        println!("after the thread: {number}");
    }
    // end cell

    // cell: queue
    {
        let results = Queue::<u32>::unbounded().unwrap();
        let sender = results.clone();
        let mut child = Process::new("child", move || sender.put(1 + 99).unwrap());
        child.start().unwrap();
        println!("the child sent {:?}", results.get().unwrap());
        child.join().unwrap();
    }
    // end cell

    // cell: names
    fn visit() {
        let name = process::current_name();
        println!(
            "Starting process name = {name} (parent {})",
            process::parent_id()
        );
        thread::sleep(Duration::from_millis(20));
        println!("Exiting process name = {name}");
    }

    {
        let mut named = Process::new("myFunc", visit);
        let mut unnamed = Process::new("Process-2", visit);
        named.start().unwrap();
        unnamed.start().unwrap();
        named.join().unwrap();
        unnamed.join().unwrap();
    }
    // end cell

    // cell: names-joined
    for name in ["myFunc", "Process-2"] {
        let mut child = Process::new(name, visit);
        child.start().unwrap();
        child.join().unwrap();
    }
    // end cell

    // cell: nested
    {
        let mut named = Process::new("myFunc", || {
            println!("Starting process name = myFunc (process {})", process::id());
            let mut insider = Process::new("insider", visit);
            insider.start().unwrap();
            insider.join().unwrap();
            println!("Exiting process name = myFunc");
        });
        let mut unnamed = Process::new("Process-2", visit);
        named.start().unwrap();
        unnamed.start().unwrap();
        named.join().unwrap();
        unnamed.join().unwrap();
    }
    // end cell

    // cell: mistake-order
    /// Starts two processes and tells which one spoke first.
    fn first_of_two() -> String {
        let words = Queue::<String>::unbounded().unwrap();
        let mut children: Vec<Process> = ["myFunc", "Process-2"]
            .iter()
            .map(|name| {
                let words = words.clone();
                Process::new(*name, move || words.put(process::current_name()).unwrap())
            })
            .collect();
        for child in &mut children {
            child.start().unwrap();
        }
        for child in &mut children {
            child.join().unwrap();
        }
        words.get().unwrap().unwrap()
    }

    {
        let firsts: Vec<String> = (0..30).map(|_| first_of_two()).collect();
        for name in ["myFunc", "Process-2"] {
            println!(
                "{name} first: {} times",
                firsts.iter().filter(|first| *first == name).count()
            );
        }
    }
    // end cell

    // cell: own-type
    struct MyClass {
        number: u32,
        pause: Duration,
    }

    impl MyClass {
        fn run(&self) {
            thread::sleep(self.pause);
            println!(
                "called run method by {} (process {})",
                process::current_name(),
                process::id()
            );
        }

        fn start(self) -> Process<'static> {
            let name = format!("MyClass-{}", self.number);
            let mut process = Process::new(name, move || self.run());
            process.start().unwrap();
            process
        }
    }

    fn my_class(number: u32) -> MyClass {
        MyClass {
            number,
            pause: Duration::from_millis(50),
        }
    }
    // end cell

    // cell: own-type-joined
    {
        let begin = Instant::now();
        for k in 1..=4 {
            my_class(k).start().join().unwrap();
        }
        println!("{} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: own-type-together
    {
        let begin = Instant::now();
        let processes: Vec<Process> = (1..=4).map(|k| my_class(k).start()).collect();
        for process in processes {
            process.join().unwrap();
        }
        println!("{} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: own-type-every-second
    {
        let mut others = Vec::new();
        for index in 0..5 {
            let process = my_class(index + 1).start();
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
        println!("I am {name}, process {id}, my parent is {parent}");
    }

    fn child(i: u32) -> Process<'static> {
        let mut child = Process::new(format!("child {i}"), who_am_i);
        child.start().unwrap();
        child
    }

    {
        who_am_i();
        // Scenarios 1 and 3: all start, and then main waits for all.
        let children: Vec<_> = (0..4).map(child).collect();
        for child in children {
            child.join().unwrap();
        }
        println!("all done");
        // Scenario 2: main waits for each.
        for i in 0..4 {
            child(i).join().unwrap();
        }
    }
    // end cell

    // cell: cube-and-square
    fn power(exponent: u32) -> Process<'static> {
        let mut process = Process::new(format!("power {exponent}"), move || {
            thread::sleep(Duration::from_millis(20));
            println!("10 to the power of {exponent}: {}", 10_u64.pow(exponent));
        });
        process.start().unwrap();
        process
    }

    {
        // Scenario 1: start both, then wait for both.
        let (cube, square) = (power(3), power(2));
        cube.join().unwrap();
        square.join().unwrap();
        println!("main: both are done");

        // Scenario 2: one after the other.
        power(3).join().unwrap();
        power(2).join().unwrap();
        println!("main: both are done");

        // Scenario 3: main speaks without waiting.
        let (cube, square) = (power(3), power(2));
        println!("main: both are started");
        cube.join().unwrap();
        square.join().unwrap();
    }
    // end cell

    // cell: own-data
    struct Counter {
        number: u32,
    }

    impl Counter {
        fn run(&mut self) {
            self.number += 99;
            println!("{} has {}", process::current_name(), self.number);
        }
    }

    {
        let mut counters = [1, 2, 3].map(|number| Counter { number });
        let mut children = Vec::new();
        for counter in &mut counters {
            let name = format!("counter {}", counter.number);
            let mut child = Process::borrowing(name, move || counter.run());
            child.start().unwrap();
            children.push(child);
        }
        for child in children {
            println!("exit code {:?}", child.join().unwrap());
        }
        println!("main has {:?}", counters.map(|counter| counter.number));
    }
    // end cell

    // cell: alive
    {
        let go = Queue::<u32>::unbounded().unwrap();
        let signal = go.clone();
        let mut p1 = Process::new("p1", move || {
            signal.get().unwrap();
        });
        println!("before the start: {}", p1.is_alive());
        p1.start().unwrap();
        println!("while it waits: {}", p1.is_alive());
        go.put(1).unwrap();
        p1.join().unwrap();
        println!("after the join: {}", p1.is_alive());
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
