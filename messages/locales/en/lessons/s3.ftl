# Series 3

## s3e1 Sleeping

s3e1-title = Work that waits: one second of sleep
s3e1-scenario-1 = One after the other
s3e1-scenario-2 = Each worker in its own thread
s3e1-scenario-3 = Each worker in its own process
s3e1-note-1 = Guaranteed: the workers come in order, all in one process and one thread, and the whole takes at least one second for each worker. This is the time to compare the other two scenarios with.
s3e1-note-2 = Guaranteed: one process ID, a thread of its own for each worker, and the time line last, because every thread is joined. That the whole takes about one second is only likely. A sleeping thread needs no processor and holds no lock, so this works even with Python's interpreter lock (try gil=1). The usual mistake: to think that threads are ended and started again when the system switches between them; they simply wait.
s3e1-note-3 = Guaranteed: a process ID of its own for each worker, none of them main's. The usual mistake in Python: target=only_sleep() with brackets. It calls the function in the parent, once for each worker, and gives what it returned to the process as the thing to do.
s3e1-line-work = PID: { $value_pid }, process name: { $value_process }, thread name: { $value_thread }
s3e1-line-elapsed = Time: { $value } ms

## s3e2 Counting

s3e2-title = Work that computes: counting up to a limit
s3e2-scenario-1 = One after the other
s3e2-scenario-2 = Each worker in its own thread
s3e2-scenario-3 = Each worker in its own process
s3e2-note-1 = Guaranteed: every worker counts to the limit, in order, in one process and one thread. How long that takes depends on the machine alone; no time is promised.
s3e2-note-2 = Guaranteed: every worker counts to the limit in a thread of its own, and all in one process. In Rust the threads share the cores, as processes do. With gil=1 they share one lock that is handed over every 5 milliseconds, as in CPython: then threads are no faster than one after the other. The usual mistakes: to say that threads never run in parallel (that is true of CPython with its lock only; free-threaded Python has none), and that this lock makes a program safe. It protects the interpreter, not your data, and it prevents no deadlock.
s3e2-note-3 = Guaranteed: every worker counts to the limit in a process of its own. With gil=1 each process has an interpreter lock of its own, so nobody waits for anybody: that is why Python programs that compute use processes. The usual mistake: to read a rule out of one measurement. On a busy machine processes may even be slower.
s3e2-line-count = PID: { $value_pid }, process name: { $value_process }, thread name: { $value_thread }, counted to { $value_count }
s3e2-line-elapsed = Time: { $value } ms
## s3e3 UptimeSquirrel: the tools

s3e3-title = UptimeSquirrel: is this site up?
s3e3-scenario-1 = The site is up
s3e3-scenario-2 = The site answers with an error status (400 or more)
s3e3-scenario-3 = No answer in time, connection refused, no such host
s3e3-note-1 = Guaranteed: a site that answers with a status below 400 is up, and nobody is notified. The check asks with HEAD, which brings no content. The second site does not know HEAD and answers 405; so it is asked again with GET, and it is up. The usual mistake: to call such a site down, which is a false alarm.
s3e3-note-2 = Guaranteed: a status of 400 or more is down, and the owner is notified exactly once, here by a webhook: a POST to an address of the owner. A status of 405 or 501 can mean that only HEAD is refused, so the check asks again with GET; this site refuses GET too. The usual mistake: to notify by a log message of a level that nobody shows.
s3e3-note-3 = Guaranteed: each of the three troubles gets its own name, and the first one takes as long as the time-out. The usual mistake: to write "time-out" for every error. A refused connection and a wrong name are known at once, and the owner has to do something else about each of them.
s3e3-line-up = { $value_address } is up (status { $value_status })
s3e3-line-down = { $value_why ->
    [timed-out] { $value_address } is down: no answer in time
    [refused] { $value_address } is down: connection refused
    [bad-name] { $value_address } is down: no such host
    [failed] { $value_address } is down: the request failed
   *[status] { $value_address } is down: status { $value_why }
}
s3e3-line-notify = Notified the owner of { $value_address }

## s3e4 UptimeSquirrel, one after the other

