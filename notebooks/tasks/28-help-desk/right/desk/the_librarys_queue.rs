// A bounded queue that several may read; it is closed when nothing more will come.
use exercises::sync::Queue as Line;

struct Desk {
    line: Line<(u32, Sender<u32>)>,
    clerks: Vec<JoinHandle<()>>,
}

impl Desk {
    fn open(clerks: usize, room: usize, work: Work) -> Desk {
        let line = Line::<(u32, Sender<u32>)>::bounded(room);
        let clerks = (0..clerks).map(|_| {
            let (line, work) = (line.clone(), work.clone());
            thread::spawn(move || {
                for (request, reply) in &line {
                    let done = || catch_unwind(AssertUnwindSafe(|| reply.send(work(request)))).is_ok();
                    let _ = done() || done();
                }
            })
        });
        Desk { clerks: clerks.collect(), line }
    }

    fn ask(&self, request: u32) -> Option<Receiver<u32>> {
        let (reply, answer) = mpsc::channel();
        self.line.try_put((request, reply)).ok().map(|_| answer)
    }

    fn fire(&self, request: u32) {
        self.line.put((request, mpsc::channel().0)).unwrap();
    }

    fn close(self) {
        self.line.close();
        self.clerks.into_iter().for_each(|clerk| clerk.join().unwrap());
    }
}
