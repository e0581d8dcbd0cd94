# What a notebook cell shows. Names of errors (panic, Interrupted, Aborted ...) and of commands are
# not translated.

kernel-cannot-start = The kernel cannot evaluate cells: { $reason }. Mend that, then restart the kernel; `weft doctor` checks everything a kernel needs.
library-preparing = Preparing the library for your cells. This happens once and takes about a minute.
library-problem = Cells cannot use the crate `exercises`: it could not be compiled. Plain Rust works. Run `weft doctor` in a terminal to see what is missing.

## How a cell ended
cell-panic = The cell panicked:
cell-panic-at = The cell panicked at line { $line }, column { $column }:
cell-returned-error = The cell ended early: an error was returned by the operator `?`. Its text is above.
cell-interrupted = The cell was interrupted. Your variables are as they were.
cell-interrupted-lost = The cell was interrupted. The process it ran in was ended, so the variables of this notebook are lost: run the cells that define them again.
cell-worker-died = The process that runs the cells has ended ({ $cause }), so the variables of this notebook are lost: run the cells that define them again.

## Commands
help-head = Commands stand before the Rust code of a cell, each on a line of its own:
help-tail = The crates `exercises` (locks, queues, processes) and `weft` (`display`, `clear_output`) can be used in every cell.
command-run = plays an exercise; `weft list` in a terminal shows them all
command-timeline = draws who did what when in the last `:run`
command-vars = shows the variables and their types
command-dep = adds a crate, for example `:dep regex = "1"`
command-opt = sets how much later cells are optimised; 0 compiles fastest, 3 runs fastest
command-clear-output = removes the output of this cell; `wait` keeps it until new output comes
command-lang = sets the language of messages
command-help = shows this list
command-unknown = There is no command `{ $name }`. There are: { $known }
command-wrong-argument = "{ $argument }" cannot be used here; expected: { $expected }
command-dep-usage = `:dep` needs the name of a crate, for example `:dep regex = "1"`
command-run-usage = `:run` needs an exercise, for example `:run s1e1 --scenario 1`
command-opt-set = Later cells are compiled with optimisation { $level }.
command-lang-set = Messages now come in English ({ $language }).
vars-none = There are no variables yet.
vars-name = Variable
vars-type = Type
timeline-none = There is nothing to draw yet: play an exercise first, for example `:run s1e1 --scenario 1`
