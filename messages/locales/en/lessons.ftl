# What an exercise says: titles, scenarios, notes and the text of every printed line.
#
# Arguments of the line texts (ids ending in -line-WHAT):
#   $who          who printed the line, as in the JSON document: "thread 3", "adder", "MyClass-2", "main"
#   $index        the first number in $who, where there is one ("thread 3" gives 3)
#   $value        the value, where it is a number or a word
#   $value_FIELD  one field of the value, where it is an object: $value_pid, $value_parent, $value_when,
#                 $value_alive ("true" or "false"), $value_input, $value_output
# Translate the sentences; keep names (Reza, myFunc, MyClass-2, p1) and the variables as they are.

## Parameters

parameter-n_threads = number of threads (in exercise s1e6: of pairs of threads)
parameter-n_process = number of processes
parameter-n_products = number of products
parameter-n_inputs = number of inputs
parameter-shared_cell = 1 shows the bug: one shared cell in place of the queue

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
s1e3-note-1 = Guaranteed: the line with the time comes last, because every thread is joined; all threads show the same process ID; and the whole takes at least as long as the longest pause, not as long as the sum of them. The order of the lines is only likely.
s1e3-note-2 = The usual mistake: to expect a row of tidy pairs because there is no pause. Without a lock or a join the lines of different threads may come in any order; only "running before over" inside each thread and the last line are guaranteed.
s1e3-note-3 = The usual mistake: to conclude that one instruction takes a millisecond, because all threads report before the first one ends. With more threads or a busy machine this breaks at once. Guaranteed are the order inside each thread and the last line.
s1e3-line-start = Thread { $index } running, process ID { $value }
s1e3-line-exit = Thread { $index } over
s1e3-line-elapsed = -- { $value } milliseconds --

## s1e4 Lock

s1e4-title = Lock: one at a time
s1e4-scenario-1 = A lock, and half a second inside it
s1e4-scenario-2 = A lock, and no pause inside it
s1e4-scenario-3 = No lock: wait for each thread before the next one starts
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
s1e6-scenario-1 = Consumers first, producers with a pause
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
s1e7-scenario-2 = Later starters may need up to three times as long
s1e7-scenario-3 = The runners arrive one second apart
s1e7-note-1 = The usual mistake: to think that a runner may finish before the others. The barrier lets nobody pass until the third has arrived; it is guaranteed that all arrivals come before all passings. Who arrives first is decided by the random times.
s1e7-note-2 = The usual mistake: to think that the thread started first ends first. All three end together: guaranteed are all arrivals before all passings. The second runner may well arrive before the first.
s1e7-note-3 = The usual mistake: to say that the threads end one second apart. They arrive one second apart (likely, because of the sleeps), but all of them pass together, after the last arrival (guaranteed).
s1e7-line-begin = START RACE!!!
s1e7-line-arrive = { $who } reached the barrier
s1e7-line-pass = { $who } passed the barrier
s1e7-line-over = RACE OVER!

## s2e1 Starting processes

s2e1-title = Starting processes
s2e1-scenario-1 = Wait for each process before the next one starts
s2e1-scenario-2 = No waiting, a pause in each process
s2e1-scenario-3 = A semaphore around the loop
s2e1-note-1 = Guaranteed: process 0 with all its lines, then process 1, and so on, because each one is joined before the next one starts. The usual mistake: to join a process before its output was read; a process whose output does not fit the pipe cannot end, and both wait for ever. Here the output is read while the processes run.
s2e1-note-2 = Guaranteed is only the order inside each process. That all the calls come first and the loops mix is likely, because of the pause.
s2e1-note-3 = Guaranteed: the loop lines of one process are never mixed with those of another, because the semaphore has one permit and is held around the whole loop. Which process comes next is not guaranteed. The usual mistake: to release the semaphore inside the section that it protects; then its permits grow and it protects nothing.
s2e1-line-call = calling func from process: { $index }
s2e1-line-loop = func output of process { $index }: { $value }

## s2e2 Names of processes

s2e2-title = Names of processes
s2e2-scenario-1 = Two processes, one named and one with a default name
s2e2-scenario-2 = Wait for the first before the second starts
s2e2-scenario-3 = The named process starts a process of its own
s2e2-note-1 = Guaranteed: each process prints its start before its exit, and each has its own process ID and the same parent. Which of the two is first is luck.
s2e2-note-2 = Guaranteed: first both lines of myFunc, then both lines of Process-2, because of the join between them.
s2e2-note-3 = The usual mistake: to take one order seen once for the rule; all orders of the three names occur. Guaranteed: the parent of insider is myFunc. The nesting ends after one level; a process that always starts one more of its kind would never end.
s2e2-line-start = Starting process name = { $who } (process ID { $value_pid }, parent { $value_parent })
s2e2-line-exit = Exiting process name = { $who }

## s2e3 A background process

s2e3-title = A background process
s2e3-scenario-1 = Main waits only for the normal process and then ends the background one
s2e3-scenario-2 = Main waits for both
s2e3-scenario-3 = The background process ends before the normal one starts
s2e3-note-1 = The usual mistake: to think that a background (daemon) process prints nothing. It prints like any other; "background" only means that nobody waits for it and that it is ended together with main. Guaranteed: its lines are the beginning of its list, its exit line never comes, and its exit code is -15.
s2e3-note-2 = Guaranteed is only the order inside each process: 0, 2, 4, 6, 8 and 1, 3, 5, 7, 9. That the numbers come as 0, 1, 2, 3 and so on is likely, because both take the same pauses.
s2e3-note-3 = Guaranteed: the whole background block, then the whole normal block, because the background process is joined before the normal one starts.
s2e3-line-start = { $who ->
    [background] Starting background_process
   *[normal] Starting normal_process
}
s2e3-line-number = --> { $value }
s2e3-line-exit = { $who ->
    [background] Exiting background_process
   *[normal] Exiting normal_process
}

