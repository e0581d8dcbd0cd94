# Series 4

## s4e8 Who am I: threads

s4e8-title = Who am I? Threads and their identities
s4e8-scenario-1 = All threads are started, then all are joined
s4e8-scenario-2 = Wait for each thread before the next one starts
s4e8-scenario-3 = Identities that are used again
s4e8-note-1 = Guaranteed: main speaks first, each thread speaks once, and every thread ID is different. That the threads speak in the order of their numbers is only likely.
s4e8-note-2 = Guaranteed: 0, 1, 2 and so on, because each thread is joined before the next one starts. The identities of the system may then be the same for all threads: when one has ended, the next one gets its place.
s4e8-note-3 = Guaranteed: threads that are alive together have different identities, and a thread ID of Rust is never given twice. The identity that the system's thread library uses (what Python's get_ident shows) is a place in memory, and when a thread has ended another one may get it. The usual mistake: to keep such an identity as a key after the end of the thread.
s4e8-line-whoami = I am { $who }: thread ID { $value_id }, system number { $value_tid }, identity { $value_ident }
s4e8-line-again = I am { $who }, started later: thread ID { $value_id }, system number { $value_tid }, identity { $value_ident }

## s4e9 Dishwashers with threads

s4e9-title = Washing and drying with threads
s4e9-scenario-1 = Two dryers, and nobody tells them that the work is over
s4e9-scenario-2 = Two dryers, and the queue is closed after the last dish
s4e9-scenario-3 = One dryer
s4e9-note-1 = Guaranteed: the dishes are washed in order, each is dried once and only after it was washed. The usual mistake: dryers that wait for the next dish in an endless loop. When the last dish is dry they wait for ever, and a program that waits for its threads never ends. Here main looks, says how many still wait, and then closes the queue.
s4e9-note-2 = Guaranteed: every dish is dried once, and every dryer ends, because a closed and empty queue says "no more". The dishes leave the queue in order; that their lines also appear in order is only likely, because two dryers print them. The usual mistake: to take mixed lines for a fault of the queue. The queue is safe for threads; only the printing of different threads is not ordered.
s4e9-note-3 = Guaranteed: with one dryer the lines of drying are in the order of washing, and the whole takes at least one washing and all the drying. A second dryer would help, because drying takes twice as long as washing.
s4e9-line-wash = Washing { $value }
s4e9-line-dry = Dryer { $index } is drying { $value }
s4e9-line-blocked = All dishes are dry, but dryers still wait for the next one: { $value }
s4e9-line-leave = Dryer { $index } goes home

## s4e10 A pool and map

s4e10-title = A pool of workers: map
s4e10-scenario-1 = One worker
s4e10-scenario-2 = Three workers
s4e10-scenario-3 = Five workers
s4e10-note-1 = Guaranteed: the roots come in the order of the numbers. With one worker there is nothing to gain: the jobs run one after the other, one second each. The usual mistakes: to take a pool of one and wonder why nothing is faster, and never to read the results: then errors are never seen either.
s4e10-note-2 = Guaranteed: never more than three jobs at the same time, and the roots in the order of the numbers, whichever job ends first: map puts each result in its place. Five equal jobs on three workers take two rounds: the last round is not full, and it takes as long as a full one.
s4e10-note-3 = Guaranteed: never more than five jobs at the same time, and the roots in the order of the numbers. With as many workers as jobs the whole takes at least one second, and likely not much more. A pool of processes (processes=1) needs the same time, because these jobs only sleep.
s4e10-line-begin = Job { $index } begins
s4e10-line-end = Job { $index } ends
s4e10-line-root = The square root of { $index } is { $value }

## s4e11 Futures

s4e11-title = Futures: results as they are completed
s4e11-scenario-1 = Every job takes the same time
s4e11-scenario-2 = Each job is shorter than the one before it
s4e11-scenario-3 = One job fails
s4e11-note-1 = Guaranteed: each result comes once, and not before its job has begun. The order is that of completion, and that is free. Who needs the order of the numbers takes map, or asks the futures in the order in which they were submitted.
s4e11-note-2 = Short jobs overtake long ones: likely the results come in the order in which the jobs would be done if nothing but the jobs themselves took time. Guaranteed is again only that each result comes once. The usual mistake: to expect the shortest job first of all. It cannot begin before a worker is free.
s4e11-note-3 = Guaranteed: the failed job is an error in its own place, and all the others give their results. The usual mistake: to submit jobs and never to ask for their results. The error of a job appears only where its result is asked for; otherwise nobody ever hears of it.
s4e11-line-begin = Job { $index } begins
s4e11-line-root = The square root of { $index } is { $value }
s4e11-line-failed = Job { $index } failed

