# What `weft explore` says: what could have happened.

## Help

help-explore = Find out everything a program with threads can print, and what can go wrong in it
help-explore-after = The program is written with plain `std`; channels and `scope` of `crossbeam`, the locks of `parking_lot` and our own `exercises::sync` and `exercises::process` may be used too. It is explored, not run. Exit code 1 means that something wrong was found, 4 that there is no answer: it was interrupted, or had too little time or memory.
help-explore-file = The program, a Rust file with a `main`; or an exercise, for example s1e6
help-explore-budget = Seconds the exploration may take (otherwise 10)
help-explore-replay = Show one schedule step by step, as it was given with what was found
help-explore-timeline = Draw the schedule of --replay or --play as a timeline to this file: .svg, .html, .txt, or .json for trace viewers; `-` draws it in the terminal
help-explore-play = Choose yourself who goes next: shows what these steps do, and who can go then; without STEPS, from the beginning
help-explore-ask = Can it print exactly these lines? They are separated by `|`
help-explore-list = Also list this many of the possible outputs
help-explore-equal = Compare two programs: can B print the same as A?
help-explore-edition = Edition of the program: 2018, 2021 or 2024 (otherwise 2024)
help-explore-cell = The file holds a cell: statements without a `main` are allowed

## While it works

explore-preparing = Preparing the explorer for this compiler, once:
explore-preparing-crates = Preparing the crates this program is checked with, once:
explore-progress = { $classes } classes, { $seconds } s

## What the answer is worth

explore-proved = PROVED
explore-bounded = BOUNDED
explore-bounded-preemptions = PROVED UP TO { $bound ->
    [one] ONE PREEMPTION
   *[other] { $bound } PREEMPTIONS
}
explore-sampled = SAMPLED { $executions }
explore-effort = { $classes ->
    [one] { $classes } class
   *[other] { $classes } classes
}, { $ms } ms
explore-outcomes = outcomes: { $count }
explore-outcomes-too-many = too many outcomes to count
explore-outcomes-not-counted = outcomes not counted
explore-cut-short-time = There was no time left to work out everything that can be printed, and in which orders.
explore-cut-short-memory = There was no memory left to work out everything that can be printed, and in which orders.
explore-cut-short-interrupted = Interrupted before everything was worked out that can be printed, and in which orders.
explore-some-end = Some end with: { $endings }
explore-more = and { $count } more
explore-not-proved = This is not proved: not everything could be tried.

## Orders

explore-word-guaranteed = Guaranteed
explore-word-held = So far
explore-word-likely = Likely
explore-word-luck = Luck
explore-guaranteed = “{ $before }” before “{ $after }”   { $cause }
explore-likely = “{ $before }” before “{ $after }”   usual, and not guaranteed
explore-likely-margin = “{ $before }” before “{ $after }”   only by timing; breaks if a thread is held up by { $ms } ms
explore-luck = “{ $one }” and “{ $other }”: now one first, now the other
explore-cause = { $by }, line { $line }
explore-by-join = a join
explore-by-process = waiting for a process
explore-by-barrier = a barrier
explore-by-channel = a channel
explore-by-pipe = a pipe
explore-by-condition = a condition
explore-by-once = what runs only once
explore-by-park = unpark
explore-by-lock = a lock
explore-by-atomic = an atomic
explore-by-spawn = the start of a thread
explore-by-program-order = the same thread does both
explore-by-other = several things together

## What was found

