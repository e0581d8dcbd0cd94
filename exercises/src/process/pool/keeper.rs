//! The parent's side of a lasting pool: one thread that reads reports, calls callbacks one at a
//! time, gives out tasks, and replaces workers that died.

use super::PoolError;
use super::outcome::{Failure, in_peace, of_report};
use super::staff::{Deliver, News, Phase, Seat, Staff};
use super::worker::{read_report, work, write_task};
use crate::primitive::Arc;
use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::lock::{Condvar, Mutex};
use crate::primitive::participants::Roles;
use crate::primitive::process::{Bond, ExitStatus, Signal, fork_with, getpid};
use crate::primitive::thread::{self, ThreadId};
use crate::primitive::time::{Deadline, Duration, Instant};
use crate::process::channel::{Channel, TakeFailure};
use recorder::ObjectKind;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;

/// How often it is asked whether the workers live.
const LOOK: Duration = Duration::from_millis(100);
/// How often reports are looked for while workers may put them without waking anybody.
const QUIET_LOOK: Duration = Duration::from_millis(1);
/// After so many deaths of workers that had nothing to do, the pool gives up: something else is
/// wrong, and new ones would die as well.
const MOST_BARREN_DEATHS: u32 = 16;

pub(super) type Function<I, O> = Arc<dyn Fn(&I) -> O + Send + Sync>;

pub(super) struct Keeper<I, O> {
    owner: i32,
    workers: usize,
    function: Function<I, O>,
    staff: Mutex<Staff<O>>,
    over: Condvar,
    /// What the workers write into, and we, to wake our thread.
    reports: Channel,
    reading: Channel,
    thread: Mutex<Option<ThreadId>>,
    next_id: AtomicU64,
}

impl<I, O> Keeper<I, O> {
    pub fn workers(&self) -> usize {
        self.workers
    }

    pub fn owner(&self) -> i32 {
        self.owner
    }

    pub fn is_ours(&self) -> Result<(), PoolError> {
        if self.owner == getpid() {
            Ok(())
        } else {
            Err(PoolError::NotOurs(self.owner))
        }
    }

    pub fn is_own_thread(&self) -> bool {
        *self.thread.lock() == Some(thread::current_id())
    }

    pub fn pids(&self) -> Vec<i32> {
        let staff = self.staff.lock();
        staff.seats.iter().map(|seat| seat.child.pid()).collect()
    }

    fn wake(&self) {
        let _ = self.reports.put(&[], Deadline::NEVER);
    }

    /// Goes on to a later phase; never back.
    pub fn enter(&self, phase: Phase) {
        let mut staff = self.staff.lock();
        let now = staff.phase;
        if now == Phase::Open || (now == Phase::Closed && phase == Phase::Terminated) {
            staff.phase = phase;
        }
        drop(staff);
        self.wake();
    }

    pub fn phase(&self) -> Phase {
        self.staff.lock().phase
    }

    pub fn wait_until_over(&self) {
        let mut staff = self.staff.lock();
        self.over
            .wait_while(&mut staff, |staff| staff.phase != Phase::Over);
    }
}

