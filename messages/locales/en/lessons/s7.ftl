# Series 7

## s7e1 Looking at a process

s7e1-title = Looking at a process
s7e1-scenario-1 = Two named processes that count
s7e1-scenario-2 = Is it alive, what is its ID, and its end by terminate
s7e1-scenario-3 = Wait until all have ended
s7e1-note-1 = Guaranteed: each process counts 1, 2, 3 and so on. Where the line of main stands among them is luck: to start a process does not mean that it runs already, nor that it waits.
s7e1-note-2 = Guaranteed: the process is alive while it waits to be ended, the ID that main knows is its own, and after join it is not alive and its exit code is -15. How far it counted is luck. The usual mistake: to call terminate safe. The process is ended wherever it is, nothing is cleaned up, and a lock it held stays held.
s7e1-note-3 = Guaranteed: the last line comes after all others, because main joins both processes first.
s7e1-line-start = { $who } runs with process ID { $value }
s7e1-line-tick = { $who }: { $value }
s7e1-line-started = Processes started
s7e1-line-status = { $value_when ->
    [running] process { $value_pid } while it runs: { $value_alive ->
        [true] alive
       *[false] not alive
    }
   *[joined] process { $value_pid } after terminate and join: { $value_alive ->
        [true] alive
       *[false] not alive
    }
}
s7e1-line-ended = All processes have ended

## s7e2 Waiting for a list of processes

s7e2-title = Waiting for a list of processes
s7e2-scenario-1 = Start all, then wait for each
s7e2-scenario-2 = The wait stands inside the loop that starts them
s7e2-scenario-3 = Nobody waits
s7e2-note-1 = Guaranteed: three rounds of each process in rising order, and the last line at the end, because every process of the list is joined before it. The three run at the same time, so the order between them is free.
s7e2-note-2 = Guaranteed: process 1 with all its rounds, then process 2, then process 3; the whole takes at least as long as the pauses of all three together, and likely about three times as long as in scenario 1. The usual mistake: to join inside the loop that starts; then no two processes ever run together.
s7e2-note-3 = Without a join the line of main may come anywhere, usually first. Guaranteed is only the order of the rounds inside each process. Python waits for its children at the end of the program; Rust does not, so here main still collects them after its line.
s7e2-line-round = { $who }: round { $value }
s7e2-line-ended = All processes have ended

## s7e3 A process as your own type

s7e3-title = A process as your own type, with run
s7e3-scenario-1 = A type that works
s7e3-scenario-2 = A type with data of its own
s7e3-scenario-3 = Many of them
s7e3-note-1 = Guaranteed: one line, from a process of its own, and exit code 0. The type has a method run; the process is made of it and calls it.
s7e3-note-2 = Guaranteed: the process has the data that the object was made with: the child gets a copy of the whole object. What run changes in it stays in the child.
s7e3-note-3 = Guaranteed: each process has the data of its own object and an ID of its own, and all end with exit code 0. Their order is free.
s7e3-line-work = work of { $who } in process { $value }
s7e3-line-data = { $who } was given { $value }

## s7e4 A lock that nobody releases

s7e4-title = A lock between processes that nobody releases
s7e4-scenario-1 = A lock, and a holder that ends without releasing it
s7e4-scenario-2 = A re-entrant lock, one release too few
s7e4-scenario-3 = Released properly; and a file lock, which the system releases
s7e4-note-1 = Guaranteed: one process gets the lock, the other waits in vain as long as the holder lives. In Python it would wait for ever, even after the holder has ended. Here it is told which process died with the lock, because what the lock protects may be half changed; after that the lock is free. Which of the two is first is luck.
s7e4-note-2 = Guaranteed: the holder may take a re-entrant lock again, where with a plain lock it would wait for itself for ever; the re-entrant lock is free only when it was released as often as taken. Here one release is missing, and the other process waits until the holder has ended.
s7e4-note-3 = Guaranteed: released properly, both processes get the lock one after the other, never together. A file lock belongs to an open file: when its holder ends, the system frees it and tells nobody. That is convenient where nothing can be half changed, and dangerous everywhere else.
s7e4-line-locked = { $who } (process ID { $value }) has the lock
s7e4-line-again = { $who } (process ID { $value }) has the lock a second time
s7e4-line-released = { $who } (process ID { $value }) has released the lock
s7e4-line-blocked = { $who } is blocked: somebody else has the lock
s7e4-line-abandoned = { $who } is told: process { $value } ended with the lock
s7e4-line-file = { $who } (process ID { $value }) has the file lock

## s7e5 Filling an array