explore-word-deadlock = Deadlock
explore-word-lost-update = Lost update
explore-word-data-race = Data race
explore-word-panic = Panic
explore-word-livelock = Livelock
explore-word-lost-wakeup = Lost wake-up
explore-word-blocked-at-exit = Left blocked
explore-word-nondeterminism = Not repeatable
explore-deadlock = Nobody can go on (lines { $lines }).
explore-lost-update = One thread overwrites what another has just changed (lines { $lines }).
explore-data-race = Two threads use the same memory, one of them writes, and nothing orders them (lines { $lines }).
explore-panic = Line { $lines }: { $message }
explore-livelock = Threads go on for ever and get nowhere (lines { $lines }).
explore-lost-wakeup = A thread waits for a notice that came before it waited (lines { $lines }).
explore-blocked-at-exit = The program ends while a thread is blocked for ever (lines { $lines }).
explore-nondeterminism = The same order of steps did something else the second time (line { $lines }).
explore-word-spurious = Spurious
explore-spurious = { $count ->
    [0] A wait for a condition may also end without a notice (a spurious wake-up: the documentation of `std` and POSIX allow it). Then this can happen:
    [one] The wait in line { $lines } may also end without a notice (a spurious wake-up: the documentation of `std` and POSIX allow it). Then this can happen:
   *[other] The waits in lines { $lines } may also end without a notice (spurious wake-ups: the documentation of `std` and POSIX allow them). Then this can happen:
}
explore-equal-spurious = That is so without spurious wake-ups. Of B with them:
explore-spurious-prints = This is printed, followed by { $ending }:
explore-spurious-advice = After each wait ask again whether there is still something to wait for: `while` in place of `if`, or `wait_while`.
explore-spurious-crashed = A wait for a condition may also end without a notice (a spurious wake-up: the documentation of `std` and POSIX allow it). Then the program crashes.
explore-spurious-stuck = A wait for a condition may also end without a notice (a spurious wake-up: the documentation of `std` and POSIX allow it). Then a thread runs on without a lock, a channel, an atomic or an end.
explore-spurious-untried = Not all spurious wake-ups could be tried: whether a wait that ends without a notice does harm is not known.
explore-spurious-untried-time = There was no time left to try all spurious wake-ups: whether a wait that ends without a notice does harm is not known.
explore-spurious-untried-memory = There was no memory left to try all spurious wake-ups: whether a wait that ends without a notice does harm is not known.
explore-spurious-untried-interrupted = Interrupted before all spurious wake-ups were tried: whether a wait that ends without a notice does harm is not known.
explore-replay-with = See it: `--replay { $schedule }`
explore-picture-clock = In the picture each step takes one millisecond: the model has no time.
explore-replay-in-cell = See it: `:replay { $schedule }`
explore-who-main = main
explore-who-thread = thread { $number }
explore-waits = { $who } (line { $line }) waits for { $what }.
explore-waits-held = { $who } (line { $line }) waits for { $what }, held by { $whom } since line { $taken }.
explore-waits-end = { $who } (line { $line }) waits for the end of { $whom }.
explore-object-mutex = a lock
explore-object-rwlock = a reader-writer lock
explore-object-condition = a notice
explore-object-thread = a thread’s end
explore-object-unpark = an unpark
explore-object-barrier = the others at a barrier
explore-object-once = what runs only once
explore-object-room = room in a channel
explore-object-message = a message
explore-object-turn = its turn
explore-ends-finished = the normal end
explore-ends-code = exit code { $code }
explore-ends-panicked = a panic
explore-ends-deadlock = a deadlock
explore-ends-cut-off = no end in sight

## Questions

explore-word-ask = Asked
explore-possible = possible; then comes { $endings }
explore-impossible = impossible from line { $line } on; there it could be { $could }

## Two programs

explore-equal = EQUAL: both can print exactly the same ({ $a } = { $b })
explore-under = UNDER-SYNCHRONISED: B can print what A never prints ({ $a }, { $b })
explore-over = OVER-SYNCHRONISED: B can never print some of what A can ({ $a }, { $b })
explore-different = DIFFERENT: each can print what the other cannot ({ $a }, { $b })
explore-relation-open = OPEN: not everything could be tried, so it is not known whether both can print the same
explore-witness-a = Only A can print this, followed by { $ending }:
explore-witness-b = Only B can print this, followed by { $ending }:

## A schedule

explore-word-can-go = Can go
explore-word-waits = Waits
explore-play-over = It is over: nobody is left who could go on.
explore-at-line = line { $line }
explore-prints = prints “{ $text }”
explore-complains = prints “{ $text }” to `stderr`

## What the answer rests on

explore-word-assumed = Assumed
explore-word-not-seen = Not seen
explore-not-seen = { $what }, line { $line }
explore-assumes-consistency = All threads see all changes of memory in one order (sequential consistency).
explore-assumes-symmetry = Identical threads were explored once.
explore-assumes-spurious = { $bound ->
    [0] A wait for a condition ends by a notice alone.
    [one] A wait for a condition ends without a notice once a thread at most.
   *[other] A wait for a condition ends without a notice { $bound } times a thread at most.
}
explore-assumes-polling = A thread that asked { $bound } times in vain waits until something changes.
explore-assumes-threads = There are no more than { $bound } threads; what more of them would do was not explored.
explore-assumes-steps = No execution was followed further than { $bound } steps.
explore-assumes-private-memory = Two processes share an object of which each would have a copy.
explore-assumes-threads-of-a-child = Threads of a child process go on after its end.
explore-assumes-tried-rendezvous = `try_send` into a channel of capacity 0 finds nobody who waits to receive.

## Mistakes

