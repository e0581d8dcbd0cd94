use super::keeper::Keeper;
use super::outcome::{
    AsyncResult, Ending, Failure, Gather, Imap, OnDone, OnError, Slot, in_peace, one,
};
use super::staff::Phase;
use super::{Pool, PoolError};
use crate::primitive::Arc;
use crate::primitive::lock::Mutex;
use crate::primitive::process::getpid;
use crate::primitive::thread::{self, JoinHandle};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// Worker processes that last: a pool one gives tasks to, as many and as often as one likes.
/// Made by [`Pool::new`].
///
/// **One function for each pool, given at the start.** Workers are forked, so they have the
/// functions of their parent as it was then; a closure made later, with what it captured, is
/// nowhere in their memory, and Rust cannot put code into a message. Python seems to: but `pickle`
/// sends the *name* of a function, which the worker must be able to import; a lambda or an inner
/// function is an error, and one that was changed since runs in its old form. What can travel is
/// data. Where different work is to be done, the input says which: an `enum` with one variant for
/// each, and a function that matches on it.
///
/// **A worker that dies** (killed, out of memory, `exit`) is replaced. The task it was doing is
/// lost and gives [`PoolError::Died`] with its pid; all others are done by somebody else. In Python
/// the worker is replaced too, but its task never ends, and `get` waits for ever.
///
/// **Callbacks** run in this process, one at a time, in the pool's own thread, before `get` gives
/// the result. A slow one holds up everything else of this pool. A panic in one is reported on
/// stderr and changes nothing (Python's pool stops working).
///
/// **The end.** [`close`](Workers::close) and [`join`](Workers::join) finish what was given;
/// [`terminate`](Workers::terminate) ends the workers with SIGKILL wherever they are, and tasks not
/// done give [`PoolError::Terminated`]. **Dropping a pool terminates it**, as leaving Python's
/// `with Pool()` does. A pool belongs to the process that made it: in a child it is
/// [`PoolError::NotOurs`], and dropping it there does nothing.
///
/// Guaranteed orders: results of `map` and `imap` in the order of the inputs; inside a chunk of
/// `map` the inputs one after the other; a callback before the `get` of its result; where there is
/// one worker, tasks in the order in which they were given. Not guaranteed: who does what, and who
/// is done first. Bounds: at most [`MOST`](Workers::MOST) workers, never
/// more alive than asked for; tasks as far as there is memory.
///
/// | | difference |
/// |---|---|
/// | rayon, a thread pool | threads share memory: nothing is sent, and a crash takes everything along |
/// | Python's `multiprocessing.Pool` | as said above; `map_async`, `apply_async`, callbacks, `imap` and the order of things are the same |
///
/// ```
/// use exercises::process::Pool;
/// use std::sync::mpsc;
///
/// let pool = Pool::new(2, |x: &u64| x * x).unwrap();
/// assert_eq!(pool.map(&[1, 2, 3]).unwrap(), [1, 4, 9]);
/// assert_eq!(pool.apply(7).unwrap(), 49);
/// assert_eq!(pool.imap(1..4).map(Result::unwrap).collect::<Vec<_>>(), [1, 4, 9]);
///
/// let (sender, receiver) = mpsc::channel();
/// let later = pool.apply_async_with(5, move |square| sender.send(*square).unwrap(), |_| ()).unwrap();
/// assert_eq!(later.get().unwrap(), 25);
/// assert_eq!(receiver.recv(), Ok(25));
///
/// pool.close();
/// pool.join().unwrap();
/// ```
pub struct Workers<I, O> {
    keeper: Arc<Keeper<I, O>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl<I, O> Workers<I, O> {
    /// So many workers a pool may have.
    pub const MOST: usize = 64;

    /// No more tasks. The workers end when all that was given is done.
    pub fn close(&self) {
        if self.keeper.is_ours().is_ok() {
            self.keeper.enter(Phase::Closed);
        }
    }

    /// Ends the workers wherever they are. Tasks that are not done give
    /// [`PoolError::Terminated`].
    pub fn terminate(&self) {
        if self.keeper.is_ours().is_ok() {
            self.keeper.enter(Phase::Terminated);
        }
    }

    /// Waits until all workers have ended: all is done then, and all callbacks were called.
    /// [`PoolError::StillOpen`] if it was neither closed nor terminated.
    pub fn join(&self) -> Result<(), PoolError> {
        self.keeper.is_ours()?;
        if self.keeper.phase() == Phase::Open {
            return Err(PoolError::StillOpen);
        }
        if self.keeper.is_own_thread() {
            return Err(PoolError::InCallback);
        }
        self.keeper.wait_until_over();
        let thread = self.thread.lock().take();
        if let Some(thread) = thread {
            // It does not panic; and if it did, the pool is over all the same.
            let _ = thread.join();
        }
        Ok(())
    }

    /// How many workers it has.
    pub fn workers(&self) -> usize {
        self.keeper.workers()
    }

    /// The workers right now. One that died may be missing for a moment, until it is replaced.
    pub fn pids(&self) -> Vec<i32> {
        self.keeper.pids()
    }
}

impl<I, O> Workers<I, O>
where
    I: Serialize + DeserializeOwned + 'static,
    O: Serialize + DeserializeOwned + Send + 'static,
{
    pub(super) fn start(
        workers: usize,
        f: impl Fn(&I) -> O + Send + Sync + 'static,
    ) -> Result<Workers<I, O>, PoolError> {
        let workers = if workers == 0 {
            thread::cores().min(Self::MOST)
        } else {
            workers
        };
        if workers > Self::MOST {
            return Err(PoolError::TooMany(workers));
        }
        let keeper = Arc::new(Keeper::new(workers, Arc::new(f))?);
        let pool = Workers {
            keeper: keeper.clone(),
            thread: Mutex::quiet(None),
        };
        let handle = thread::Builder::new()
            .name("pool")
            .spawn(move || keeper.keep());
        match handle {
            Ok(handle) => *pool.thread.lock() = Some(handle),
            Err(error) => {
                pool.keeper.enter(Phase::Terminated);
                pool.keeper.keep();
                return Err(error.into());
            }
        }
        Ok(pool)
    }

    /// Calls the function for one input and waits for the output.
    pub fn apply(&self, input: I) -> Result<O, PoolError> {
        self.apply_async(input)?.get()
    }

    /// Gives a task and goes on.
    pub fn apply_async(&self, input: I) -> Result<AsyncResult<O>, PoolError> {
        self.applied(input, None, None)
    }

    /// Gives a task and goes on; one of the two is called when it is over, with the output or with
    /// what went wrong.
    pub fn apply_async_with(
        &self,
        input: I,
        callback: impl FnOnce(&O) + Send + 'static,
        error_callback: impl FnOnce(&PoolError) + Send + 'static,
    ) -> Result<AsyncResult<O>, PoolError> {
        self.applied(
            input,
            Some(Box::new(callback)),
            Some(Box::new(error_callback)),
        )
    }

    fn applied(
        &self,
        input: I,
        on_done: Option<OnDone<O>>,
        on_error: Option<OnError>,
    ) -> Result<AsyncResult<O>, PoolError> {
        let slot = Slot::new();
        let filled = slot.clone();
        let deliver = move |result: Result<Vec<O>, Failure>| {
            let result = one(result);
            match (&result, on_done, on_error) {
                (Ok(output), Some(on_done), _) => in_peace(|| on_done(output)),
                (Err(error), _, Some(on_error)) => in_peace(|| on_error(error)),
                _ => {}
            }
            filled.fill(result);
        };
        self.keeper.submit(&[input], Box::new(deliver))?;
        Ok(AsyncResult { slot })
    }

    /// Calls the function for every input and gives the outputs in the order of the inputs. The
    /// first failure is the result of the whole.
    pub fn map(&self, inputs: &[I]) -> Result<Vec<O>, PoolError> {
        self.map_async(inputs)?.get()
    }

    /// Gives all inputs and goes on.
    pub fn map_async(&self, inputs: &[I]) -> Result<AsyncResult<Vec<O>>, PoolError> {
        self.mapped(inputs, None, None)
    }

    /// Gives all inputs and goes on; one of the two is called, once, when all is done or something
    /// has failed.
    pub fn map_async_with(
        &self,
        inputs: &[I],
        callback: impl FnOnce(&Vec<O>) + Send + 'static,
        error_callback: impl FnOnce(&PoolError) + Send + 'static,
    ) -> Result<AsyncResult<Vec<O>>, PoolError> {
        self.mapped(
            inputs,
            Some(Box::new(callback)),
            Some(Box::new(error_callback)),
        )
    }

    fn mapped(
        &self,
        inputs: &[I],
        on_done: Option<OnDone<Vec<O>>>,
        on_error: Option<OnError>,
    ) -> Result<AsyncResult<Vec<O>>, PoolError> {
        self.keeper.is_ours()?;
        let slot = Slot::new();
        let ending = Ending {
            on_done,
            on_error,
            slot: slot.clone(),
        };
        if inputs.is_empty() {
            match self.keeper.phase() {
                Phase::Open => ending.tell(Ok(Vec::new())),
                Phase::Closed => return Err(PoolError::Closed),
                Phase::Terminated | Phase::Over => return Err(PoolError::Terminated),
            }
            return Ok(AsyncResult { slot });
        }
        let size = Pool::chunk_size(self.workers(), inputs.len());
        let chunks = inputs.chunks(size);
        let gather = Arc::new(Mutex::quiet(Gather::new(chunks.len(), ending)));
        for (part, chunk) in chunks.enumerate() {
            let gather = gather.clone();
            let deliver = move |result: Result<Vec<O>, Failure>| {
                let told = gather.lock().take(part, part * size, result);
                if let Some((ending, result)) = told {
                    ending.tell(result);
                }
            };
            self.keeper.submit(chunk, Box::new(deliver))?;
        }
        Ok(AsyncResult { slot })
    }

    /// The outputs one after the other, in the order of the inputs, each as soon as it and those
    /// before it are there. Inputs are taken as outputs are.
    pub fn imap<N: IntoIterator<Item = I>>(&self, inputs: N) -> Imap<'_, I, O, N::IntoIter> {
        Imap::new(&self.keeper, inputs.into_iter(), true)
    }

    /// The outputs one after the other, in the order in which they are done.
    pub fn imap_unordered<N: IntoIterator<Item = I>>(
        &self,
        inputs: N,
    ) -> Imap<'_, I, O, N::IntoIter> {
        Imap::new(&self.keeper, inputs.into_iter(), false)
    }
}

impl<I, O> Drop for Workers<I, O> {
    fn drop(&mut self) {
        let thread = self.thread.lock().take();
        if self.keeper.owner() != getpid() {
            // The thread is the parent's; there is none of that name here.
            std::mem::forget(thread);
            return;
        }
        self.keeper.enter(Phase::Terminated);
        if let Some(thread) = thread
            && !self.keeper.is_own_thread()
        {
            let _ = thread.join();
        }
    }
}

impl<I, O> fmt::Debug for Workers<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workers")
            .field("workers", &self.workers())
            .field("phase", &self.keeper.phase())
            .finish_non_exhaustive()
    }
}