s7e5-title = Many processes fill one array
s7e5-scenario-1 = The pause is inside the lock
s7e5-scenario-2 = No lock
s7e5-scenario-3 = The pause is outside the lock
s7e5-note-1 = Guaranteed: every place of the array is filled once, and the lines of one process are never mixed with those of another. The price: the lock is held during the pause, so all processes wait for each other and the whole takes at least as long as all pauses together.
s7e5-note-2 = Guaranteed: the array is filled just as well, because each process writes only its own place, and one write is never seen half done. No lock is needed for that. The whole takes at least as long as the longest pause, and likely not much longer.
s7e5-note-3 = Guaranteed: the same array. The lock is held only for the writing, so the pauses go on at the same time. The usual mistake: to hold a lock while sleeping or waiting for something else.
s7e5-line-begin = { $who } begins
s7e5-line-write = { $who } has written { $value }
s7e5-line-array = The array: [{ $value }]
s7e5-line-done = All processes have ended

## s7e6 A queue between processes

s7e6-title = A queue between processes
s7e6-scenario-1 = One value
s7e6-scenario-2 = Take until the end, but there is no end yet
s7e6-scenario-3 = The producer closes the queue
s7e6-note-1 = Guaranteed: main takes what the child has put. The child is joined before main reads: with a queue that writes through a pipe, as Python's, that is a trap as soon as the items do not fit the pipe.
s7e6-note-2 = Guaranteed: all items come in order, and then main waits in vain as long as the producer lives: the queue is empty, but it has not ended. The usual mistake: to believe that an empty queue gives "nothing" and so ends the loop. In Python this loop never ends. Here it ends when the last process that could put has ended.
s7e6-note-3 = Guaranteed: all items in order, then the end, because the producer has closed the queue; it need not have ended itself. A bound on the queue limits the items in it, not the processes that run.
s7e6-line-put = { $who } puts { $value }
s7e6-line-get = { $who } gets { $value }
s7e6-line-blocked = { $who } waits in vain: the queue is empty, and the producer still lives
s7e6-line-end = { $who } sees the end of the queue

## s7e10 An event between processes

s7e10-title = An event between processes
s7e10-scenario-1 = Nobody sets the event
s7e10-scenario-2 = Set and cleared again and again
s7e10-scenario-3 = Handed over as an argument
s7e10-note-1 = Guaranteed: the process waits in vain and does nothing. Here it gives up after a while, so that the exercise ends; a wait without a bound would never come back.
s7e10-note-2 = Guaranteed: nothing is done before the event is set for the first time. After each clear at most one more piece of work begins: that of a process which had already passed its wait. The usual mistake: to think that clear stops a process; it only closes the door for the next wait.
s7e10-note-3 = Guaranteed: everybody who got the event as an argument passes, and only after it was set. A process that makes an event of its own waits in vain: it is another event. This is behind the usual mistake of saying that an event cannot be handed to another process.
s7e10-line-wait = { $who } waits for the event
s7e10-line-blocked = { $who } is blocked: nobody has set its event
s7e10-line-set = { $who } sets the event
s7e10-line-clear = { $who } clears the event
s7e10-line-work = { $who } works: { $value }
s7e10-line-pass = { $who } passes

## s7e11 A condition between processes

s7e11-title = A condition between processes
s7e11-scenario-1 = Wait and notify
s7e11-scenario-2 = Wait with a predicate
s7e11-scenario-3 = Notify all
s7e11-note-1 = Guaranteed: never more reports than notices. A notice that comes while nobody waits is lost, so there may be fewer. The usual mistake: to think that a condition remembers; it has no value of its own.
s7e11-note-2 = Guaranteed: exactly one report for each notice. The waiting process does not count wake-ups; it looks at a number in shared memory, under the lock, and so misses nothing.
s7e11-note-3 = Guaranteed: one call wakes everybody who waits, and each one sees every new number. With notify for one only, the other processes would sleep on.
s7e11-line-count = { $who }: { $value }
s7e11-line-notify = { $who } notifies at { $value }
s7e11-line-event = { $who }: report { $value }
s7e11-line-over = { $who } has finished counting

## s7e12 A barrier between processes

s7e12-title = A barrier between processes
s7e12-scenario-1 = All at once
s7e12-scenario-2 = Each one sleeps for a while first
s7e12-scenario-3 = Twice as many processes as the barrier takes
s7e12-note-1 = Guaranteed: all have arrived before the first one passes. The order in which they pass is free.
s7e12-note-2 = Guaranteed: the same, so everybody waits for the one that sleeps longest.
s7e12-note-3 = Guaranteed: the barrier lets them through in two groups, and each group only when it is complete. Who belongs to which group is decided by the order of arrival. The usual mistake: to think that the second group starts when the first is done; all run from the beginning. With a number of processes that does not fill the last group, that group would wait for ever.
s7e12-line-arrive = { $who } has slept { $value } ms and arrives
s7e12-line-pass = { $who } passes with group { $value }

