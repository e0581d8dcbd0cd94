//! The desk where runs are asked for: a bounded number is played at once, a bounded number waits, equal ones are one,
//! and the last ones that ended can still be looked at. No client plays more than half of what is played at once, or has
//! more than half of the places where runs wait: there is always room for somebody else.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::census::Census;
use super::understudy::Understudy;
use super::{Client, Ending, Run, State, Stop, child};
use crate::player::Part;
use crate::settings::Settings;
use crate::words::fresh_name;

/// How long the last runs took at least, for telling when to try again.
const LEAST_WAIT: Duration = Duration::from_secs(1);

/// There is no room for one more run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    /// When there will probably be room.
    pub retry_after: Duration,
    /// Whose runs are too many.
    pub whose: Whose,
}

/// Whose runs take the places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of all clients.
    All,
    /// Those of the client that asks; others still find room.
    Own,
}

/// Hands out runs.
#[derive(Debug)]
pub struct Desk {
    settings: Arc<Settings>,
    myself: Weak<Desk>,
    books: Mutex<Books>,
    census: Arc<Census>,
    understudy: Understudy,
    /// True when the server ends.
    closing: watch::Sender<bool>,
}

#[derive(Debug)]
struct Books {
    /// Runs that have not ended, by what is played.
    current: HashMap<Part, Arc<Run>>,
    /// Those of them that wait, the next one first.
    waiting: VecDeque<Arc<Run>>,
    /// Those that are being played, or whose processes are still being ended.
    playing: Vec<Arc<Run>>,
    /// Runs that somebody looks at, and how many do, by the run's name.
    viewed: HashMap<String, (usize, Arc<Run>)>,
    /// Runs that have ended, the oldest first.
    kept: VecDeque<Arc<Run>>,
    /// How long a run takes, smoothed.
    usual: Duration,
    tasks: JoinSet<()>,
}

impl Desk {
    /// An empty desk.
    pub fn new(settings: Arc<Settings>) -> Arc<Desk> {
        Arc::new_cyclic(|myself| Desk {
            settings,
            myself: Weak::clone(myself),
            books: Mutex::new(Books {
                current: HashMap::new(),
                waiting: VecDeque::new(),
                playing: Vec::new(),
                viewed: HashMap::new(),
                kept: VecDeque::new(),
                usual: LEAST_WAIT,
                tasks: JoinSet::new(),
            }),
            census: Arc::default(),
            understudy: Understudy::default(),
            closing: watch::Sender::new(false),
        })
    }