s3e4-title = UptimeSquirrel, one site after the other
s3e4-scenario-1 = The list: most sites are up, some are down
s3e4-scenario-2 = All sites are up
s3e4-scenario-3 = One site is so slow that its time runs out
s3e4-note-1 = Guaranteed: every address is checked exactly once, in the order of the list, and the whole takes at least the sum of all answers and all notifications (0.1 s for an answer, 0.5 s for a notification). The processor does nothing in this time but wait: that is why the next versions are faster.
s3e4-note-2 = Guaranteed: the order of the list, and that nobody is notified. The time is the sum of the answers. The usual mistake: to compare two versions by runs against the internet. The first run pays for looking up the names, and the sites answer differently every time; on a test server with fixed answers the comparison is fair.
s3e4-note-3 = Guaranteed: one site that never answers holds up all sites after it for as long as the time-out, because there is only one line of work. A request without a time-out would wait for ever.
s3e4-line-up = { $value_address } is up (status { $value_status })
s3e4-line-down = { $value_why ->
    [timed-out] { $value_address } is down: no answer in time
    [refused] { $value_address } is down: connection refused
    [bad-name] { $value_address } is down: no such host
    [failed] { $value_address } is down: the request failed
   *[status] { $value_address } is down: status { $value_why }
}
s3e4-line-notify = Notified the owner of { $value_address }
s3e4-line-total = { $value_up } up, { $value_down } down
s3e4-line-elapsed = Time: { $value } ms

## s3e5 UptimeSquirrel with threads and a queue

s3e5-title = UptimeSquirrel, threads and a queue
s3e5-scenario-1 = Nobody closes the queue: the workers never end by themselves
s3e5-scenario-2 = The queue is closed after the last address
s3e5-scenario-3 = One poisoned job
s3e5-note-1 = Guaranteed: every address is checked exactly once; the queue gives them out in the order of the list, so the numbers of each single worker rise. When all jobs are done, the workers still wait for a next one; here main looks after a second, says so and closes the queue. The usual mistake: workers that loop for ever, so that the program prints its time and never ends.
s3e5-note-2 = Guaranteed: whoever puts the last job closes the queue, each worker ends when the queue is closed and empty, and main joins them all. In which order the answers come is luck.
s3e5-note-3 = Guaranteed: the job that cannot be done is reported as failed, its worker goes on, and all other addresses are checked. The usual mistake: to catch only the expected error. Any other one ends the worker, its job is never reported as done, and whoever waits for the queue to be done waits for ever.
s3e5-line-up = { $value_address } is up (status { $value_status })
s3e5-line-down = { $value_why ->
    [timed-out] { $value_address } is down: no answer in time
    [refused] { $value_address } is down: connection refused
    [bad-name] { $value_address } is down: no such host
    [failed] { $value_address } is down: the request failed
   *[status] { $value_address } is down: status { $value_why }
}
s3e5-line-notify = Notified the owner of { $value_address }
s3e5-line-failed = { $value_address } could not be checked
s3e5-line-blocked = { $value ->
    [one] One worker still waits for a job that never comes
   *[other] { $value } workers still wait for a job that never comes
}
s3e5-line-total = { $value_up } up, { $value_down } down
s3e5-line-elapsed = Time: { $value } ms

## s3e6 UptimeSquirrel with futures

s3e6-title = UptimeSquirrel, futures
s3e6-scenario-1 = A pool of threads
s3e6-scenario-2 = A pool with one worker
s3e6-scenario-3 = A pool with 16 workers
s3e6-note-1 = Guaranteed: every address is checked exactly once, never more at a time than there are workers, and the total comes from the results of the futures. The usual mistake: to wait for all futures and never look at a result. Then an error in a job is lost without a word.
s3e6-note-2 = Guaranteed: the order of the list, and at least the sum of all times, because one worker does one job after the other. A pool of one is the serial program with more parts.
s3e6-note-3 = Guaranteed: at most 16 checks at a time, so at least a sixteenth of the sum of all times is needed. The usual mistake: to believe a speed-up of more than the number of workers. Futures and threads with a queue are the same threads; on the same sites they take the same time.
s3e6-line-up = { $value_address } is up (status { $value_status })
s3e6-line-down = { $value_why ->
    [timed-out] { $value_address } is down: no answer in time
    [refused] { $value_address } is down: connection refused
    [bad-name] { $value_address } is down: no such host
    [failed] { $value_address } is down: the request failed
   *[status] { $value_address } is down: status { $value_why }
}
s3e6-line-notify = Notified the owner of { $value_address }
s3e6-line-total = { $value_up } up, { $value_down } down
s3e6-line-elapsed = Time: { $value } ms

## s3e7 UptimeSquirrel with processes

