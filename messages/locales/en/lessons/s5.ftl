# Series 5

## s5e1 Cube and square

s5e1-title = Two processes: cube and square
s5e1-scenario-1 = Start both, then wait for both
s5e1-scenario-2 = Wait for the first before the second starts
s5e1-scenario-3 = The last line comes without waiting
s5e1-note-1 = Guaranteed: the last line comes last, because main joins both processes before it prints it. Whether the cube or the square is first is luck. The usual mistake: to think that main works on during join; join stops main until the process has ended.
s5e1-note-2 = Guaranteed: cube, square, last line, because each process is joined before the next line of main. Nothing runs at the same time, so the whole takes at least as long as both pauses together, and likely about twice as long as before.
s5e1-note-3 = Nobody waits before the last line, so it may come anywhere, and usually comes first. Guaranteed is only that all three lines come and that both processes have ended at the end: main still collects them, after it has printed.
s5e1-line-cube = Cube: { $value }
s5e1-line-square = Square: { $value }
s5e1-line-done = Done

## s5e2 Process IDs

s5e2-title = Process IDs, and who is alive
s5e2-scenario-1 = The IDs of main, p1 and p2
s5e2-scenario-2 = Alive before, during and after
s5e2-scenario-3 = Who is the parent?
s5e2-note-1 = Guaranteed: main prints its own ID first; the ID that main knows of a process is the one that the process prints itself; after join neither is alive. The lines of the two processes and what main prints meanwhile may come in any order.
s5e2-note-2 = Guaranteed: not alive before the start and after join, and alive in between, because both processes wait until main has asked. The usual mistake: to ask without such a meeting point; a short process may have ended before the question.
s5e2-note-3 = Here p1 starts p2. Guaranteed: the parent of p1 is main, and the parent of p2 is p1. Only the parent can wait for a process, so p1 joins p2 before it ends itself.
s5e2-line-pid = main has process ID { $value }
s5e2-line-worker = { $who } has process ID { $value_pid }, its parent has { $value_parent }
s5e2-line-child = { $value_name } was started with process ID { $value_pid }
s5e2-line-finished = Both processes finished
s5e2-line-alive = { $value_when ->
    [before] { $value_name } before the start: { $value_alive ->
        [true] alive
       *[false] not alive
    }
    [running] { $value_name } while it runs: { $value_alive ->
        [true] alive
       *[false] not alive
    }
   *[joined] { $value_name } after join: { $value_alive ->
        [true] alive
       *[false] not alive
    }
}

## s5e3 A value and an array in shared memory

s5e3-title = A value and an array in shared memory
s5e3-scenario-1 = The child writes into shared memory
s5e3-scenario-2 = The child writes into its own copies
s5e3-scenario-3 = Two writers, with and without protection
s5e3-note-1 = Guaranteed: after join main reads 3.1415927 and 0, -1, -2 and so on, because the value and the array lie in memory that both processes see, and join puts the child's writing before main's reading.
s5e3-note-2 = Guaranteed: main still has 0 and the old numbers. A new process gets copies of all variables; what it changes is seen by nobody else. The usual mistake: to take this for a failure of the program, or not to notice it at all.
s5e3-note-3 = Guaranteed: with a lock and with one atomic addition nothing is lost. To read, to add and to write in three steps loses what the other process wrote in between; how much is lost is luck, sometimes nothing.
s5e3-line-value = value seen by { $who }: { $value }
s5e3-line-array = array seen by { $who }: [{ $value }]
s5e3-line-add = { $value_how ->
    [steps] { $who } has added { $value_adds } times, in separate steps
    [locked] { $who } has added { $value_adds } times, holding the lock
   *[atomic] { $who } has added { $value_adds } times, atomically
}
s5e3-line-total = { $value_how ->
    [steps] in separate steps: { $value_total } of { $value_wanted }
    [locked] holding the lock: { $value_total } of { $value_wanted }
   *[atomic] atomically: { $value_total } of { $value_wanted }
}

## s5e4 A manager

s5e4-title = A manager: a dictionary and a list in a process of their own
s5e4-scenario-1 = A child changes both, main reads them
s5e4-scenario-2 = A list inside the dictionary: changing a copy, and changing it in place
s5e4-scenario-3 = Two children change the same dictionary and the same list
s5e4-note-1 = Guaranteed: main sees what the child changed, because both ask the same server process, which owns the dictionary and the list, and main asks after join. The keys stay in the order in which they came in. The price: every access is a message to the server and back, many times slower than memory that is shared. The usual mistake: to use a plain dictionary; the child then changes its own copy, and main sees an empty one.
s5e4-note-2 = Guaranteed: what was taken out of the server is a copy, and changing it changes nothing there until it is put back; a list changed in place, through its proxy, is changed for everybody at once. The usual mistake: to take a nested list out, to change it and to forget to put it back.
s5e4-note-3 = Guaranteed: no change is lost, because the server does one command at a time: all the appended numbers are in the list, those of each child in rising order, and the total is right. How the two children mix is luck. The usual mistake: to read a number, to add one and to write it back; these are two commands, and the other child may come between them. Adding must be one command.
s5e4-line-change = { $who } (process { $value_pid }) changes the objects of the manager (process { $value_server })
s5e4-line-dict = dictionary: { $value_content }
s5e4-line-list = list: { $value_content }
s5e4-line-copy = { $who } changed its copy; the server still has { $value_content }
s5e4-line-assign = { $who } put its copy back; the server has { $value_content }
s5e4-line-proxy = { $who } changed the list in place; the server has { $value_content }
s5e4-line-append = { $who } appended { $value }

## s5e5 Squares with a pool

s5e5-title = Squares with a pool of processes
s5e5-scenario-1 = A pool with one worker for each core (or as many as you choose)
s5e5-scenario-2 = A pool of one worker
s5e5-scenario-3 = A pool of two workers
s5e5-note-1 = Guaranteed: the list of squares comes last and in the order of the inputs; there are never more different process IDs than workers. Which worker gets which number is luck, and a fast worker may do all of them. The usual mistake: to think that a pool splits one operation over all the cores. It deals out inputs; each one is worked on by a single process.
s5e5-note-2 = Guaranteed: one process ID, and the numbers in the order of the inputs, because there is nobody else to take one. A pool of one is a process that works off a list.
s5e5-note-3 = Guaranteed: at most two process IDs, and the same list of squares as with any other number of workers. The number of workers changes the time, never the result.
s5e5-line-work = Worker process id for { $value_input }: { $index }
s5e5-line-result = { $value }
