// A list under a lock, and a condition to wait for.
use std::collections::VecDeque;
use std::sync::Condvar;

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<(u32, SyncSender<u32>)>,
    closed: bool,
}

struct Desk {
    room: usize,
    shared: Arc<Shared>,
    clerks: Vec<JoinHandle<()>>,
}

impl Shared {
    fn next(&self) -> Option<(u32, SyncSender<u32>)> {
        let idle = |state: &mut State| state.waiting.is_empty() && !state.closed;
        let mut state = self.changed.wait_while(self.state.lock().unwrap(), idle).unwrap();
        let next = state.waiting.pop_front();
        // Also to somebody who waits for room.
        self.changed.notify_all();
        next
    }
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let shared = Arc::new(Shared::default());
        let clerks = (0..clerks)
            .map(|_| {
                let (shared, work) = (shared.clone(), work.clone());
                thread::spawn(move || {
                    while let Some((request, reply)) = shared.next() {
                        let once = || catch_unwind(AssertUnwindSafe(|| work(request)));
                        if let Ok(answer) = once().or_else(|_| once()) {
                            let _ = reply.send(answer);
                        }
                    }
                })
            })
            .collect();
        Desk { room, shared, clerks }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        let mut state = self.shared.state.lock().unwrap();
        if state.waiting.len() >= self.room {
            return None;
        }
        let (reply, answer) = mpsc::sync_channel(1);
        state.waiting.push_back((request, reply));
        self.shared.changed.notify_all();
        Some(answer)
    }

    fn fire(&self, request: u32) {
        let full = |state: &mut State| state.waiting.len() >= self.room;
        let state = self.shared.state.lock().unwrap();
        let mut state = self.shared.changed.wait_while(state, full).unwrap();
        state.waiting.push_back((request, mpsc::sync_channel(1).0));
        self.shared.changed.notify_all();
    }

    fn close(self) {
        self.shared.state.lock().unwrap().closed = true;
        self.shared.changed.notify_all();
        for clerk in self.clerks {
            clerk.join().unwrap();
        }
    }
}