s3e7-title = UptimeSquirrel, a pool of processes
s3e7-scenario-1 = A pool of processes
s3e7-scenario-2 = A pool with one worker process
s3e7-scenario-3 = A pool with 16 worker processes
s3e7-note-1 = Guaranteed: every address is checked exactly once, each worker prints its own process ID, and the results come back in the order of the list. The usual mistake: map_async(...).wait() without get(). wait() does not hand on an error of a worker; only get() does. Another one in Python: no main guard, so that every worker starts the program again where processes are spawned.
s3e7-note-2 = Guaranteed: one process ID, the order of the list, and at least the sum of all times.
s3e7-note-3 = Guaranteed: at most 16 process IDs. The work is waiting, and waiting needs no processor: processes bring nothing here that threads do not bring, and they cost more to start.
s3e7-line-up = { $value_address } is up (status { $value_status })
s3e7-line-down = { $value_why ->
    [timed-out] { $value_address } is down: no answer in time
    [refused] { $value_address } is down: connection refused
    [bad-name] { $value_address } is down: no such host
    [failed] { $value_address } is down: the request failed
   *[status] { $value_address } is down: status { $value_why }
}
s3e7-line-notify = Notified the owner of { $value_address }
s3e7-line-total = { $value_up } up, { $value_down } down
s3e7-line-elapsed = Time: { $value } ms

## s3e8 UptimeSquirrel with green threads

s3e8-title = UptimeSquirrel, green threads
s3e8-scenario-1 = Only the network is asynchronous
s3e8-scenario-2 = Everything is asynchronous
s3e8-scenario-3 = Nothing is asynchronous
s3e8-note-1 = Guaranteed: all tasks run on one thread. The network lets other tasks run while it waits, but the pause of half a second inside a notification does not: it stops them all, so all notifications together take at least their sum. In Python this is patch_socket() without patch_all(). The usual mistake: one blocking call inside a task.
s3e8-note-2 = Guaranteed: one thread, never more checks at a time than there are tasks, every address exactly once. Network and pause both let the other tasks run. The usual mistake: to say that green threads always give the same order. That holds for pure computing; here the answers of the network decide.
s3e8-note-3 = Guaranteed: the order of the list, one check at a time, and at least the sum of all times, although there are several tasks. A task that never waits in an asynchronous way never lets another one run. The usual mistake in Python: to patch too late, after the module that does the requests has been imported.
s3e8-line-up = { $value_address } is up (status { $value_status })
s3e8-line-down = { $value_why ->
    [timed-out] { $value_address } is down: no answer in time
    [refused] { $value_address } is down: connection refused
    [bad-name] { $value_address } is down: no such host
    [failed] { $value_address } is down: the request failed
   *[status] { $value_address } is down: status { $value_why }
}
s3e8-line-notify = Notified the owner of { $value_address }
s3e8-line-total = { $value_up } up, { $value_down } down
s3e8-line-elapsed = Time: { $value } ms

## s3e9 UptimeSquirrel with a task queue

s3e9-title = UptimeSquirrel, a task queue
s3e9-scenario-1 = A worker is running
s3e9-scenario-2 = No worker was started: the tasks stay in the queue
s3e9-scenario-3 = No place for results: done, but nobody knows what came out
s3e9-note-1 = Guaranteed: every task is done exactly once by another process, and main reads the results from the queue's server, not from the worker. The queue is a real Redis where redis-server is installed, else an SQLite file. The usual mistake: to start the worker with the name of another module; it then waits for tasks of another name.
s3e9-note-2 = Guaranteed: putting a task into the queue succeeds although nobody will do it; all tasks are still there when main asks again. The usual mistake: to take "accepted" for "done".
s3e9-note-3 = Guaranteed: the worker does every task, and the owners are notified, but main cannot know the outcome: results are kept only where a place for them was set up. The usual mistake: to forget the result backend and then to wait for a result.
s3e9-line-queue = { $value ->
    [redis] The queue is Redis
   *[sqlite] The queue is an SQLite file, because no redis-server is installed
}
s3e9-line-queued = { $value ->
    [one] One task in the queue
   *[other] { $value } tasks in the queue
}
s3e9-line-waiting = { $value ->
    [one] One task still in the queue: no worker has taken it
   *[other] { $value } tasks still in the queue: no worker has taken them
}
s3e9-line-up = { $value_address } is up (status { $value_status })
s3e9-line-down = { $value_why ->
    [timed-out] { $value_address } is down: no answer in time
    [refused] { $value_address } is down: connection refused
    [bad-name] { $value_address } is down: no such host
    [failed] { $value_address } is down: the request failed
   *[status] { $value_address } is down: status { $value_why }
}
s3e9-line-notify = Notified the owner of { $value_address }
s3e9-line-unknown = { $value ->
    [one] One task is done; its result is unknown
   *[other] { $value } tasks are done; their results are unknown
}
s3e9-line-total = { $value_up } up, { $value_down } down
s3e9-line-elapsed = Time: { $value } ms
