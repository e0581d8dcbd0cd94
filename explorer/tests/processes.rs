//! Processes: fork and wait, pipes and their end, shared memory, locks, and statics of one's own.
use explorer::model::fork::{
    Beyond, Images, Messages, ProcessLock, SharedNumber, ends_within, exit, fork, id, pipe,
    pipe_not_inherited, pipe_with, use_images, was_ended,
};
use explorer::model::sync::{Arc, Mutex, atomic};
use explorer::model::{println, thread};
use explorer::{Assumption, By, Exploration, FailureKind, Settings, Verdict, explore};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

fn texts(exploration: &Exploration) -> Vec<String> {
    let outputs = exploration.outputs.as_ref().unwrap();
    outputs.list(99).into_iter().map(|one| one.text).collect()
}

fn kinds(exploration: &Exploration) -> Vec<FailureKind> {
    exploration.failures.iter().map(|one| one.kind).collect()
}

fn explored(program: impl Fn() + Clone + 'static) -> Exploration {
    explore(&program, &Settings::default())
}

#[test]
fn a_child_is_waited_for_and_ends_with_a_code() {
    let from = line!();
    let found = explored(|| {
        let child = fork(|| {
            println!("child {}", id());
            exit(3);
        })
        .unwrap();
        println!("ended with {}", child.wait());
        let child = fork(|| panic!("on purpose")).unwrap();
        println!("ended with {}", child.wait());
        println!("ended with {}", fork(|| {}).unwrap().wait());
    });
    assert_eq!(
        texts(&found),
        ["child 1\nended with 3\nended with 101\nended with 0\n"]
    );
    assert_eq!(kinds(&found), [FailureKind::Panic]);
    assert_eq!(found.verdict, Verdict::Proved);
    let first = found.guarantees().unwrap().told[0].cause.clone().unwrap();
    assert_eq!(
        (first.by, first.line.unwrap().line - from),
        (By::Process, 7)
    );
}

/// Counts how many there are.
struct Counted;

static COUNTED: AtomicU32 = AtomicU32::new(0);

impl Counted {
    fn new() -> Counted {
        COUNTED.fetch_add(1, Relaxed);
        Counted
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        COUNTED.fetch_sub(1, Relaxed);
    }
}

explorer::model_thread_local! { static OF_A_THREAD: Counted = Counted::new(); }

#[test]
fn nothing_of_a_childs_thread_is_left_however_it_ended() {
    let found = explored(|| {
        let end = |how: fn()| {
            let child = fork(move || OF_A_THREAD.with(|_| how()));
            child.unwrap().wait();
        };
        end(|| {});
        end(|| exit(3));
        end(|| panic!("on purpose"));
        // Nobody waits for this one, so some executions are over before it is.
        fork(|| OF_A_THREAD.with(|_| println!("late"))).unwrap();
    });
    assert_eq!(texts(&found), ["", "late\n"]);
    assert_eq!(COUNTED.load(Relaxed), 0);
}

#[test]
fn a_pipe_ends_when_the_last_writer_closes() {
    let found = explored(|| {
        let (reader, writer) = pipe();
        let child = fork(move || {
            writer.write(b"ab").unwrap();
            writer.write(b"c").unwrap();
        })
        .unwrap();
        let mut all = Vec::new();
        loop {
            let more = reader.read(10);
            if more.is_empty() {
                break;
            }
            all.extend(more);
        }
        println!("{}", String::from_utf8(all).unwrap());
        child.wait();
    });
    assert_eq!(
        (texts(&found), kinds(&found)),
        (vec!["abc\n".to_owned()], vec![])
    );
    assert_eq!(found.verdict, Verdict::Proved);
}

#[test]
fn what_arrives_together_is_luck() {
    let found = explored(|| {
        let (reader, writer) = pipe();
        let child = fork(move || {
            writer.write(b"a").unwrap();
            writer.write(b"b").unwrap();
        })
        .unwrap();
        println!("{}", reader.read(10).len());
        child.wait();
    });
    assert_eq!(texts(&found), ["1\n", "2\n"]);
}

/// The parent keeps its own writing end open, or a child inherits one: the end of the pipe never comes.
#[test]
fn a_writing_end_that_somebody_forgot_is_a_deadlock() {
    let kept = |forgets: bool| {
        move || {
            let (reader, writer) = pipe();
            let theirs = writer.duplicate();
            let child = fork(move || drop(theirs)).unwrap();
            if !forgets {
                drop(writer);
            }
            println!("{}", reader.read(1).len());
            child.wait();
        }
    };
    assert_eq!(kinds(&explored(kept(true))), [FailureKind::Deadlock]);
    assert_eq!(kinds(&explored(kept(false))), []);
    let inherited = |inherits: bool| {
        move || {
            let (reader, writer) = if inherits {
                pipe_with(8)
            } else {
                pipe_not_inherited(8)
            };
            // The child reads, and has inherited the writing end it never uses.
            let child = fork(move || println!("{}", reader.read(1).len())).unwrap();
            drop(writer);
            child.wait();
        }
    };
    let found = explored(inherited(true));
    assert_eq!(kinds(&found), [FailureKind::Deadlock]);
    let waits: Vec<_> = found.failures[0]
        .waiting
        .iter()
        .map(|one| one.what.as_str())
        .collect();
    assert!(waits.contains(&"pipe"), "{waits:?}");
    assert_eq!(kinds(&explored(inherited(false))), []);
}