## s4e12 Green threads

s4e12-title = Green threads: many lookups on one thread
s4e12-scenario-1 = Lookups that give way while they wait; the last host never answers
s4e12-scenario-2 = Lookups that block, each handed to a helper thread
s4e12-scenario-3 = Lookups that block inside the green tasks
s4e12-note-1 = Guaranteed: all tasks run on one thread, and the answers are printed in the order of the hosts. A host that has not answered in time has no address. A green task gives way only where it waits; nobody interrupts it, so it needs no operating-system thread of its own.
s4e12-note-2 = Guaranteed: the answers in the order of the hosts. A call that knows nothing of green tasks would stop them all, so it is handed to a thread and the task waits for that. Python's gevent replaces ("patches") the blocking calls it knows while the program runs; Rust does not, you write down what waits. The usual mistake: to patch only the sockets, or only after another module has taken the old function.
s4e12-note-3 = Guaranteed: the lookups run one after the other, because a blocking call stops the only thread there is, and the watchdog reports every one of them: which task, and for how long it had blocked when it was noticed. The usual mistake: an ordinary sleep, a long calculation or a blocking read inside a task. No compiler and no library prevents it; a watchdog finds it.
s4e12-line-ask = Host { $index }: asking for the address
s4e12-line-stalled = Watchdog: the task of host { $index } has kept the thread for { $value } ms
s4e12-line-found = Host { $index }: { $value }
s4e12-line-missing = Host { $index }: no answer in time

## s4e13 Knock, knock

s4e13-title = Knock, knock: a server and its clients on one thread
s4e13-scenario-1 = The server forgets to answer the first line
s4e13-scenario-2 = The clients come one after the other
s4e13-scenario-3 = All clients come at once
s4e13-note-1 = Guaranteed: the client knocks and gets no answer, because this server answers only lines that are not "Knock knock". Client and server wait for each other, and nothing is wrong with the network. Only a time-out ends such a wait. The usual mistake: an answer that stands inside the wrong branch; in Python also to send text where bytes are needed.
s4e13-note-2 = Guaranteed: five lines in this order for each client, and the next client only after the one before has gone. The server goes on when a client leaves. The whole takes at least as long as the pauses of all the dialogues together, and likely not much longer.
s4e13-note-3 = Guaranteed: in each dialogue the same five lines in the same order, all on one thread. Between different dialogues nothing is promised; likely they mix, and the whole takes about as long as one dialogue. While one task waits for its client the thread serves another.
s4e13-line-knock = Client { $index }: Knock knock
s4e13-line-ask = Server to client { $index }: Who's there?
s4e13-line-name = Client { $index }: Disappearing client
s4e13-line-echo = Server to client { $index }: Disappearing client who?
s4e13-line-gone = Client { $index } has closed the connection, the server goes on
s4e13-line-blocked = Client { $index } gets no answer and gives up

## s4e14 Tasks and awaiting

s4e14-title = Tasks and plain awaiting
s4e14-scenario-1 = Two tasks at a time; only the first of them pauses
s4e14-scenario-2 = Plain awaiting, one after the other
s4e14-scenario-3 = Two at a time, and both pause
s4e14-note-1 = Guaranteed: the four phrases in this order, because one thread runs the tasks in the order in which they were made, and a task gives way only where it awaits. "Dorothy!" comes at once. The usual mistake: to praise the tasks for the time saved. The second pause is zero, so there is nothing to save: plain awaiting takes just as long.
s4e14-note-2 = Guaranteed: the same four phrases in the same order as with tasks; "Dorothy!" comes only after the first pause. The whole takes at least as long as all pauses together, and likely as long as with tasks. To await is to wait: the next line of the program runs when it is over.
s4e14-note-3 = Guaranteed: the same order, and at least the time of the longer pauses. Here the second pause is half as long as the first, and it runs inside the first: likely the whole takes two thirds of what plain awaiting would take. Now tasks do save time.
s4e14-line-say = { $value_text } (after { $value_ms } ms)
s4e14-line-elapsed = Time: { $value } ms

## s4e15 Beyond queues

