# What a notebook cell shows besides its own output: the `:commands` and the ways a cell can fail.

kernel-cannot-start = Cells cannot be run: { $reason }. `weft doctor` says what is missing.
library-problem = The library of Weft (`use exercises::...`) is not available: { $reason }

## The commands of a cell

help-head = A cell holds Rust code, and before it commands on lines of their own:
help-tail = Variables, functions and types stay for later cells. `use exercises::...` needs no `:dep`.
command-help = this help
command-run = run an exercise
command-run-usage = Write which exercise, for example `:run s1e1 --scenario 2 --n_threads 5`.
command-timeline = who did what when in the last `:run`
command-vars = the variables and their types
command-dep = use a crate
command-dep-usage = Write which crate, for example `:dep fastrand = "2"`.
command-opt = how much later cells are optimised
command-opt-set = Later cells are optimised at level { $level }.
command-clear-output = clear the output of this cell; with `wait`, when new output comes
command-lang = the language of help and messages
command-lang-set = The language is now { $language }.
command-unknown = There is no command `{ $name }`. These exist: { $known }
command-wrong-argument = “{ $argument }” does not fit here; expected: { $expected }
timeline-none = There is nothing to draw yet: run an exercise with `:run` first.
vars-none = There are no variables yet.
vars-name = Name
vars-type = Type

## How a cell can fail

cell-panic = The cell panicked:
cell-panic-at = The cell panicked at line { $line }, column { $column }:
cell-returned-error = The cell was left by `?` with an error.
cell-interrupted = The cell was interrupted.
cell-interrupted-lost = The cell was interrupted; its process had to be ended, and the variables are lost.
cell-worker-died = The process of the cells has ended ({ $cause }); the variables are lost. The next cell starts a new one.
