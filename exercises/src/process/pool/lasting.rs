//! How a pool that lasts is made, and what is asked of one whose function has several arguments: the same wherever there are
//! pools, for real and in both models.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{AsyncResult, Pool, PoolError, Spread, Tuple, Workers};

impl Pool {
    /// Starts workers that last, all of them with this function (0 workers: one for each core).
    #[allow(clippy::new_ret_no_self)] // `Pool::map(workers, inputs, f)` is a call of its own
    #[track_caller]
    pub fn new<I, O>(
        workers: usize,
        f: impl Fn(&I) -> O + Send + Sync + 'static,
    ) -> Result<Workers<I, O>, PoolError>
    where
        I: Serialize + DeserializeOwned + 'static,
        O: Serialize + DeserializeOwned + Send + 'static,
    {
        Workers::start(workers, f)
    }

    /// As [`new`](Pool::new), for a function of several arguments: a task is a tuple of them.
    ///
    /// ```
    /// use exercises::process::Pool;
    ///
    /// let pool = Pool::of_arguments(2, |a: &i32, b: &i32, c: &i32| a + b + c).unwrap();
    /// assert_eq!(pool.starmap(&[(1, 2, 3), (4, 5, 6)]).unwrap(), [6, 15]);
    /// ```
    #[track_caller]
    pub fn of_arguments<I, O>(
        workers: usize,
        f: impl Spread<I, O> + Send + Sync + 'static,
    ) -> Result<Workers<I, O>, PoolError>
    where
        I: Tuple + Serialize + DeserializeOwned + 'static,
        O: Serialize + DeserializeOwned + Send + 'static,
    {
        Workers::start(workers, move |arguments: &I| f.call(arguments))
    }
}

/// For functions of several arguments: see [`Pool::of_arguments`]. As many *tasks* as tuples; the
/// workers share them.
impl<I, O> Workers<I, O>
where
    I: Tuple + Serialize + DeserializeOwned + 'static,
    O: Serialize + DeserializeOwned + Send + 'static,
{
    /// As [`map`](Workers::map): each tuple holds the arguments of one call.
    #[track_caller]
    pub fn starmap(&self, arguments: &[I]) -> Result<Vec<O>, PoolError> {
        self.map(arguments)
    }

    /// As [`map_async_with`](Workers::map_async_with): each tuple holds the arguments of one call.
    #[track_caller]
    pub fn starmap_async_with(
        &self,
        arguments: &[I],
        callback: impl FnOnce(&Vec<O>) + Send + 'static,
        error_callback: impl FnOnce(&PoolError) + Send + 'static,
    ) -> Result<AsyncResult<Vec<O>>, PoolError> {
        self.map_async_with(arguments, callback, error_callback)
    }
}
