# Series 6

## s6e1 Looking at a thread

s6e1-title = Looking at a thread: name, ID, alive or not
s6e1-scenario-1 = Main looks at one thread while it works and after it has ended
s6e1-scenario-2 = Three threads that end at different times
s6e1-scenario-3 = What a handle knows before the start, while running, and after the end
s6e1-note-1 = Guaranteed: main counts upwards, and the name of the main thread is changed once and stays changed. That the thread is alive at the first look and has ended at the second is the work of the sleeps. The usual mistakes: to believe that threads never run at the same time (true for CPython with its global lock, not for Rust), and to count on a certain number of active threads: a notebook has threads of its own.
s6e1-note-2 = Guaranteed: the number of active threads never rises, because all three were started before the first look and none starts again. That the number is 4 at the first look and 3 at the second is only likely: it depends on the sleeps. The ID of a thread never changes and is never given to another one.
s6e1-note-3 = Guaranteed: not alive before the start, alive while it waits for the event, not alive after join. The handle outlives the thread: name and ID can still be read. The usual mistake: to ask "is it alive?" and then to act on the answer; it may have ended in between. Only join makes it certain.
s6e1-line-tick = [{ $who }] is working, step { $value }
s6e1-line-current = current: { $value }
s6e1-line-active = active threads: { $value }
s6e1-line-list = all threads: { $value }
s6e1-line-alive = { $value_alive ->
    [true] { $value_thread } is alive
   *[false] { $value_thread } is not alive
}
s6e1-line-identity = { $value_thread } has the ID { $value_id }
s6e1-line-name = the main thread is called { $value_name }
s6e1-line-renamed = the main thread is now called { $value_name }
s6e1-line-status = { $value_when ->
    [before] Before the start: { $value_alive ->
        [true] alive
       *[false] not alive
    }
    [running] While it waits for the event: { $value_alive ->
        [true] alive
       *[false] not alive
    }
   *[ended] After join: { $value_alive ->
        [true] alive
       *[false] not alive
    }
}

## s6e2 Join over a list

s6e2-title = Waiting for a list of threads
s6e2-scenario-1 = The handles are thrown away
s6e2-scenario-2 = All handles in a list, joined after the last start
s6e2-scenario-3 = Join inside the loop that starts the threads
s6e2-note-1 = Guaranteed: every thread prints all its rounds, because the program waits for all threads at its end. That "finish" comes first is only likely. The usual mistake: to start threads without keeping their handles; then nobody can wait for them, and in plain Rust the end of main kills them.
s6e2-note-2 = Guaranteed: "finish" is the last line, because main has joined every thread in the list; so the whole takes at least as long as the longest of them, and likely not much longer, because all threads run at the same time. Thread 0 has no rounds and prints nothing.
s6e2-note-3 = Guaranteed: first all lines of thread 1, then all of thread 2, and so on. The usual mistake: to call join right after each start. Then every thread has to wait until the one before it has ended, nothing runs at the same time, and the whole takes at least as long as all of them together.
s6e2-line-round = [{ $who }] round { $value }
s6e2-line-finish = finish

## s6e3 Daemon threads

s6e3-title = Daemon threads: nobody waits for them
s6e3-scenario-1 = Not a daemon: the program waits for it
s6e3-scenario-2 = A daemon: it is cut off when the program ends
s6e3-scenario-3 = Made a daemon before the start, and too late after it
s6e3-note-1 = Guaranteed: all rounds are printed before "the program is over", because at its end the program waits for every thread that is not a daemon. That "finish" comes after the first round is only likely.
s6e3-note-2 = Guaranteed: no round comes after "the program is over", and nobody waits for the thread: how many rounds it gets done is luck, most likely one. The usual mistake: to let a daemon write a file or hold a connection; it may be cut off in the middle.
s6e3-note-3 = Guaranteed: whether a thread is a daemon can be decided before it starts; afterwards it is refused. Otherwise the same as scenario 2: the rounds that appear are the first ones, in order, and none comes after the end.
s6e3-line-round = [{ $who }] round { $value }
s6e3-line-refused = Too late: the thread has been started already
s6e3-line-finish = finish
s6e3-line-over = the program is over

