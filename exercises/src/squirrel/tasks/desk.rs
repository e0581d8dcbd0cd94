use std::error::Error;
use std::future::Future;

use apalis::prelude::{
    BackendExt, Filter, ListAllTasks, Status, TaskBuilder, TaskId, TaskSink, WaitForCompletion,
    WorkerBuilder, WorkerBuilderExt,
};
use apalis_redis::RedisStorage;
use apalis_sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteStorage};

use super::Place;
use crate::primitive::time::Duration;
use crate::squirrel::{MAX_SITES, Site, Verdict};

/// The name of the queue in the server.
const QUEUE: &str = "uptime-squirrel";
/// How often a worker asks for more tasks.
const POLL: Duration = Duration::from_millis(20);

/// What went wrong between us and the queue.
#[derive(Debug, thiserror::Error)]
#[error("the task queue: {0}")]
pub struct TaskError(String);

impl TaskError {
    /// With the causes of this error.
    pub fn new(error: impl Error) -> TaskError {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        TaskError(text)
    }
}

/// A connection to the queue.
///
/// ```
/// use exercises::squirrel::Site;
/// use exercises::squirrel::tasks::{Broker, Desk};
///
/// let folder = std::env::temp_dir().join(format!("desk-{}", std::process::id()));
/// std::fs::create_dir(&folder)?;
/// let broker = Broker::sqlite(&folder);
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// let waiting = runtime.block_on(async {
///     let mut desk = Desk::open(broker.place()).await?;
///     desk.put(&[Site { number: 0, address: "http://a.example/".to_owned() }]).await?;
///     // Nobody works, so it stays there.
///     desk.waiting().await
/// })?;
/// std::fs::remove_dir_all(&folder)?;
/// assert_eq!(waiting, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub enum Desk {
    /// On Redis.
    Redis(RedisStorage<Site>),
    /// In a file.
    Sqlite(SqliteStorage<Site>),
}

fn id(number: usize) -> TaskId {
    // 26 digits, because the SQLite queue reads ids as ULIDs; with leading zeros, because a queue that gets several
    // tasks in the same second sorts them by their ids.
    TaskId::from_string(format!("{number:026}"))
}

impl Desk {
    /// Connects. The queue is made if it is not there yet.
    pub async fn open(place: &Place) -> Result<Desk, TaskError> {
        match place {
            Place::Redis(address) => {
                let connection = apalis_redis::connect(address.as_str())
                    .await
                    .map_err(TaskError::new)?;
                let config = apalis_redis::Config::default().queue(QUEUE);
                Ok(Desk::Redis(
                    RedisStorage::new(connection).with_config(config),
                ))
            }
            Place::Sqlite(path) => {
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    // Another process may be writing.
                    .busy_timeout(Duration::from_secs(20));
                let pool: SqlitePool = SqlitePoolOptions::new()
                    .max_connections(1)
                    .connect_with(options)
                    .await
                    .map_err(TaskError::new)?;
                SqliteStorage::setup(&pool).await.map_err(TaskError::new)?;
                let config = apalis_sqlite::Config::default().queue(QUEUE);
                Ok(Desk::Sqlite(SqliteStorage::new(&pool).with_config(config)))
            }
        }
    }

    /// Puts a task into the queue for each site. It is accepted whether somebody works or not.
    pub async fn put(&mut self, sites: &[Site]) -> Result<(), TaskError> {
        for site in sites {
            let task = TaskBuilder::new(site.clone())
                .task_id(id(site.number))
                .build();
            match self {
                Desk::Redis(storage) => storage.push_task(task).await.map_err(TaskError::new)?,
                Desk::Sqlite(storage) => storage.push_task(task).await.map_err(TaskError::new)?,
            }
        }
        Ok(())
    }

    /// How many tasks wait for a worker, as the server says.
    pub async fn waiting(&self) -> Result<usize, TaskError> {
        let filter = Filter {
            status: Some(Status::Pending),
            page: 1,
            page_size: Some(10 * MAX_SITES as u32),
        };
        Ok(match self {
            Desk::Redis(storage) => {
                let found = storage.list_all_tasks(&filter).await;
                found.map_err(TaskError::new)?.len()
            }
            Desk::Sqlite(storage) => {
                let found = storage.list_all_tasks(&filter).await;
                found.map_err(TaskError::new)?.len()
            }
        })
    }

    /// What is known of the tasks for these sites, in their order: none where the task is not done, or its result
    /// was not kept.
    pub async fn results(&mut self, sites: &[Site]) -> Result<Vec<Option<Verdict>>, TaskError> {
        let ids: Vec<TaskId> = sites.iter().map(|site| id(site.number)).collect();
        let found = match self {
            Desk::Redis(storage) => storage.check_status(ids).await.map_err(TaskError::new)?,
            Desk::Sqlite(storage) => storage.check_status(ids).await.map_err(TaskError::new)?,
        };
        let mut verdicts = vec![None; sites.len()];
        for result in found {
            let place = sites
                .iter()
                .position(|site| id(site.number).to_string() == result.task_id().to_string());
            if let (Some(place), Ok(verdict)) = (place, result.result) {
                verdicts[place] = Some(verdict);
            }
        }
        Ok(verdicts)
    }

    /// Works: does so many tasks at a time, until it is told to stop. Results are kept in the server only where that
    /// is wanted.
    pub async fn work<F, Fut>(
        self,
        concurrency: usize,
        keep_results: bool,
        task: F,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), TaskError>
    where
        F: Fn(Site) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Verdict, TaskError>> + Send + 'static,
    {
        let stop = async move {
            stop.await;
            Ok::<(), std::io::Error>(())
        };
        let ended = match self {
            Desk::Redis(storage) => {
                let config = storage.get_config().clone();
                let storage = storage
                    .with_config(config.persist_results(keep_results))
                    .poll_with_interval(POLL);
                WorkerBuilder::new("squirrel")
                    .backend(storage)
                    .concurrency(concurrency)
                    .build(task)
                    .run_until(stop)
                    .await
            }
            Desk::Sqlite(storage) => {
                let config = apalis_sqlite::Config::default()
                    .queue(QUEUE)
                    .persist_results(keep_results);
                let storage = storage.with_config(config).poll_with_interval(POLL);
                WorkerBuilder::new("squirrel")
                    .backend(storage)
                    .concurrency(concurrency)
                    .build(task)
                    .run_until(stop)
                    .await
            }
        };
        ended.map_err(TaskError::new)
    }
}