s4e15-title = Beyond queues: a small broker
s4e15-scenario-1 = Fire and forget
s4e15-scenario-2 = Request and reply
s4e15-scenario-3 = A full queue: one sender waits, the other is refused
s4e15-note-1 = Guaranteed: every message that was accepted is handled once, after it was sent. Nobody learns when, in which order, or with what result: that is what "forget" means. The usual mistake: to use it where the sender needs to know.
s4e15-note-2 = Guaranteed: each request gets one reply, and the reply carries the number of its own request. Without a number replies that overtake each other would be mistaken for one another.
s4e15-note-3 = Guaranteed: never more messages in the queue than its limit, and nothing that was accepted is lost. A patient sender is slowed down to the speed of the workers; a hasty one is told at once that there is no room, and must decide for itself. The usual mistake: a queue without a limit. It hides that the workers are too slow, until the memory is full.
s4e15-line-fire = Sent and forgotten: message { $value }
s4e15-line-handle = Worker { $index } handles message { $value }
s4e15-line-ask = Client { $index } asks, request number { $value }
s4e15-line-reply = Client { $index } has the reply to request number { $value }
s4e15-line-accept = { $who ->
    [patient] The patient sender got message { $value } accepted
   *[hasty] The hasty sender got message { $value } accepted
}
s4e15-line-refuse = No room: message { $value } of the hasty sender is refused

## s4e1 The text of a command

s4e1-title = The text another program writes
s4e1-scenario-1 = The text of date
s4e1-scenario-2 = An argument for the program: date -u
s4e1-scenario-3 = Two programs in a row: date -u | wc
s4e1-note-1 = Guaranteed: one text, without the newline at its end, and exit code 0; the text is there only when the program has ended. What it says depends on the machine, its clock and its language. The usual mistake: to think that the module for the operating system (in Python `os`) does this; it is the module for subprocesses (here Subprocess).
s4e1-note-2 = Guaranteed: -u arrives as an argument of its own, and the text is one line in universal time. No shell reads the command; the program is started directly.
s4e1-note-3 = Guaranteed: 1 line and 6 words, because we ask for the plain language of the system (LC_ALL=C). The number of bytes (29) depends on the language. A pipe joins the two programs, they run at the same time, and wc ends because date has closed its end. The usual mistake: to start a whole shell only to write the bar |.
s4e1-line-command = $ { $value }
s4e1-line-output = { $value }
s4e1-line-counts = { $value_lines } lines, { $value_words } words, { $value_bytes } bytes

## s4e2 Three ways to call a program

s4e2-title = Three ways to call a program
s4e2-scenario-1 = The bytes it writes
s4e2-scenario-2 = Its exit code and its text
s4e2-scenario-3 = The exit code only, the text goes to the screen
s4e2-note-1 = Guaranteed: the bytes as they were written, with the newline (byte 10) at the end. Bytes are not yet text: which letters they mean is a question of the encoding.
s4e2-note-2 = Guaranteed: exit code 0 and the text without the newline at its end, both after the program has ended. The usual mistake: to look at the text only and never at the exit code; a program that failed may have written something too.
s4e2-note-3 = Guaranteed: the text is shown before the exit code is returned, because the call waits for the end of the program. The usual mistake: to expect the text as the result of this call; the result is a number, 0 for success.
s4e2-line-command = $ { $value }
s4e2-line-bytes = { $value_count } bytes; the last one is { $value_last }
s4e2-line-answer = exit code { $value_code }, text: { $value_text }
s4e2-line-screen = { $value }
s4e2-line-code = exit code { $value }

## s4e3 A shell or a list of arguments

s4e3-title = A shell or a list of arguments
s4e3-scenario-1 = One text, read by a shell
s4e3-scenario-2 = A list of arguments, no shell
s4e3-scenario-3 = Programs that fail, a dangerous argument, no such program
s4e3-note-1 = Guaranteed: the output and exit code 0. A shell takes the text apart at the spaces and finds the program. It is used here because we asked for it by name.
s4e3-note-2 = Guaranteed: the same output and exit code as with a shell. Each item of the list is one argument, whatever it contains, and no shell is started.
s4e3-note-3 = Guaranteed: a program that ends with 3 gives 3, one ended by signal 9 gives -9, and a program that does not exist is an error that says so. As an item of a list "a; exit 7" is a harmless argument; a shell makes two commands of the same letters and ends with 7. The usual mistake: to build a shell command out of what a user typed.
s4e3-line-run = { $value_by ->
    [shell] shell: { $value_command } -> exit code { $value_code }, output "{ $value_output }"
   *[list] list: { $value_command } -> exit code { $value_code }, output "{ $value_output }"
}
s4e3-line-missing = { $value }: there is no such program

## s4e4 Who am I? (processes)