## s6e4 One counter

s6e4-title = Several threads, one counter
s6e4-scenario-1 = No lock: read, pause, write
s6e4-scenario-2 = A lock, taken and released by hand, with a long pause inside
s6e4-scenario-3 = A lock that is released at the end of the block, with a short pause inside
s6e4-note-1 = The usual mistake: to read a shared number, to add 1 and to write it back. Two threads read the same number, both write the same next one, and one update is lost. Guaranteed is only that the total is never too large. Plain Rust refuses to compile a shared number without a lock; here it is an atomic number that is read and written in two steps, which is the same mistake in another dress.
s6e4-note-2 = Guaranteed: the numbers 1, 2, 3 and so on, each once and in this order, because reading, adding and printing happen while the lock is held. Which thread prints which number is not guaranteed. The pause is inside the lock, so the threads wait one after another and the whole takes at least as long as all pauses together.
s6e4-note-3 = The same guarantee as in scenario 2. The lock is released when its guard goes out of scope, also at an early return and when something panics; nobody has to think of it. The usual mistake: to sleep or to wait for a network while holding a lock; every other thread then waits too.
s6e4-line-count = [{ $who }] counted { $value }
s6e4-line-total = In the end: { $value }

## s6e5 A lock nobody releases

s6e5-title = A lock that nobody releases
s6e5-scenario-1 = A lock
s6e5-scenario-2 = A re-entrant lock
s6e5-scenario-3 = Who may take it again, and who may release it
s6e5-note-1 = Guaranteed: one of the two threads gets the lock, the other one waits in vain, even after the first thread has ended: a lock does not know that its holder is gone. Which of the two gets it is luck, though likely thread 1. Here the wait is bounded by a time-out; without one it would last for ever. In Rust the guard releases the lock by itself; one must forget the guard on purpose (mem::forget) to see this.
s6e5-note-2 = Guaranteed: the thread that has the re-entrant lock takes it a second time at once, the other one waits in vain. The usual mistake: to believe that code which must run one at a time needs a re-entrant lock. A plain lock does that too; re-entrant only means that the holder may come again.
s6e5-note-3 = Guaranteed: a plain lock makes its own holder wait too; a lock without an owner, as Python's Lock, may be released by any thread, and releasing it once more is refused; a re-entrant lock lets its holder in again. A guard of Mutex or ReentrantLock cannot be sent to another thread at all: the compiler refuses the program.
s6e5-line-locking = { $who } wants the lock
s6e5-line-locked = { $who } has the lock
s6e5-line-again = { $who } has the lock a second time
s6e5-line-blocked = { $who } has waited in vain
s6e5-line-released = { $who } has released the lock
s6e5-line-refused = { $who } may not release it: nobody holds the lock
s6e5-line-held = Both threads have ended; the lock is { $value_locked ->
    [true] still held
   *[false] free
}

## s6e6 Timer

s6e6-title = Timer: something done later
s6e6-scenario-1 = A timer beside main
s6e6-scenario-2 = A timer that is cancelled
s6e6-scenario-3 = A daemon timer: nobody waits for it
s6e6-note-1 = Guaranteed: the timer never fires too early, main and the timer each print all their lines, and "finish" is last. When the two meet at the same moment, either may be first; that five lines of main come before is likely, because of the pauses.
s6e6-note-2 = Guaranteed: if cancel says that it was in time, the timer never fires; if it says no, the timer has fired already. With these pauses it is in time. The usual mistake: to cancel a timer that was never started, and to take the silence for success. Here a timer cannot exist without being started.
s6e6-note-3 = Guaranteed: nothing comes after "finish". The timer runs as a daemon, so the program does not wait for it and cuts it off at its end. How many lines the timer gets done is luck.
s6e6-line-main = main: { $value }
s6e6-line-test = Test { $value }
s6e6-line-cancel = { $value_in_time ->
    [true] Cancelled in time
   *[false] Too late to cancel: the timer has fired
}
s6e6-line-finish = finish

