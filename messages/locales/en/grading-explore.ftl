# What grading says of answers that were explored: every schedule of them, in the model.

## What goes wrong

grading-explore-deadlock = In some schedule nobody can go on: a deadlock.
grading-explore-lost-update = In some schedule one thread overwrites what another has just changed: a lost update.
grading-explore-data-race = Two threads use the same memory, one of them writes, and nothing orders them: a data race.
grading-explore-panic = In some schedule it panics.
grading-explore-livelock = In some schedule threads go on for ever and get nowhere: a livelock.
grading-explore-lost-wakeup = In some schedule a thread waits for a notice that came before it waited: a lost wake-up.
grading-explore-blocked-at-exit = In some schedule the program ends while a thread is blocked for ever.
grading-explore-nondeterminism = The same schedule did something else the second time.
grading-explore-woken = A wait for a condition may also end without a notice (a spurious wake-up), and then it goes wrong: it is not asked again whether there is still something to wait for. Use `while` in place of `if`, or `wait_while`.
grading-explore-leaves = In some schedule it ends the process before the program around it was done.
grading-explore-prints = In some schedule it prints what a right answer never prints: it is under-synchronised.
grading-explore-never-right = In every schedule it prints something else than a right answer prints: synchronisation has nothing to do with it.
grading-explore-never-prints = It can never print something that a right answer can print: it is over-synchronised.

## What is shown with it

grading-explore-label-lines = Lines of your answer
grading-explore-label-printed = It can print this
grading-explore-label-required = It can never print this
grading-explore-label-ending = And then comes
grading-explore-label-cell = See it step by step: paste this into a cell
grading-explore-label-program = What was explored
grading-explore-nothing = (nothing)

## Why nobody knows

grading-explore-open-not-modelled = The explorer has no model of `{ $what }`, so this answer could not be explored.
grading-explore-open-beyond = This answer could not be explored. Not modelled: { explore-beyond }
grading-explore-open-time = This answer has more schedules than could be explored in { $limit } s.
grading-explore-open-memory = This answer has more schedules than could be explored with { $limit } MB of memory.
grading-explore-open-bounded = Not every schedule of this answer could be explored: it asks the same question over and over, or goes beyond the model.
grading-explore-open-nondeterminism = This answer does not do the same twice with the same schedule, so it could not be explored.
grading-explore-open-outputs = This answer can print so many different things that they could not be compared.
grading-explore-open-reference = There was nothing to compare this answer with: the right answer could not be explored whole.
grading-explore-open-broke = The exploration of this answer broke off.
grading-explore-no-fault = That is not your fault and costs no points: a human will look at it.