## s7e15 Pipe

s7e15-title = A pipe between two ends
s7e15-scenario-1 = From a to b
s7e15-scenario-2 = From b to a: the pipe goes both ways
s7e15-scenario-3 = From a child to its parent
s7e15-note-1 = Guaranteed: b receives exactly what a sent, as one message, and the end after it, because a was closed. A message is copied on its way: both ends have a value of their own.
s7e15-note-2 = Guaranteed: the same in the other direction; this pipe is made of two, one each way. The usual mistake: to use a pipe in both directions that was made for one.
s7e15-note-3 = Guaranteed: the parent receives what the child sent and then the end, because the child had the only sending end and has ended. The child is joined after that.
s7e15-line-send = { $who } sends { $value_number }, { $value_word }
s7e15-line-receive = { $who } receives { $value_number }, { $value_word }
s7e15-line-say = { $who } sends { $value }
s7e15-line-data = data: { $value }
s7e15-line-end = { $who }: end of the pipe

## s7e16 Several senders on one pipe

s7e16-title = Several senders on one pipe
s7e16-scenario-1 = Two messages, and main receives three times
s7e16-scenario-2 = Four messages, and main receives four times
s7e16-scenario-3 = Main closes its own sending end and receives until the end
s7e16-note-1 = Guaranteed: both messages arrive whole; the third receive waits in vain, because main itself still has a sending end open. Without a time-out it would wait for ever. The usual mistake: to say that the third message has no value; there is no third message and no end either.
s7e16-note-2 = Guaranteed: four whole messages with the same text, and those of one sender in the order in which it sent them. Whose message comes first is luck. The usual mistake: to count the messages by hand; one more receive would wait for ever.
s7e16-note-3 = Guaranteed: all messages and then the end, because every sending end is closed: main has dropped its own, and those of the children were closed when they ended. The end comes when the last one is closed, not before.
s7e16-line-send = { $who } sends message { $value_number }: { $value_text }
s7e16-line-receive = message { $value_number } of child { $value_sender }: { $value_text }
s7e16-line-blocked = still waiting, gave up: main itself has a sending end open
s7e16-line-end = end of the pipe

## s7e17 Closing the ends of a pipe

s7e17-title = Closing the ends of a pipe
s7e17-scenario-1 = Both children close their end before they send
s7e17-scenario-2 = One child closes its end, the other one sends
s7e17-scenario-3 = A setter and a getter, ended by the end of the pipe
s7e17-note-1 = Guaranteed: both children fail with exit code 1, nothing is received, and main waits in vain, because its own sending end is still open. In Rust an end that was given up cannot be used at all: the compiler refuses. Here the children keep it in an Option to show what happens.
s7e17-note-2 = Guaranteed: main receives 2 and then waits in vain, because its own sending end is open; the child that closed its end has exit code 1. The usual mistake: to think that main is told when one of the children fails.
s7e17-note-3 = Guaranteed: all numbers in order, then the end, and exit code 0 for both. The end comes because every copy of the sending end is closed: main gave its own to the setter, and the setter has ended. The usual mistake: to catch every error in order to notice the end; then real errors are taken for the end, too.
s7e17-line-closed = { $who }: my end is closed, I cannot send
s7e17-line-send = { $who } sends { $value }
s7e17-line-receive = Data { $value }
s7e17-line-blocked = still waiting, gave up: main itself has a sending end open
s7e17-line-end = { $who }: end of the pipe

## s7e7 Pool: map and starmap

s7e7-title = Pool: map and starmap
s7e7-scenario-1 = map over five values
s7e7-scenario-2 = map over a hundred values
s7e7-scenario-3 = starmap over two tuples
s7e7-note-1 = Guaranteed: each value is printed once, by one of the workers, and all of them before map returns. In which order they come is luck. map gives one result for each value, in the order of the values; here the function gives nothing back, so it is a list of None. The usual mistake: to start three workers for each core "so as not to overload it"; for work that computes this does the opposite.
s7e7-note-2 = The values are dealt out in chunks of neighbours. Guaranteed: inside one chunk they rise, because one worker does them one after the other; between the chunks nothing is certain. The usual mistake: to end the pool without close and join; then the workers are killed, and what they had not yet done or written is lost.
s7e7-note-3 = starmap gives each tuple to the function as its arguments. Guaranteed: one call for each tuple. The usual mistake: to think that there are as many processes as tuples; there are as many tasks as tuples, and the workers share them.
s7e7-line-value = { $value }
s7e7-line-tuple = { $value_a }, { $value_b }, { $value_c }
s7e7-line-result = map returned { $value_content }

## s7e8 Pool: map_async