## s6e7 Thread-local values

s6e7-title = Thread-local values
s6e7-scenario-1 = Both threads use the same name, a helper function reads it
s6e7-scenario-2 = Each thread uses a name of its own
s6e7-scenario-3 = One thread keeps a dictionary, the other one a list
s6e7-note-1 = Guaranteed: each thread reads the value it has set itself, although both have set it before either one reads. The barrier between setting and reading proves that it is not luck. That thread 1 reads before thread 2 is only likely: thread 2 pauses before it reads.
s6e7-note-2 = Guaranteed: what one thread has set is not there for the other one. The usual mistake: to put something into a thread-local value in one thread and to look for it in another.
s6e7-note-3 = Guaranteed: each thread reads its own value. In Python the two may have any type; in Rust the type is fixed when the program is compiled, so "a dictionary or a list" is an enum with two cases.
s6e7-line-set = { $who } sets { $value_name } = { $value_value }
s6e7-line-read = { $who } reads { $value_name } = { $value_value }
s6e7-line-missing = { $who } finds no { $value }

## s6e8 Thread-local values and main

s6e8-title = Thread-local values: main is a thread too
s6e8-scenario-1 = Each thread reads the name it has set
s6e8-scenario-2 = Main reads: it has only the initial value
s6e8-scenario-3 = Main reads where there is no initial value
s6e8-note-1 = Guaranteed: each thread reads its own name, whatever the other one has set before. The order of the lines of different threads is only likely.
s6e8-note-2 = Guaranteed: main reads the initial value, although both threads have set theirs and are still alive. The usual mistake: to set a thread-local value in one thread and to expect it in main.
s6e8-note-3 = Guaranteed: without an initial value there is nothing to read in main, until main itself has set it. In Python this is an AttributeError; here it is an error that the program has to deal with. The usual mistake: to take any error that appears for the proof; look at what it says.
s6e8-line-set = { $who } sets { $value }
s6e8-line-read = { $who } reads { $value }
s6e8-line-missing = { $who } has set nothing: there is no value

## s6e9 Bounded semaphore

s6e9-title = Bounded semaphore: at most so many inside
s6e9-scenario-1 = One thread, again and again
s6e9-scenario-2 = More threads than permits
s6e9-scenario-3 = Twice as many threads, shorter stays
s6e9-note-1 = Guaranteed: the thread always gets a permit, because nobody else wants one; a single thread shows nothing of the limit. Guaranteed at the end: releasing once more than was acquired is refused. That is what "bounded" means; a plain semaphore would silently have one permit more.
s6e9-note-2 = Guaranteed: never more threads inside than there are permits, and in the end all permits are back. That the threads come in waves, in the order of their numbers, is only likely. The usual mistake: to say that a place becomes free when a thread ends. It becomes free when the permit is released.
s6e9-note-3 = The same guarantees with twice as many threads. The whole takes at least as many stays as there are waves. The usual mistake: to take a semaphore for a queue; who gets the next permit is not promised.
s6e9-line-enter = [{ $who }] is inside
s6e9-line-leave = [{ $who }] goes out
s6e9-line-refused = One release too many is refused: all { $value } permits are there already

## s6e10 Barrier

