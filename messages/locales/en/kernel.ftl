# What a notebook cell shows. Names of errors (panic, Interrupted, Aborted ...) and of commands are
# not translated.

kernel-cannot-start = The kernel cannot evaluate cells: { $reason }. Mend that, then restart the kernel; `weft doctor` checks everything a kernel needs.
library-preparing = Preparing the library for your cells. This happens once and takes about a minute.
library-problem = Cells cannot use the crate `exercises`: it could not be compiled. Plain Rust works. Run `weft doctor` in a terminal to see what is missing.

## How a cell ended
cell-panic = The cell panicked:
cell-panic-at = The cell panicked at line { $line }, column { $column }:
cell-returned-error = The cell ended early: the operator `?` returned this error. Variables of earlier cells are kept.
output-flood = The cell printed more than { $limit }: { $bytes } bytes are not shown here.
output-flood-file = Its whole text is in { $file }.
output-flood-part = The first { $most } of it is in { $file }.
output-flood-lost = They could not be written to a file either (the disk may be full or read-only).
statics-renewed = { $count ->
    [one] { $names } is a new `static` now. Threads of earlier cells keep the old one.
   *[other] { $names } are new `static` variables now. Threads of earlier cells keep the old ones.
}
cell-interrupted = The cell was interrupted. Your variables are as they were.
cell-interrupted-lost = The cell was interrupted. The process it ran in was ended, so the variables of this notebook are lost: run the cells that define them again.
cell-interrupted-late = The interrupt came when the cell had already ended: what it did is kept.
cell-worker-died = The process that runs the cells has ended ({ $cause }), so the variables of this notebook are lost: run the cells that define them again.
cell-died-kept = The process that ran the cell has ended ({ $cause }). Your variables are what they were before the cell.
cell-lost-threads = Threads of earlier cells are gone with it: { $names }.
cell-lost-unnamed = { $count ->
    [one] one without a name
   *[other] { $count } without a name
}
cell-died-between = Since the last cell, the process that runs the cells has ended ({ $cause }): a thread of an earlier cell did that. Your variables are what they were after the last cell.

