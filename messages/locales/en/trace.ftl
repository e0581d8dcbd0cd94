# `weft trace`: the timeline of any program.

help-trace = Run any program and show what its threads and processes did
help-trace-after = Input, output and exit code are the program's own (128 and the number of the signal if a signal ended it). Only if it could not be run: 2 for a wrong call, 3 if something is missing on this machine. Without a file to write to, the timeline comes as text on standard error, after the program's end.
help-trace-timeline = Draw the timeline into this file
help-trace-json = Write the JSON document to this file
help-trace-program = The program and its arguments, best after `--`

error-trace = The program cannot be traced here.
error-trace-cause = { $reason }
error-trace-next = `weft doctor` checks this machine.
error-trace-start = { $program } could not be started.
error-trace-start-cause = { $reason }
error-trace-start-next = Check that it runs without `weft trace`.
error-trace-missing = There is no program “{ $program }”.
error-trace-missing-next = Give its path, such as `./{ $program }`, or a name from a folder of `PATH`.
error-trace-no-file = There is no file { $program }.
error-trace-no-file-next = Check the path of the program.
error-trace-not-executable = { $program } is not a program that may be executed.
error-trace-not-executable-next = `chmod +x { $program }` makes it one, if it is meant to be.
error-trace-static = { $program } cannot be traced.
error-trace-static-cause = It is statically linked: it talks to the system directly, and nothing can be put between.
error-trace-static-next = Build it with dynamic linking: Rust for a `gnu` target does so by default.
error-trace-foreign = { $program } cannot be traced.
error-trace-foreign-cause = It was built for another kind of machine than this one.
error-trace-foreign-next = Build it for this machine.
error-trace-rights = { $program } cannot be traced.
error-trace-rights-cause = It runs with the rights of another user; for such programs the system allows no library in front.
error-trace-rights-next = Trace a copy of it that you own: a copy has no such rights.
error-trace-nothing = The program ran, but nothing of it was seen.
error-trace-nothing-cause = It may have been started in an empty environment, or in a container of its own.
error-trace-nothing-next = Trace the inner program directly.