impl<I, O> Keeper<I, O>
where
    I: Serialize + DeserializeOwned + 'static,
    O: Serialize + DeserializeOwned + Send + 'static,
{
    /// Starts the workers.
    pub fn new(workers: usize, function: Function<I, O>) -> Result<Keeper<I, O>, PoolError> {
        let reports = Channel::new(ObjectKind::Queue, None, Roles::PRODUCER)?;
        let reading = reports.for_roles(Roles::CONSUMER);
        let keeper = Keeper {
            owner: getpid(),
            workers,
            function,
            staff: Mutex::quiet(Staff::new(Vec::new())),
            over: Condvar::quiet(),
            reports,
            reading,
            thread: Mutex::quiet(None),
            next_id: AtomicU64::new(1),
        };
        for number in 1..=workers as u32 {
            match keeper.hire(number) {
                Ok(seat) => keeper.staff.lock().seats.push(seat),
                Err(error) => {
                    keeper.dismiss_all();
                    return Err(error.into());
                }
            }
        }
        Ok(keeper)
    }

    fn hire(&self, number: u32) -> io::Result<Seat> {
        let tasks = Channel::new(ObjectKind::Queue, None, Roles::PRODUCER)?;
        let back = tasks.for_roles(Roles::CONSUMER);
        let child = {
            // Moved, so that they are known to be the child's.
            let (tasks, reports) = (back.clone(), self.reports.clone());
            let function = self.function.clone();
            fork_with(&format!("Worker-{number}"), Bond::Daemon, move || {
                work(number, &tasks, &reports, &*function)
            })?
        };
        Ok(Seat::new(number, child, tasks, back))
    }

    /// A new task.
    pub fn submit(&self, inputs: &[I], deliver: Deliver<O>) -> Result<(), PoolError> {
        self.is_ours()?;
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let bytes = write_task(id, inputs).map_err(PoolError::Input)?;
        let mut staff = self.staff.lock();
        match staff.phase {
            Phase::Open => {}
            Phase::Closed => return Err(PoolError::Closed),
            Phase::Terminated | Phase::Over => return Err(PoolError::Terminated),
        }
        staff.add(id, bytes, deliver);
        let news = staff.deal();
        drop(staff);
        tell(news);
        Ok(())
    }

    /// What the pool's thread does.
    pub fn keep(&self) {
        *self.thread.lock() = Some(thread::current_id());
        let mut next_number = self.workers as u32 + 1;
        let mut last_look = Instant::now();
        loop {
            let mut look = last_look.elapsed() >= LOOK;
            let patience = if self.staff.lock().reports_quietly() {
                QUIET_LOOK
            } else {
                LOOK
            };
            match self.reading.take(Deadline::after_unscaled(patience)) {
                Ok(message) => self.settle(message),
                Err(TakeFailure::TimedOut) if patience < LOOK => {}
                Err(TakeFailure::TimedOut | TakeFailure::Ended | TakeFailure::Abandoned(_)) => {
                    look = true;
                }
                Err(TakeFailure::System(_)) => self.enter(Phase::Terminated),
            }
            if look {
                last_look = Instant::now();
                self.replace_the_dead(&mut next_number);
            }
            let staff = self.staff.lock();
            match staff.phase {
                Phase::Open => {}
                Phase::Closed if !staff.is_idle() => {}
                Phase::Closed => {
                    drop(staff);
                    self.send_home();
                    return;
                }
                Phase::Terminated | Phase::Over => {
                    drop(staff);
                    self.dismiss_all();
                    return;
                }
            }
        }
    }

    /// Reads a report, and those that lie behind it.
    fn settle(&self, first: Vec<u8>) {
        let mut reports = Vec::new();
        reports.extend(read_report::<O>(&first));
        // A failure shows again with the next taking.
        let _ = self
            .reading
            .take_there(|message| reports.extend(read_report::<O>(message)));
        let mut told = News::new();
        let mut staff = self.staff.lock();
        for reported in reports {
            let pid = staff.pid(reported.worker);
            let deliver = staff.settle(reported.worker, reported.id, reported.nanos);
            if let Some(deliver) = deliver {
                told.push((deliver, of_report(reported.report, pid)));
            }
        }
        told.extend(staff.deal_and_level());
        drop(staff);
        tell(told);
    }

    fn replace_the_dead(&self, next_number: &mut u32) {
        let dead: Vec<(u32, i32, ExitStatus)> = {
            let staff = self.staff.lock();
            let seats = staff.seats.iter();
            seats
                .filter_map(|seat| {
                    let status = seat.child.status().ok().flatten()?;
                    Some((seat.number, seat.child.pid(), status))
                })
                .collect()
        };
        if !dead.is_empty() {
            // Whatever they reported is here by now, and counts.
            while let Ok(message) = self.reading.take(Deadline::after_unscaled(Duration::ZERO)) {
                self.settle(message);
            }
        }
        for (number, pid, status) in dead {
            let news = self
                .staff
                .lock()
                .bury(number, Failure::Died { pid, status });
            tell(news);
        }
        let (missing, gives_up) = {
            let staff = self.staff.lock();
            let needed = match staff.phase {
                Phase::Open => true,
                Phase::Closed => !staff.is_idle(),
                Phase::Terminated | Phase::Over => false,
            };
            let missing = self.workers.saturating_sub(staff.seats.len());
            (
                if needed { missing } else { 0 },
                staff.barren > MOST_BARREN_DEATHS,
            )
        };
        if gives_up {
            return self.enter(Phase::Terminated);
        }
        for _ in 0..missing {
            // If the system refuses now, it is asked again with the next look.
            let Ok(seat) = self.hire(*next_number) else {
                break;
            };
            *next_number = next_number.wrapping_add(1);
            self.staff.lock().seats.push(seat);
        }
        // Those who came in the place of the dead have nothing to do yet.
        let news = self.staff.lock().deal_and_level();
        tell(news);
    }

    /// All is done: the workers see the end of their channels and end.
    fn send_home(&self) {
        let seats = std::mem::take(&mut self.staff.lock().seats);
        for seat in &seats {
            seat.tasks.close();
        }
        for seat in &seats {
            let _ = seat.child.wait();
        }
        self.finish();
    }

    /// Ends the workers wherever they are.
    fn dismiss_all(&self) {
        let mut staff = self.staff.lock();
        let seats = std::mem::take(&mut staff.seats);
        let news = staff.give_up(&Failure::Terminated);
        drop(staff);
        for seat in &seats {
            let _ = seat.child.signal(Signal::SIGKILL);
        }
        for seat in &seats {
            let _ = seat.child.wait();
        }
        tell(news);
        self.finish();
    }

    fn finish(&self) {
        let mut staff = self.staff.lock();
        staff.phase = Phase::Over;
        // What came in while the workers went.
        let news = staff.give_up(&Failure::Terminated);
        drop(staff);
        tell(news);
        self.over.notify_all();
    }
}

fn tell<O>(news: News<O>) {
    for (deliver, result) in news {
        in_peace(|| deliver(result));
    }
}