## s2e4 Ending a process

s2e4-title = Ending a process
s2e4-scenario-1 = Terminate at once
s2e4-scenario-2 = Terminate after one second
s2e4-scenario-3 = One second between terminate and the question
s2e4-note-1 = Guaranteed: not alive before the start, alive while running, not alive after join, exit code -15, and "Finished function" is never printed. The exit code is negative because a signal from outside (number 15) ended the process. Right after terminate the process is likely still alive: the signal is a request that takes its time.
s2e4-note-2 = Guaranteed are the four answers of main except the one right after terminate, and the exit code. How far the child counted in that second is only likely. The usual mistake: to share a lock or a queue with a process and then to terminate it: it may hold the lock at that moment.
s2e4-note-3 = One second after terminate the process is practically always gone, but only join makes it certain. Guaranteed is "not alive" after join, not before it.
s2e4-line-status = { $value_when ->
    [before] Process before execution: { $value_alive ->
        [true] alive
       *[false] not alive
    }
    [running] Process running: { $value_alive ->
        [true] alive
       *[false] not alive
    }
    [terminated] Process terminated: { $value_alive ->
        [true] alive
       *[false] not alive
    }
   *[joined] Process joined: { $value_alive ->
        [true] alive
       *[false] not alive
    }
}
s2e4-line-start = Starting function
s2e4-line-number = --> { $value }
s2e4-line-finish = Finished function

## s2e5 A process as your own type

s2e5-title = A process as your own type
s2e5-scenario-1 = Wait for each process before the next one starts
s2e5-scenario-2 = No waiting between the starts
s2e5-scenario-3 = Wait for every second process
s2e5-note-1 = Guaranteed: MyClass-1, MyClass-2 and so on, one after the other; the whole takes half a second for each process.
s2e5-note-2 = Guaranteed are the number of lines and that each process has its own process ID; the order is free. All of them sleep at the same time, so the whole takes about half a second.
s2e5-note-3 = Main waits for the processes with an odd number. Guaranteed: the odd names rise, and each even name comes after the odd name before it. An even name and the odd name after it may change places. The usual mistake: to mix up the index (0, 2, 4) with the name (1, 3, 5).
s2e5-line-run = called run method by { $who } (process ID { $value })

## s2e6 Producer and consumer

s2e6-title = Producer and consumer with a queue
s2e6-scenario-1 = The consumer is slower than the producer and waits
s2e6-scenario-2 = The consumer does not wait and gives up
s2e6-scenario-3 = The producer ends before the consumer starts
s2e6-note-1 = Guaranteed: every product is popped, in the order in which it was appended, and "The Q is empty" comes once, at the very end: the consumer waits until there is a product or the producer has closed the queue.
s2e6-note-2 = The usual mistake: to ask "is the queue empty?" and to stop when it is. Empty now does not mean that nothing will come. Guaranteed is only that the popped products are the first of the appended ones; how many there are is a race, often none or one.
s2e6-note-3 = Guaranteed: all products are appended before the first is popped, because the producer is joined before the consumer starts. This works only because the queue has room for all of them: to join before reading is a trap when the queue is full.
s2e6-line-append = Producer : { $value } appended to Q
s2e6-line-pop = Consumer : { $value } popped from Q
s2e6-line-empty = The Q is empty

## s2e7 Barrier for processes

s2e7-title = A barrier for processes
s2e7-scenario-1 = p1 and p2 meet at a barrier, p3 and p4 do not
s2e7-scenario-2 = No barrier
s2e7-scenario-3 = A barrier, and main waits for p1 and p2 before p3 and p4 start
s2e7-note-1 = Guaranteed: p1 and p2 have both arrived before either of them passes. The usual mistake: to think that p3 and p4 must be first; they do not meet anybody, and their place among the lines is free.
s2e7-note-2 = Without a barrier each process passes when it likes. The usual mistake: to explain the order seen by "one more if"; an if takes nanoseconds, to start a process takes a hundred thousand times as long. Guaranteed is only that each one arrives before it passes.
s2e7-note-3 = Guaranteed: all lines of p1 and p2 come before those of p3 and p4, because main joins the first pair before it starts the second. Inside a pair the order is free.
s2e7-line-arrive = process { $who } (process ID { $value }) arrived at the barrier
s2e7-line-pass = { $who ->
    [p1] process p1 (process ID { $value }) - test_with_barrier
    [p2] process p2 (process ID { $value }) - test_with_barrier
   *[other] process { $who } (process ID { $value }) - test_without_barrier
}

## s2e8 Pool

s2e8-title = A pool of processes: map
s2e8-scenario-1 = map, collect, then print
s2e8-scenario-2 = Print inside the worker
s2e8-scenario-3 = map without waiting for the pool to end
s2e8-note-1 = Guaranteed: the squares come in the order of the inputs. The two workers finish in any order; map puts each result in its place.
s2e8-note-2 = Lines printed inside the workers come in the order of completion, which is free. Guaranteed: each input once, at most two workers, and rising inputs inside one chunk. The usual mistake: to read the order of completion from output that went through a pipe and was kept back until the worker ended.
s2e8-note-3 = Guaranteed: the same order as in the first scenario, because map itself returns only when all results are there. Waiting for the pool to end changes only what comes after it.
s2e8-line-square = --> { $value_output }
