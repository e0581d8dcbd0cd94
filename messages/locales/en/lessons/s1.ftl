## s1e1 Starting threads

s1e1-title = Starting threads
s1e1-scenario-1 = Wait for each thread before the next one starts
s1e1-scenario-2 = A pause after each start
s1e1-scenario-3 = Each thread pauses longer than the one before
s1e1-note-1 = Guaranteed: join returns only when the thread has ended, so the numbers rise one by one. The price: no two threads are ever alive together, so nothing runs at the same time.
s1e1-note-2 = The usual mistake: to think that a pause of 0.3 s guarantees the order. It makes the order likely, no more; a busy machine or a random delay (--shake) breaks it. Guaranteed are only the number of lines and that each thread prints once.
s1e1-note-3 = The usual mistake: to call growing pauses a guarantee. All threads run at the same time and each one sleeps for 0.2 s times its number; the rising order is likely, never promised. Only waiting for an event (join, a lock, a channel) promises an order.
s1e1-line-call = Function called by thread { $index }

## s1e2 The current thread and its name

s1e2-title = The current thread and its name
s1e2-scenario-1 = All three start at once and end at different times
s1e2-scenario-2 = Wait for each thread before the next one starts
s1e2-scenario-3 = The thread started first sleeps longest: the order turns round
s1e2-note-1 = Guaranteed: every thread prints its start before its exit. That the starts come as A, B, C and the exits too is the work of the sleeps (0.4, 0.5 and 0.6 s), so it is only likely.
s1e2-note-2 = Guaranteed: A starts and ends, then B, then C, because each one is joined before the next one starts. The sleeps play no part in this order.
s1e2-note-3 = The usual mistake: to expect the threads in the order in which they were started. Each one sleeps first (0.3, 0.2 and 0.1 s), so C, B, A is likely. No order between the threads is guaranteed. Starting a thread itself takes some hundredths of a millisecond, not hundredths of a second.
s1e2-line-start = Starting thread { $who }
s1e2-line-exit = Exiting from thread { $who }

## s1e3 A thread as your own type

s1e3-title = A thread as your own type
s1e3-scenario-1 = Each thread takes 1, 2 or 3 seconds
s1e3-scenario-2 = No pause at all
s1e3-scenario-3 = A pause of one millisecond
s1e3-note-1 = Guaranteed: the line with the time comes last, because every thread is joined; all threads show the same process ID; and the whole takes at least as long as the longest pause. Only likely are the order of the lines, and that the whole takes less than the sum of the pauses.
s1e3-note-2 = The usual mistake: to expect a row of tidy pairs because there is no pause. Without a lock or a join the lines of different threads may come in any order; only "running before over" inside each thread and the last line are guaranteed.
s1e3-note-3 = The usual mistake: to conclude that one instruction takes a millisecond, because all threads report before the first one ends. With more threads or a busy machine this breaks at once. Guaranteed are the order inside each thread and the last line.
s1e3-line-start = Thread { $index } running, process ID { $value }
s1e3-line-exit = Thread { $index } over
s1e3-line-elapsed = -- { $value } milliseconds --

## s1e4 Lock

s1e4-title = Lock: one at a time
s1e4-scenario-1 = A lock, and a pause inside it
s1e4-scenario-2 = A lock, and no pause inside it
s1e4-scenario-3 = No lock, but a join after each start
s1e4-note-1 = Guaranteed: never more than one thread is between "running" and "over", because the whole of run() holds the lock. Which thread gets the lock next is not guaranteed. The last line is last because every thread is joined, not only the last one started.
s1e4-note-2 = The usual mistake: to take away the pause in order to prove the lock. Without the pause the threads hardly ever meet, so a program without a lock would pass as well. The pairs are guaranteed by the lock all the same.
s1e4-note-3 = Guaranteed: pairs in rising order, because each thread is joined before the next one starts. A join can stand in for the lock here, but then nothing runs at the same time any more.
s1e4-line-start = Thread { $index } running, process ID { $value }
s1e4-line-exit = Thread { $index } over
s1e4-line-elapsed = --- { $value } milliseconds ---

## s1e5 Re-entrant lock

s1e5-title = The re-entrant lock
s1e5-scenario-1 = A pause after each item
s1e5-scenario-2 = No pause
s1e5-scenario-3 = The adder ends before the remover starts
s1e5-note-1 = Guaranteed: each thread counts down to 0, and in the end the total is the items added less the items removed. That adding and removing take turns is only likely. add() holds the lock and calls execute(), which takes it again: with a plain lock this thread would wait for itself for ever.
s1e5-note-2 = The usual mistake: to think that adding and removing at the same time does no harm because they are only + and -. Each of them reads, changes and writes; without the lock an update can be lost. Guaranteed: the total is right. That one thread finishes before the other is only likely.
s1e5-note-3 = Guaranteed: every ADD line comes before the first REMOVE line, because the adder is joined before the remover starts.
s1e5-line-begin = { $who ->
    [adder] { $value } items to ADD
   *[remover] { $value } items to REMOVE
}
s1e5-line-add = + One item ADDED, { $value } remained.
s1e5-line-remove = - One item REMOVED, { $value } remained.

## s1e6 Semaphore

s1e6-title = Semaphore: waiting for what others produce
s1e6-scenario-1 = Consumers first, producers after a pause
s1e6-scenario-2 = Consumers first, no pause
s1e6-scenario-3 = Each producer starts before its consumer
s1e6-note-1 = Guaranteed: at no time has more been consumed than produced, the items come out in the order in which they went in, and no permit is left. That every consumer waits first and then both take turns is only likely. The usual mistake: one shared cell for all items, which the next producer overwrites before it was read.
s1e6-note-2 = Guaranteed: each item is consumed exactly once and never before it was produced. How many consumers have to wait is luck. The usual mistake: to ask the semaphore for its value and then to acquire; between the question and the deed another thread can take the permit.
s1e6-note-3 = Guaranteed: each item is consumed exactly once and never before it was produced. That nobody waits, because each producer started first, is only likely: starting first does not mean running first.
s1e6-line-wait = Consumer { $index } is waiting ...
s1e6-line-produce = Producer { $index } notify: item number { $value }
s1e6-line-consume = Consumer { $index } notify: item number { $value }

## s1e7 Barrier

s1e7-title = Barrier: the race of three
s1e7-scenario-1 = Each runner needs 1 to 3 seconds
s1e7-scenario-2 = Later starters have longer times, each multiplied by 1, 2 or 3
s1e7-scenario-3 = The runners arrive one second apart
s1e7-note-1 = The usual mistake: to think that a runner may finish before the others. The barrier lets nobody pass until the third has arrived; it is guaranteed that all arrivals come before all passings. Who arrives first is decided by the random times.
s1e7-note-2 = The usual mistake: to think that the thread started first ends first. All three end together: guaranteed are all arrivals before all passings. The second runner may well arrive before the first.
s1e7-note-3 = The usual mistake: to say that the threads end one second apart. They arrive one second apart (likely, because of the sleeps), but all of them pass together, after the last arrival (guaranteed).
s1e7-line-begin = START RACE!!!
s1e7-line-arrive = { $who } reached the barrier
s1e7-line-pass = { $who } passed the barrier
s1e7-line-over = RACE OVER!