s7e8-title = Pool: map_async and one callback for all results
s7e8-scenario-1 = A hundred values, the function gives nothing back
s7e8-scenario-2 = A hundred values, the function gives the value back
s7e8-scenario-3 = starmap_async over two tuples
s7e8-note-1 = Guaranteed: the callback is called exactly once, in the process of main, after all hundred values were printed and before get returns. map_async itself returns at once, so main goes on at any point among the lines of the workers. The function gives nothing back: the callback gets a list of a hundred None.
s7e8-note-2 = Guaranteed: the callback gets 0 to 99 in the order of the values, whoever was done first, because each result has its place. The usual mistake: to expect that the callback is called for each value; that is what apply_async does.
s7e8-note-3 = Guaranteed: the results come in the order of the tuples. The usual mistake: to end the program before the results are there. The callback comes only if somebody waits: get, or close and join.
s7e8-line-value = { $value }
s7e8-line-tuple = { $value_a }, { $value_b }, { $value_c }
s7e8-line-continue = main goes on
s7e8-line-callback = callback: { $value_length } results
s7e8-line-result = get returned { $value_content }

## s7e9 Pool: apply_async

s7e9-title = Pool: apply_async and a callback for each task
s7e9-scenario-1 = The function gives nothing back
s7e9-scenario-2 = The function gives a value back
s7e9-scenario-3 = One task fails
s7e9-note-1 = Guaranteed: one call of the callback for each task, after that task, one at a time, all by the same thread in the process of main. The order of the tasks and of the callbacks is luck. Because the calls come one at a time, a slow callback holds up all the others.
s7e9-note-2 = Guaranteed: each value reaches the callback once, in any order. The usual mistake: to think that the callback gets the list of all values; it gets the value of one task.
s7e9-note-3 = Guaranteed: the task that fails reaches the error callback, once, and the other tasks are not affected. The usual mistake: to give no error callback and never to ask for the result; then the failure vanishes without a word.
s7e9-line-work = task { $value } runs in process { $index }
s7e9-line-callback = callback: { $value }
s7e9-line-error = error callback: task { $value } failed

## s7e13 Manager: dict and list

s7e13-title = Manager: dictionary and list between processes
s7e13-scenario-1 = A child fills both, main reads them
s7e13-scenario-2 = A list inside the dictionary
s7e13-scenario-3 = Four children at the same time
s7e13-note-1 = Guaranteed: main reads what the child has written, because it asks after join and because both objects live in the server process of the manager. The usual mistake: to think that they were created in the child or copied from it; the child only sends commands to the server.
s7e13-note-2 = Guaranteed: a change to a copy is seen by nobody else until the copy is put back; a change in place, through the proxy of the nested list, is seen by everybody at once.
s7e13-note-3 = Guaranteed: each of the four children has its key in the dictionary and its number in the list, each once, because the server does one command at a time. In which order they came in is luck.
s7e13-line-change = { $who } (process { $value_pid }) changes the objects of the manager (process { $value_server })
s7e13-line-dict = dictionary: { $value_content }
s7e13-line-list = list: { $value_content }
s7e13-line-copy = { $who } changed its copy; the server still has { $value_content }
s7e13-line-assign = { $who } put its copy back; the server has { $value_content }
s7e13-line-proxy = { $who } changed the list in place; the server has { $value_content }

## s7e14 A remote manager

s7e14-title = A remote manager: functions of another process, over the network
s7e14-scenario-1 = The right key: what time is it at the server?
s7e14-scenario-2 = The wrong key, then the right one
s7e14-scenario-3 = Where does the function run?
s7e14-note-1 = Guaranteed: the client is connected only after both sides have proved that they know the key, and the answer comes from the process of the server. The key itself never travels: each side sends a random number, and the other one answers with a code made of that number and the key. The server listens on 127.0.0.1 only, at a port that the system chooses. The usual mistake: to listen on an empty address, which means every network of the machine; and to print "connected" before the connection is there.
s7e14-note-2 = Guaranteed: the client with the wrong key is refused before the server has read a single command; the next one, with the right key, is served as if nothing had happened. The usual mistake: to send the key itself, where everybody on the way can read it.
s7e14-note-3 = Guaranteed: the function runs in the process of the server; its process ID proves it. The usual mistake: to think that the work is done on the client's side. The client sends a name and arguments and gets a value back; after the stop command the port is free again.
s7e14-line-serve = the server (process { $value_pid }) waits on 127.0.0.1
s7e14-line-ask = the client is process { $value_pid }
s7e14-line-connect = the client is connected: both sides know the key
s7e14-line-refuse = the client is refused: its key is not the server's
s7e14-line-answer = { $value_function } gives { $value_result }, computed in process { $value_pid }
s7e14-line-stop = the server has stopped, and its port is free again