/// A later child has no copy of an end that an earlier one took with it.
#[test]
fn an_end_that_went_to_an_earlier_child_is_not_inherited_by_a_later_one() {
    let found = explored(|| {
        let (reader, writer) = pipe();
        let first = fork(move || writer.write(b"x").unwrap()).unwrap();
        let (gate, closes) = pipe();
        // It lives until the parent has read everything.
        let second = fork(move || drop(gate.read(1))).unwrap();
        let mut bytes = 0;
        while !reader.read(1).is_empty() {
            bytes += 1;
        }
        println!("{bytes}");
        closes.write(b"!").unwrap();
        first.wait();
        second.wait();
    });
    assert_eq!(
        (texts(&found), kinds(&found)),
        (vec!["1\n".to_owned()], vec![])
    );
}

#[test]
fn a_full_pipe_makes_its_writer_wait_and_a_deaf_one_breaks() {
    let full = explored(|| {
        let (reader, writer) = pipe_with(2);
        writer.write(b"abc").unwrap();
        println!("written");
        drop(reader);
    });
    assert_eq!(kinds(&full), [FailureKind::Deadlock]);
    let deaf = explored(|| {
        let (reader, writer) = pipe_with(2);
        drop(reader);
        println!("{:?}", writer.write(b"abc").unwrap_err().kind());
    });
    assert_eq!(texts(&deaf), ["BrokenPipe\n"]);
}

#[test]
fn shared_memory_loses_updates_unless_a_process_lock_protects_it() {
    let counting = |locked: bool| {
        move || {
            let shared = Arc::new((SharedNumber::new(0), ProcessLock::new()));
            let children: Vec<_> = (0..2)
                .map(|_| {
                    let shared = Arc::clone(&shared);
                    fork(move || {
                        let _guard = locked.then(|| shared.1.lock());
                        let before = shared.0.get();
                        shared.0.set(before + 1);
                    })
                    .unwrap()
                })
                .collect();
            for child in &children {
                child.wait();
            }
            println!("{}", shared.0.get());
        }
    };
    let found = explored(counting(false));
    assert_eq!(texts(&found), ["1\n", "2\n"]);
    assert_eq!(kinds(&found), [FailureKind::LostUpdate]);
    let found = explored(counting(true));
    assert_eq!(
        (texts(&found), kinds(&found)),
        (vec!["2\n".to_owned()], vec![])
    );
    assert_eq!(found.verdict, Verdict::Proved);
}

#[test]
fn messages_come_in_the_order_in_which_they_were_sent() {
    let found = explored(|| {
        let messages = Messages::new();
        let children = ["ab", "cd"].map(|letters| {
            let messages = messages.clone();
            fork(move || letters.chars().for_each(|letter| messages.send(letter))).unwrap()
        });
        let all: String = (0..4).filter_map(|_| messages.recv()).collect();
        println!("{all}");
        assert!(messages.try_recv().is_none());
        for child in &children {
            child.wait();
        }
    });
    let lines = ["abcd", "acbd", "acdb", "cabd", "cadb", "cdab"];
    assert_eq!(texts(&found), lines.map(|line| format!("{line}\n")));
    assert_eq!((found.verdict, found.classes), (Verdict::Proved, 6));
}

#[test]
fn whoever_waits_for_each_message_in_turn_does_not_see_who_was_first() {
    let found = explored(|| {
        let messages = [(); 3].map(|()| Messages::new());
        let children = messages
            .clone()
            .map(|own| fork(move || own.send('x')).unwrap());
        messages
            .iter()
            .for_each(|own| assert_eq!(own.recv(), Some('x')));
        for child in &children {
            child.wait();
        }
    });
    assert_eq!((found.verdict, found.classes), (Verdict::Proved, 1));
}

#[test]
fn a_process_that_ends_with_a_lock_keeps_it() {
    let found = explored(|| {
        let lock = Arc::new(ProcessLock::new());
        let theirs = Arc::clone(&lock);
        let child = fork(move || {
            let _guard = theirs.lock();
            exit(1);
        })
        .unwrap();
        println!("{}", child.wait());
        drop(lock.lock());
    });
    assert_eq!(kinds(&found), [FailureKind::Deadlock]);
}