error-explore-no-compiler = The Rust compiler does not answer.
error-explore-no-compiler-cause = { $reason }
error-explore-no-compiler-next = Install Rust from rustup.rs; `weft doctor` checks this machine.
error-explore-not-prepared = The explorer could not be prepared for this compiler.
error-explore-not-prepared-cause = { $reason }
error-explore-not-prepared-next = Connect to the network once, or free some space, and try again.
error-explore-does-not-compile = The program does not compile.
error-explore-does-not-compile-cause = { $said }
error-explore-no-text = { $path } is no text in UTF-8.
error-explore-no-file = { $path } is no file.
error-explore-file-too-large = { $path } is larger than a program can be (1 MiB).
error-explore-compiles-for-ever = The compiler did not come to an end within { $seconds } s.
error-explore-compiles-for-ever-next = Look for constants or types that grow without end.
error-explore-not-modelled = Not modelled: { $what }, line { $lines }.
error-explore-not-modelled-cause = The explorer has models of the threads, locks, channels and atomics of `std`, of the channels, `scope` and `WaitGroup` of `crossbeam`, of the locks of `parking_lot`, and of our own `exercises::sync` and of much of `exercises::process`. Files, networks and other programs cannot be explored, nor what else it has no model of.
error-explore-not-modelled-next = Run it for real, or leave out that part.
explore-beyond = { $what ->
    [fork-beside-threads] a process that is started while its parent has other threads, or had some that nobody has waited for.
    [nobody-waits] a process that nobody waits for.
    [signal] a signal to a process that waits for something else when it comes, or something shared that is used after a signal was sent and before its process was waited for.
    [ended-by-thread] a child that is ended by one of its other threads.
    [died-sharing] a child that panics or is ended early, beside objects whose users would be told of it.
   *[memory] processes, on this machine: their memory cannot be kept apart.
}
error-explore-beyond = Not modelled, line { $line }: { explore-beyond }
error-explore-beyond-cause = The explorer has models of `Process`, of locks, numbers, queues and pipes between processes, and of much else in `exercises::process`, but not of this.
error-explore-beyond-next = Wait for each process with `join`, start processes before threads; or run it for real.
error-explore-turn = Thread { $step } cannot go now.
error-explore-turn-next = Choose one of those that stand behind “Can go”; its number comes last.
error-explore-misfit = This schedule does not fit.
error-explore-misfit-cause = { $reason }
error-explore-misfit-next = Explore again and take the schedule from there.
error-explore-stuck = A thread ran for { $seconds } s without a lock, a channel, an atomic or an end.
error-explore-stuck-cause = The explorer gives the turn to another thread only there: an endless loop never ends for it.
error-explore-stuck-next = Give the loop an end, or something to wait for.
error-explore-interrupted = Interrupted before there was an answer.
error-explore-overdue = The exploration did not end.
error-explore-overdue-next = Try fewer threads or fewer repetitions.
error-explore-memory = The program, or what was found of it, needs more memory than the { $megabytes } MiB there are.
error-explore-memory-next = Try fewer threads, fewer repetitions or smaller data.
error-explore-crashed = The program crashed (signal { $signal }).
error-explore-crashed-cause = { $said }
error-explore-crashed-next = Recursion that is too deep does that, a panic during a panic, and `unsafe` code.
error-explore-ended = The program ended the process it is explored in.
error-explore-ended-cause = { $said }
error-explore-ended-next = `unsafe` code can do that; the explorer cannot follow it.
error-explore-not-loaded = The program could not be linked to the explorer.
error-explore-not-loaded-cause = { $reason }
error-explore-not-loaded-next = Functions of other libraries cannot be explored.
error-explore-too-many-outputs = One of the programs has too many outputs to compare.
error-explore-too-many-outputs-next = Try fewer threads or fewer repetitions.

## In cells

command-explore = finds everything the code below (or of the last cell), or an exercise, can print, and what can go wrong; the code is not run
command-ask = can the code below (or of the last cell) print exactly these lines?
command-replay = shows a schedule that `:explore` found, step by step
command-play = you choose who goes next in the code below (or of the last cell): `:play 1` lets thread 1 take a step
command-play-usage = `:play` begins, `:play 1` lets thread 1 take a step (0 is main), `:play 1 0 2` takes several, `:play back` takes the last one back.
command-explore-nothing = There is no code to explore: `:explore` stands over it.
command-ask-usage = `:ask` needs lines, for example `:ask "start A | exit A"`
command-replay-usage = `:replay` needs a schedule, for example `:replay 0x2.1.2`
