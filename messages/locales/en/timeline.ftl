# What timelines and explanations of the order say. Names of threads and processes are the program's.

timeline-title-exercise = { $exercise }, scenario { $scenario }: who did what when
timeline-title-other = Who did what when
timeline-summary = threads and processes: { $lanes } · events: { $events } · printed lines: { $lines } · time: { $time }
timeline-lane-summary = { $name }: from { $from } to { $to }; running { $running } %, sleeping { $sleeping } %, waiting { $waiting } %, blocked { $blocked } %; printed lines: { $lines }
timeline-lanes-unsaid = Threads and processes not described here: { $count }
timeline-axis = Time runs from left to right and counts from the beginning of the run.
timeline-thread = thread
timeline-process = process { $pid }
timeline-lane-unnamed = number { $number }
timeline-more-names = { $names } and { $count } more
timeline-several = several events; how many
timeline-note-mixed = Where a bar changes too often to be drawn, the height of a colour is its share of the time.
timeline-note-lines = { $count } of { $all } printed lines are written here; for the others there was no room.
timeline-note-arrows = { $count } of { $all } arrows are drawn, chosen evenly; all of them would hide the picture.
timeline-note-lanes = Threads and processes that are not drawn: { $count }
timeline-note-lost = The recording was full: events that are missing: { $count }
timeline-empty = Nothing happened.

state-running = running or ready to run
state-sleeping = sleeping
state-waiting = waiting for another one
state-blocked = blocked: the lock is taken

arrow-spawn = starts
arrow-join = has ended, was waited for
arrow-wake = lets a waiting one go on
arrow-send = message

event-spawn = starts
event-start = begins
event-exit = ends
event-join-begin = waits for the end of
event-join-end = has waited for the end of
event-sleep-begin = falls asleep
event-sleep-end = wakes up
event-wait-begin = waits for
event-wait-end = goes on after
event-acquire = takes
event-release = gives back
event-send = sends
event-receive = receives
event-print = prints
event-fork = starts process
event-exec = runs another program
event-signal = signals
event-mark = mark

object-lane = thread
object-lock = lock
object-condition = condition
object-barrier = barrier
object-semaphore = semaphore
object-event = event
object-queue = queue
object-pipe = pipe
object-process = process
object-timer = timer
object-futex = futex

table-all = All events as a table
table-time = Time
table-lane = Who
table-event = Does what
table-about = With what
table-left-out = Rows left out here: { $count }

## Why in this order
order-guaranteed = guaranteed: { $what }
order-likely = only likely: { $what }
order-surprise = surprising in this run: { $what }
order-more = and more of this kind: { $count }
order-by-start = what { $parent } does before a start comes before everything the started one does ({ $lanes })
order-by-join = everything that { $lanes } did comes before what { $waiter } does after waiting for the end (join)
order-by-lock = { $object } is held by one at a time (taken: { $turns }; threads and processes: { $lanes }); who comes first is luck
order-by-barrier = nobody passes { $object } before all have arrived (opened: { $rounds })
order-by-message = what is received from { $object } was sent before (messages: { $messages })
order-by-permit = no permit of { $object } is taken before it is given (taken: { $taken })
order-by-flag = nobody who waits for { $object } goes on before it is set
order-rule-held = { $rule } (held this time)
order-rule-not-held = { $rule } (did not hold this time)
order-rule-broken = a guaranteed order was BROKEN: { $rule }
order-by-sleep = “{ $first }” before “{ $then }”: only a sleep of about { $time } lies between them, nothing else orders them
order-overtaken = { $first } printed before { $then }, which was started earlier: nothing orders the two lines
order-unended = not ended yet, and nobody waited: { $lanes }

why-one-line = Both are the same line.
why-same-lane = “{ $first }” comes before “{ $then }”: { $lane } prints both, in the order of its program.
why-always = “{ $first }” comes before “{ $then }” in every run, because of this chain:
why-this-run = In this run “{ $first }” came before “{ $then }” because of this chain; another run may do it the other way round:
why-none = Nothing orders “{ $first }” and “{ $then }”. They came { $time } apart; another run may print them the other way round.
why-step-line = { $time }: { $lane } prints “{ $line }”
why-step-spawn = { $from_time }: { $from } starts { $to }
why-step-join = { $from_time }: { $from } ends; { $to } waits for that (join) and goes on at { $to_time }
why-step-handover = { $from_time }: { $from } gives back { $object }; { $to } takes it at { $to_time }
why-step-barrier = { $from_time }: { $from } arrives at { $object }; only then can { $to } pass, at { $to_time }
why-step-message = { $from_time }: { $from } sends through { $object }; { $to } receives it at { $to_time }
why-step-flag = { $from_time }: { $from } sets { $object }; { $to }, which waits for it, goes on at { $to_time }
why-step-wake = { $from_time }: { $from } wakes { $to }, which waits at { $object }; it goes on at { $to_time }

## Commands of a cell
command-why = says what orders two printed lines of the last run, or that nothing does
why-usage = `:why` needs two printed lines in quotes, for example `:why "line A" "line B"`. A part of a line is enough; `"#3"` is the third line.
why-no-line = The last run printed no line with “{ $text }”. Its lines: { $lines }
why-several = “{ $text }” was printed { $count } times. Choose one by its number: { $lines }
timeline-now-on = From now on, a picture follows every run with more than one thread or process.
timeline-now-off = From now on, no picture follows a run. `:timeline last` draws the last one.
timeline-saved = { $file } is written. It can be opened on ui.perfetto.dev or in a browser at chrome://tracing.
timeline-saved-picture = { $file } is written.
timeline-save-usage = `:timeline save` needs a file whose name ends in .json (for trace viewers such as Perfetto), .svg, .html or .txt, for example `:timeline save trace.json`
timeline-save-failed = { $file } cannot be written: { $reason }

## Command line
help-run-timeline = Draws who did what when to this file: .svg, .html, .txt, or .json for trace viewers; `-` draws it in the terminal
error-timeline-ending = A timeline cannot be drawn to { $path }.
error-timeline-ending-cause = The end of the name says how to draw: .svg, .html, .txt or .json (for trace viewers such as Perfetto).
error-timeline-ending-next = For example `--timeline run.svg`, or `--timeline -` for the terminal.