    /// Has a player wait for the first part, from a thread of the runtime.
    pub fn engage(&self) {
        self.understudy.engage(&self.settings.player);
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A run of this part for this client: the one under way if there is one, else a new one, now or later.
    pub fn ask(&self, part: Part, client: Client) -> Result<Viewer, Busy> {
        let mut books = self.books();
        if *self.closing.borrow() {
            return Err(Busy {
                retry_after: LEAST_WAIT,
                whose: Whose::All,
            });
        }
        // One whose end is known, but whose processes are still being looked for, is over.
        let current = books.current.get(&part).cloned();
        if let Some(run) = current.filter(|run| run.ending().is_none()) {
            return Ok(self.viewer(&mut books, run));
        }
        let at_once = self.settings.at_once.max(1);
        let places = self.settings.waiting;
        let is_full = books.playing.len() >= at_once && books.waiting.len() >= places;
        let may_play = has_room(&books.playing, client, at_once);
        if !may_play && !has_room(&books.waiting, client, places) {
            let rounds = books.waiting.len().div_ceil(at_once).max(1) as u32;
            return Err(Busy {
                retry_after: (books.usual * rounds).clamp(LEAST_WAIT, self.settings.time),
                whose: if is_full { Whose::All } else { Whose::Own },
            });
        }
        let run = Arc::new(Run::new(fresh_name(), part.clone(), client));
        books.current.insert(part, Arc::clone(&run));
        let viewer = self.viewer(&mut books, Arc::clone(&run));
        if may_play {
            self.begin(&mut books, run);
        } else {
            run.enter(State::Waiting(books.waiting.len()));
            books.waiting.push_back(run);
        }
        Ok(viewer)
    }

    /// The run of this name, while somebody looks at it or it is kept.
    pub fn find(&self, id: &str) -> Option<Viewer> {
        let mut books = self.books();
        let viewed = books.viewed.get(id).map(|(_, run)| Arc::clone(run));
        // One that has just ended is not yet kept, but still on the other list.
        let known = || books.kept.iter().chain(books.current.values());
        let run = viewed.or_else(|| known().find(|run| run.id == id).cloned())?;
        Some(self.viewer(&mut books, run))
    }

    /// How many runs are played and how many wait.
    pub fn load(&self) -> (usize, usize) {
        let books = self.books();
        (books.playing.len(), books.waiting.len())
    }

    fn viewer(&self, books: &mut Books, run: Arc<Run>) -> Viewer {
        let viewed = books.viewed.entry(run.id.clone());
        viewed.or_insert_with(|| (0, Arc::clone(&run))).0 += 1;
        Viewer {
            desk: Weak::clone(&self.myself),
            run,
        }
    }

    fn begin(&self, books: &mut Books, run: Arc<Run>) {
        let Some(desk) = self.myself.upgrade() else {
            return;
        };
        books.playing.push(Arc::clone(&run));
        run.enter(State::Playing);
        // What has ended long ago is taken off the list here, so that the list is as long as what is played.
        while books.tasks.try_join_next().is_some() {}
        books.tasks.spawn(async move {
            let begun = Instant::now();
            let mut closing = desk.closing.subscribe();
            let stop = async {
                tokio::select! {
                    _ = closing.wait_for(|closing| *closing) => Stop::Closing,
                    () = run.abandoned.notified() => Stop::Abandoned,
                }
            };
            let (settings, understudy) = (&desk.settings, &desk.understudy);
            child::play(settings, &desk.census, understudy, &run, stop).await;
            desk.ended(&run, begun.elapsed());
        });
    }

    fn ended(&self, run: &Arc<Run>, took: Duration) {
        let mut books = self.books();
        // A run abandoned a moment ago may have been followed by an equal one.
        if books
            .current
            .get(&run.part)
            .is_some_and(|known| known.id == run.id)
        {
            books.current.remove(&run.part);
        }
        books.usual = (books.usual * 3 + took) / 4;
        books.kept.push_back(Arc::clone(run));
        let mut bytes: usize = books.kept.iter().map(|run| run.bytes()).sum();
        while books.kept.len() > self.settings.kept || bytes > self.settings.kept_bytes {
            match books.kept.pop_front() {
                Some(oldest) => bytes -= oldest.bytes(),
                None => break,
            }
        }
        books.playing.retain(|known| known.id != run.id);
        self.next(&mut books);
    }

    fn next(&self, books: &mut Books) {
        if *self.closing.borrow() {
            for run in books.waiting.drain(..) {
                run.enter(State::Ended(Arc::new(Ending::Stopped(Stop::Closing))));
            }
        }
        let at_once = self.settings.at_once.max(1);
        while books.playing.len() < at_once {
            let playing = &books.playing;
            let may_play = |run: &Arc<Run>| has_room(playing, run.client, at_once);
            let Some(first) = books.waiting.iter().position(may_play) else {
                break;
            };
            let Some(run) = books.waiting.remove(first) else {
                break;
            };
            self.begin(books, run);
        }
        for (ahead, run) in books.waiting.iter().enumerate() {
            run.enter(State::Waiting(ahead));
        }
    }

    fn leave(&self, run: &Arc<Run>) {
        let mut books = self.books();
        let Some((viewers, _)) = books.viewed.get_mut(&run.id) else {
            return;
        };
        *viewers -= 1;
        if *viewers > 0 {
            return;
        }
        books.viewed.remove(&run.id);
        if run.ending().is_some() {
            return;
        }
        // From here on nobody can join it; who asks for the same gets a new one.
        if books
            .current
            .get(&run.part)
            .is_some_and(|known| known.id == run.id)
        {
            books.current.remove(&run.part);
        }
        if let Some(place) = books.waiting.iter().position(|known| known.id == run.id) {
            books.waiting.remove(place);
            self.next(&mut books);
        } else {
            run.abandoned.notify_one();
        }
    }

    /// Ends every run and begins no more. Returns when no process of any run is left.
    pub async fn close(&self) {
        self.closing.send_replace(true);
        let (mut tasks, waiting) = {
            let mut books = self.books();
            let waiting = std::mem::take(&mut books.waiting);
            (std::mem::take(&mut books.tasks), waiting)
        };
        for run in waiting {
            run.enter(State::Ended(Arc::new(Ending::Stopped(Stop::Closing))));
        }
        while tasks.join_next().await.is_some() {}
        self.understudy.dismiss().await;
    }
}

/// Whether this client may have one more of these places: there is one, and it has not half of them.
fn has_room<'a, Runs>(taken: Runs, client: Client, places: usize) -> bool
where
    Runs: IntoIterator<Item = &'a Arc<Run>, IntoIter: Clone>,
{
    let taken = taken.into_iter();
    let its_own = taken.clone().filter(|run| run.client == client).count();
    taken.count() < places && its_own < places.div_ceil(2)
}

/// Somebody who looks on. When the last one has gone, a run that has not ended is ended.
#[derive(Debug)]
pub struct Viewer {
    desk: Weak<Desk>,
    run: Arc<Run>,
}

impl Viewer {
    /// The run.
    pub fn run(&self) -> &Arc<Run> {
        &self.run
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        if let Some(desk) = self.desk.upgrade() {
            desk.leave(&self.run);
        }
    }
}