s6e10-title = Barrier: nobody goes on before all have come
s6e10-scenario-1 = All come at once
s6e10-scenario-2 = Each one comes after a time of its own
s6e10-scenario-3 = One does not come
s6e10-note-1 = Guaranteed: every "started" comes before any "passed the barrier". Without a pause one hardly sees that somebody waits, but the barrier holds all the same. The usual mistake: to compute a pause and to forget to sleep.
s6e10-note-2 = Guaranteed: nobody passes before the slowest has come, so the whole takes at least as long as the longest pause. Who comes when is decided by the random times, so the order of the arrivals is only likely.
s6e10-note-3 = Guaranteed: one thread runs out of time, that breaks the barrier, and all others get an error instead of waiting for ever. Nobody passes. The barrier stays broken until it is reset. The usual mistake: to wait at a barrier without a time-out; a thread that fails on its way then stops all others.
s6e10-line-arrive = { $who } started
s6e10-line-pass = { $who } passed the barrier
s6e10-line-timed_out = { $who } has waited too long and gives up
s6e10-line-broken = { $who } finds the barrier broken
s6e10-line-reset = The barrier is whole again

## s6e11 Event

s6e11-title = Event: a flag that threads wait for
s6e11-scenario-1 = Nobody sets the event
s6e11-scenario-2 = Set once, it stays set
s6e11-scenario-3 = All handlers wait for one event
s6e11-note-1 = Guaranteed: the event is not set and every thread waits in vain; here the wait is bounded by a time-out, without one it would last for ever. The usual mistake: to think that main waits too. Only the thread that calls wait() waits.
s6e11-note-2 = Guaranteed: once the event is set, every wait returns at once, the first and the third, until somebody clears it. The usual mistake: to expect that a wait uses the event up, or that one can wake only one thread with it.
s6e11-note-3 = Guaranteed: no handler sends before main has started all of them and all have prepared, because main counts the arrivals before it sets the event. The usual mistake: to count active threads instead: main and the threads of the notebook are counted too, so it is true too early or never.
s6e11-line-wait = [{ $who }] waits for the event
s6e11-line-blocked = [{ $who }] has waited in vain
s6e11-line-active = active threads: { $value }
s6e11-line-list = all threads: { $value }
s6e11-line-state = { $value_set ->
    [true] The event is set
   *[false] The event is not set
}
s6e11-line-pass = [{ $who }] passed, wait { $value }
s6e11-line-prepare = [{ $who }] prepares its picture
s6e11-line-started = Thread { $value } is started
s6e11-line-sent = [{ $who }] has sent its picture

## s6e12 Condition and event

s6e12-title = Condition and event
s6e12-scenario-1 = Condition: one notice at every tenth number
s6e12-scenario-2 = Event: set once and never cleared
s6e12-scenario-3 = A notice before the wait is lost; one notice for all
s6e12-note-1 = Guaranteed: as many reports as notices, and never a report before its notice, because the notices are counted under the lock and the waiter looks at the count before it waits. The usual mistake: to wait without looking. A condition has no value; a notice that nobody waits for is forgotten, and the waiter sleeps for ever.
s6e12-note-2 = Guaranteed: no report before the event was set. Afterwards the waiter never waits again, because nobody clears the event: it reports as often as its own pause allows. How many reports there are is luck, though likely more than one. The usual mistake: to expect that an event goes back to "not set" by itself.
s6e12-note-3 = Guaranteed: the notice to a condition nobody waits for is lost and the later wait runs into its time-out; an event that was set before lets the later wait pass. One notice to all wakes every waiter. The usual mistake: to notify one where several wait for the same thing.
s6e12-line-count = { $who }: { $value }
s6e12-line-notify = { $who ->
    [counter] { $who }: notice at { $value }
   *[main] { $who }: a notice to a condition nobody waits for
}
s6e12-line-event = { $who }: report { $value }
s6e12-line-set = { $who } sets the event
s6e12-line-lost = { $who }: the notice is lost, the wait was in vain
s6e12-line-passed = { $who }: the event was set before, so there is no wait
s6e12-line-notify_all = { $who }: a notice to all
s6e12-line-woken = { $who } is awake