s4e4-title = Who am I? Processes
s4e4-scenario-1 = All start, nobody is waited for in between
s4e4-scenario-2 = Wait for each process before the next one starts
s4e4-scenario-3 = Wait for all, then a last line
s4e4-note-1 = Guaranteed: the line of main is first, because it is printed before anything starts; each child prints once, has its own process ID, and main is its parent. The order of the children is luck. The usual mistake: to think that processes report in one block at the end; their lines come as they are printed.
s4e4-note-2 = Guaranteed: main, then child 0, child 1 and so on, because each one is joined before the next one starts. The price: only one of them lives at a time.
s4e4-note-3 = Guaranteed: "all done" is the last line, because every child was joined before it. The order of the children is still luck. The usual mistake: to think that processes cannot be started from a notebook; here they can.
s4e4-line-whoami = I am { $who }, process ID { $value_pid }, my parent is { $value_parent }
s4e4-line-done = all done

## s4e5 Ending a process that does not stop

s4e5-title = Ending a process that does not stop
s4e5-scenario-1 = Terminate, and do not ask how it ended
s4e5-scenario-2 = Terminate, join, and read the exit code
s4e5-scenario-3 = A stubborn process that ignores terminate
s4e5-note-1 = Guaranteed: the numbers come in order without a gap, and none comes after "over", because main has joined the child by then. That there is one number for each second is only likely. Right after terminate the child may still be alive. The usual mistake: to forget the join; the end of the child is then only a hope, and the system keeps a dead entry for it.
s4e5-note-2 = Guaranteed: exit code -15 (ended by signal 15), and no number after it. The usual mistake: to terminate a process and never read how it ended.
s4e5-note-3 = Guaranteed: the child is still alive after terminate, because it ignores that signal; kill (signal 9) cannot be ignored, so the exit code is -9. First ask, then wait for a bounded time, then force. The usual mistake: to call terminate safe; the process may hold a lock or have half written a file.
s4e5-line-start = { $who ->
    [main] I'm main, process ID { $value }
   *[loopy] I'm loopy, process ID { $value }
}
s4e5-line-honk = { "    " }Number { $value } of 100. Honk!
s4e5-line-terminate = main: terminate
s4e5-line-alive = { $value_alive ->
    [true] main: it is still alive
   *[false] main: it has ended
}
s4e5-line-kill = main: kill
s4e5-line-ended = exit code { $value }
s4e5-line-over = over

## s4e6 Functions as commands

s4e6-title = Functions as commands
s4e6-scenario-1 = A misspelt name
s4e6-scenario-2 = The name repaired
s4e6-scenario-3 = The list of commands, and one that does not exist
s4e6-note-1 = Guaranteed: exit code 1, and the time is never shown. The value is kept under the name time_str and asked for as timestr; a table of names is searched only when the line runs, so the mistake is found only then. That is how Python treats every variable. A misspelt variable of Rust does not compile: "cannot find value `timestr` in this scope".
s4e6-note-2 = Guaranteed: the time is shown once, and the exit code is 0. The command is a function registered under a name; it runs in a process of its own. The usual mistake: to expect that writing a function down runs it; somebody has to call the command.
s4e6-note-3 = Guaranteed: the commands come in the order in which they were registered. For an unknown name nothing is started; the error names the command that looks most like it.
s4e6-line-call = $ { $value }
s4e6-line-missing = name '{ $value }' is not defined
s4e6-line-time = The time is { $value }
s4e6-line-ended = exit code { $value }
s4e6-line-list = command: { $value }
s4e6-line-unknown = no command '{ $value_name }'; did you mean '{ $value_near }'?

## s4e7 Dishwashers (processes)

s4e7-title = Dishwashers: processes
s4e7-scenario-1 = One dryer
s4e7-scenario-2 = Two dryers
s4e7-scenario-3 = The dryer forgets to report the last dish
s4e7-note-1 = Guaranteed: the dishes are dried in the order in which they were washed, none before it was washed, and "all done" is the last line of main, because it waits for one report for each dish. How washing and drying mix is luck. The usual mistake: to think that the calls of functions are queued; what waits in the pipe are the dishes.
s4e7-note-2 = Guaranteed: each dish is dried once, by one of the two, and after it was washed; each dryer gets its dishes in the order of washing. Which dryer gets which dish is luck, and the lines of two dryers may change places.
s4e7-note-3 = Guaranteed: all dishes are dried, and yet main waits in vain, because one report is missing. Without a time-out it would wait for ever. The usual mistake: to forget the report (task_done) on one of the ways through the loop.
s4e7-line-wash = Washing { $value_dish }
s4e7-line-dry = Drying { $value_dish }
s4e7-line-done = all done: { $value } dishes
s4e7-line-blocked = still waiting, gave up: { $value } reports are missing
