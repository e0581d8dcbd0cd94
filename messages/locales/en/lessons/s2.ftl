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
s2e2-scenario-3 = A process inside a process
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
s2e3-note-1 = The usual mistake: to think that a background (daemon) process prints nothing. It prints like any other; "background" only means that nobody waits for it and that it is ended together with main. Guaranteed: the lines that it prints are its first ones, in order; its exit line never comes, and its exit code is -15.
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
s2e4-note-2 = Three of main's four answers are guaranteed: not alive before the start, alive while running, not alive after join. So is the exit code, -15. The answer right after terminate is luck, though likely "alive". That the child counts from 0 to 4 in that second is only likely. The usual mistake: to share a lock or a queue with a process and then to terminate it: it may hold the lock at that moment.
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
s2e5-scenario-3 = Wait for the first process, the third and so on
s2e5-note-1 = Guaranteed: MyClass-1, MyClass-2 and so on, one after the other, because each one is joined before the next one starts; the whole takes at least half a second for each process.
s2e5-note-2 = Guaranteed are the number of lines, that each process has its own process ID, and that the whole takes at least half a second; the order is free. Nobody waits between the starts, so likely all of them sleep at the same time and the whole takes not much longer.
s2e5-note-3 = Main waits for the processes with an odd number. Guaranteed: the odd names come with rising numbers, and each even name comes after the odd name before it. An even name and the odd name after it may change places. The usual mistake: to mix up the index (0, 2, 4) with the name (1, 3, 5).
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