## Commands
help-head = Commands stand before the Rust code of a cell, each on a line of its own:
help-tail = The crates `exercises` (locks, queues, processes) and `weft` (`display`, `html`, `markdown`, `svg`, `image`, `table`, `sleep`, `clear_output`) can be used in every cell. `?` and `.await` work outside functions too.
command-run = plays an exercise; `weft list` in a terminal shows them all
command-pick = shows an exercise as a form with a Run button; without a name it lists them all
command-timeline = draws who did what when in the last run; `on` and `off` choose whether a picture follows each run, `save FILE` writes it
command-vars = shows the variables, their types and how many bytes each takes by itself
command-dep = adds a crate, for example `:dep regex = "1"` or `:dep serde = {"{"} version = "1", features = ["derive"] {"}"}`
command-opt = sets how much later cells are optimised; 0 compiles fastest, 3 runs fastest
command-clear-output = removes the output of this cell; `wait` keeps it until new output comes
command-lang = sets the language of messages
command-help = shows this list
command-unknown = There is no command `{ $name }`. There are: { $known }
command-wrong-argument = `{ $name }` does not know "{ $argument }". It takes: { $expected }
command-dep-usage = `:dep` needs the name of a crate, for example `:dep regex = "1"`
command-run-usage = `:run` needs an exercise, for example `:run s1e1 --scenario 1`
command-opt-set = Later cells are compiled with optimisation { $level }.
command-lang-set = Messages now come in English ({ $language }).
vars-none = There are no variables yet.
vars-name = Variable
vars-type = Type
timeline-none = There is nothing to draw yet: play an exercise first, for example `:run s1e1 --scenario 1`
cell-main = This cell defines a program. To run it, write `{ $call }` in a cell.
file-panic = The code of { $file } panicked:
file-panic-at = The code of { $file } panicked at line { $line }, column { $column }:
command-shell = runs a line in the shell, for example `!ls`
command-time = shows how long compiling and running take: of an expression, or of the whole cell
command-time-usage = `:time` stands over the code it measures, or before an expression: `:time 1 + 1`
time-taken = compiling: { $compiling }, running: { $running }
command-type = shows the type of an expression without running it
command-type-usage = `:type` needs an expression, for example `:type vec![1, 2]`
command-no-expression = `{ $code }` is not an expression. `:type` takes what could stand behind `let x =`.
type-without-name = This type has no name that can be written: it is a closure, an `impl` type or `!`.
command-doc = shows the documentation of a name or path, for example `:doc std::thread::spawn`
command-doc-usage = `:doc` needs a name or a path, for example `:doc std::thread::spawn`
doc-none = No documentation of `{ $name }` was found. For names of the standard library run `rustup component add rust-src` once.
command-load = runs a file as if its text stood in the cell
command-load-usage = `:load` needs a file, for example `:load answer.rs`
load-missing = There is no file `{ $file }`. The path begins at the folder of the notebook.
load-no-file = `{ $file }` is not a file that can be read from its beginning to its end.
load-too-long = `{ $file }` is too long ({ $size } MB); a cell can take { $limit } MB.
load-no-text = `{ $file }` is not text: at byte { $place } it is not UTF-8.
load-unreadable = `{ $file }` cannot be read: { $reason }
load-too-deep = `{ $file }` is not loaded: { $depth } files are being loaded already, each by the one before it. Does a file load itself?
shell-failed = `{ $command }` ended with status { $status }.
shell-not-found = There is no program `{ $command }` (status { $status }). To negate a value in Rust, write `!({ $command })`.
shell-killed = `{ $command }` was ended by a signal: { $cause }.
command-misspelt = There is no command `{ $name }`. Did you mean `{ $meant }`? `:help` shows all.
vars-size = Bytes
dep-under-way = { $count ->
    [one] One crate is compiled: { $last }
   *[other] { $count } crates are compiled, the last one: { $last }
}
dep-ready = `{ $name }` { $version } can be used.
dep-ready-features = `{ $name }` { $version } can be used, with the features { $features }.
dep-unreadable = `:dep { $argument }` cannot be read ({ $reason }). Write it as in Cargo.toml: `:dep regex = "1"`, with the version in quotes, or `:dep serde = {"{"} version = "1", features = ["derive"] {"}"}`.
dep-no-crate = There is no crate `{ $name }` on crates.io. Check how it is spelt.
dep-no-version = There is no such version of `{ $name }`. There are: { $candidates }
dep-no-network = `{ $name }` cannot be fetched: crates.io cannot be reached. Check the network and run the cell again.
dep-failed = `{ $name }` cannot be added: { $reason }
command-missing-argument = `{ $name }` needs one of these: { $expected }
dep-no-feature = `{ $name }` has no feature `{ $feature }`. Its features are listed on crates.io.
dep-no-folder = There is no crate in `{ $folder }`: the folder or its Cargo.toml is missing. A path begins at the folder of the notebook.

## The form of `:pick`
pick-head = All exercises:
pick-how = `:pick s1e1` shows an exercise as a form with a Run button, `:run s1e1 --scenario 1` plays it.
pick-one = `:pick` takes the name of one exercise and nothing else; the rest is chosen in the form. Without the form: `:run { $given }`
pick-near = Perhaps you mean { $near }.
pick-list-them = `:pick` without a name lists all of them.
# What stands beside a number to choose: what it means, and its range.
pick-parameter = { $about }, from { $min } to { $max }
pick-seed = the seed of the random choices; empty for a new one each time
pick-scenario = Scenario
pick-run = Run
pick-running = Running
pick-timeline = Timeline
pick-left-out = { $bytes } bytes more are not shown here. The line above shows them in a cell of its own.
pick-interrupted = The run was interrupted.
pick-aborted = You interrupted before the run could begin. Press again to play it.
pick-wrong-file = A file is named by its path, without spaces.
pick-lost = The kernel that showed this form has ended. Run the cell `{ $line }` again to get it back.
pick-in-text = If you see no form with a Run button here, change this line and run it in a cell:

## The board of `:play`
play-title = You choose who goes next
play-begin = From the beginning
play-back = Back
play-so-far = So far: `{ $line }`
# A thread that has ended, or has not been started yet.
play-not-there = { $who } · not running
play-left-out = The first { $bytes } bytes are not shown here.
play-elsewhere = This game goes on in another cell.
play-no-room = There is no room for more buttons here. `:play` and the number of a thread work in any cell.
play-interrupted = This step was interrupted. Press again to take it.
play-aborted = You interrupted before the step was taken. Press again to take it.
play-no-answer = The explorer ended without an answer.
play-lost = The kernel that played this game has ended. Write `{ $line }` above the code and run its cell to be here again.