#[test]
fn memory_that_each_process_would_have_a_copy_of_is_never_called_proved() {
    let found = explored(|| {
        let private = Arc::new(Mutex::new(0));
        let theirs = Arc::clone(&private);
        let child = fork(move || *theirs.lock().unwrap() += 1).unwrap();
        child.wait();
        println!("{}", private.lock().unwrap());
    });
    assert_eq!(found.verdict, Verdict::Bounded { bound: None });
    assert!(found.assumptions.contains(&Assumption::PrivateMemory));
}

#[test]
fn what_a_parent_changes_after_the_fork_its_child_does_not_see() {
    let stored_between = |forked_before: bool| {
        move || {
            let private = Arc::new(atomic::AtomicU32::new(0));
            let theirs = Arc::clone(&private);
            let (reader, writer) = pipe();
            if !forked_before {
                private.store(5, atomic::Ordering::SeqCst);
            }
            let child = fork(move || {
                // Its parent has stored by now.
                reader.read(1);
                println!("{}", theirs.load(atomic::Ordering::SeqCst));
            })
            .unwrap();
            if forked_before {
                private.store(5, atomic::Ordering::SeqCst);
            }
            writer.write(b"!").unwrap();
            child.wait();
        }
    };
    // A child has what was there when it was forked.
    let found = explored(stored_between(false));
    assert_eq!(texts(&found), ["5\n"]);
    assert_eq!(found.verdict, Verdict::Proved);
    // It has 0 in truth.
    let found = explored(stored_between(true));
    assert_eq!(found.verdict, Verdict::Bounded { bound: None });
    assert!(found.assumptions.contains(&Assumption::PrivateMemory));
}

#[test]
fn a_child_can_be_ended_before_each_line_and_each_operation_and_not_beyond() {
    let found = explored(|| {
        let number: &SharedNumber = Box::leak(Box::default());
        let child = fork(|| {
            ends_within(|| {
                println!("one");
                number.add(1);
                println!("two");
            });
            println!("to the end");
        })
        .unwrap();
        child.can_be_ended();
        child.end();
        child.wait();
        println!("{} {}", number.get(), was_ended());
    });
    assert_eq!(
        texts(&found),
        [
            "0 false\n",
            "one\n0 false\n",
            "one\n1 false\n",
            "one\ntwo\nto the end\n1 false\n",
        ]
    );
    assert_eq!((found.verdict, kinds(&found)), (Verdict::Proved, vec![]));
}

#[test]
fn a_child_that_is_ended_while_it_waits_for_something_else_has_no_model() {
    let found = explored(|| {
        let lock: &ProcessLock = Box::leak(Box::default());
        let _held = lock.lock();
        let child = fork(|| ends_within(|| drop(lock.lock()))).unwrap();
        child.can_be_ended();
        child.end();
        child.wait();
    });
    assert_eq!(found.beyond.map(|(_, what)| what), Some(Beyond::Signal));
}

#[test]
fn threads_that_a_child_leaves_behind_are_never_called_proved() {
    let found = explored(|| {
        let child = fork(|| drop(thread::spawn(|| println!("left behind")))).unwrap();
        child.wait();
    });
    assert_eq!(found.verdict, Verdict::Bounded { bound: None });
    assert!(found.assumptions.contains(&Assumption::ThreadsOfAChild));
}

/// A `static` of the program.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Saves and restores it, as whoever knows all statics does.
#[derive(Default)]
struct OneStatic {
    running: usize,
    images: Vec<u32>,
}

impl Images for OneStatic {
    fn begin(&mut self) {
        self.running = 0;
        self.images = vec![0];
        COUNTER.store(0, Relaxed);
    }

    fn fork(&mut self, child: usize) {
        assert_eq!(child, self.images.len());
        self.images.push(COUNTER.load(Relaxed));
    }

    fn switch(&mut self, to: usize) {
        self.images[self.running] = COUNTER.load(Relaxed);
        self.running = to;
        COUNTER.store(self.images[to], Relaxed);
    }
}

#[test]
fn every_process_has_its_own_image_of_the_statics() {
    use_images(Box::new(OneStatic::default()));
    let found = explored(|| {
        COUNTER.fetch_add(1, Relaxed);
        let children: Vec<_> = (0..2)
            .map(|_| {
                fork(|| {
                    let lock = ProcessLock::new();
                    COUNTER.fetch_add(10, Relaxed);
                    // Somebody else may run here.
                    drop(lock.lock());
                    println!("child {}", COUNTER.load(Relaxed));
                })
                .unwrap()
            })
            .collect();
        for child in &children {
            child.wait();
        }
        println!("parent {}", COUNTER.load(Relaxed));
    });
    assert_eq!(texts(&found), ["child 11\nchild 11\nparent 1\n"]);
    assert_eq!(found.verdict, Verdict::Proved);
}
