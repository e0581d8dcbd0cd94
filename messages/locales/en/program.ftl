# What the program `weft` says on the command line.
#
# An error has up to three texts: ID (one plain sentence), ID-cause, ID-next (what to do now).
# Command names, options and file names stand in backticks and are never translated.

language-name = English
list-separator = { ", " }

## Help

help-weft = Learn threads and processes with Rust: a Jupyter kernel and a workbook.
help-weft-after = Start with `weft lab`. `weft COMMAND --help` tells more about a command.
help-heading-usage = Usage:
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-parameters = Parameters of exercises (range and default)
help-help = Show this help
help-version = Show the version
help-lang = Language of all texts: { $languages }
help-json = Print one JSON document instead of text

help-lab = Open the workbook in JupyterLab, setting up what is missing
help-lab-ip = Address to listen on (otherwise 127.0.0.1); with `0.0.0.0` other machines reach it too, as a container needs
help-lab-port = Port to listen on (otherwise the first free one from 8888)
help-lab-no-browser = Do not open a browser, only print the address
help-lab-dir = Folder for your copies of the notebooks (otherwise `~/weft-workbook`)
help-lab-yes = Set up a private Jupyter without asking
help-lab-offline = Use no network: what has to be set up must be there, and `:dep` takes crates this machine already has

help-list = List the exercises

help-run = Run one exercise
help-run-after = Without `--seed` every run draws new random numbers; the seed is shown, so that a run can be repeated.
help-run-id = The exercise, for example s1e1
help-run-scenario = Which of its three scenarios (otherwise 1)
help-run-save = Also write the JSON document to this file
help-run-seed = Fixes the random choices of the exercise
help-run-shake = Random delay of up to this many milliseconds at every library call: guaranteed orders still hold, lucky ones break
help-run-time-scale = Multiplies every pause of the exercise (otherwise `WEFT_TIME_SCALE`, otherwise 1)

help-doctor = Check everything Weft needs, ending with a real kernel
help-install = Make the kernel known to Jupyter
help-uninstall = Remove the kernel from Jupyter, exactly what `weft install` wrote
help-install-user = For this user (the default)
help-install-sys-prefix = For the active Python environment
help-install-prefix = For the installation with this prefix
help-install-name = Name of the kernel for Jupyter (otherwise weft)

help-kernel = The kernel itself; Jupyter starts it
help-kernel-file = Connection file written by Jupyter

help-notebooks = For authors: generate the notebooks from their sources
help-notebooks-check = Only compare, write nothing
help-notebooks-dir = Folder with the sources (otherwise `notebooks`)

help-completions = Print the completion script of a shell
help-completions-shell = `bash`, `elvish`, `fish`, `powershell` or `zsh`
help-man = Write the manual pages
help-man-dir = Folder for all pages (otherwise the program's page is printed)
man-written = The manual pages are in { $path }; `man -l { $path }/weft.1` shows the first.

## Mistakes on the command line

error-unknown-language = Weft does not speak the language “{ $name }”.
error-unknown-language-cause = `--lang` knows { $languages }.
error-unknown-language-next = Leave it out to use the language of your system.

error-unknown-command = There is no command “{ $name }”.
error-unknown-command-next = `weft --help` lists the commands.
error-unknown-command-near = There is no command “{ $name }”.
error-unknown-command-near-next = Did you mean `weft { $near }`?

error-unknown-option = There is no option “{ $option }” here.
error-unknown-option-next = Add `--help` to see the options of the command.
error-unknown-option-near = There is no option “{ $option }” here.
error-unknown-option-near-next = Did you mean `{ $near }`?

error-missing-argument = Something is missing: { $argument }.
error-missing-argument-next = Add `--help` to see how the command is written.
error-missing-value = The option { $option } needs a value.
error-missing-value-next = Add `--help` to see which values it takes.
error-value = “{ $value }” is not a value for { $option }.
error-value-next = Add `--help` to see which values it takes.
error-value-whole = “{ $value }” is not a value for { $option }.
error-value-whole-next = It takes a whole number from { $least } to { $most }.
error-value-address = “{ $value }” is not a value for { $option }.
error-value-address-next = It takes an address in numbers, such as 127.0.0.1 or ::1; 0.0.0.0 stands for all addresses of this machine.
error-value-address-with-port = “{ $value }” is not a value for { $option }.
error-value-address-with-port-next = It takes an address in numbers and a port up to 65535, such as 127.0.0.1:8081 or [::1]:8081.
error-takes-no-value = { $option } takes no value.
error-takes-no-value-next = Leave “={ $value }” out.
error-value-not-offered = “{ $value }” is not a value for { $option }.
error-value-not-offered-next = It takes one of: { $valid }.
error-conflict = { $option } and { $other } cannot be given together.
error-conflict-next = Leave one of them out.
error-given-twice = { $option } is given twice.
error-given-twice-next = Leave one of them out.
error-command-line = The command line cannot be understood.
error-command-line-cause = { $reason }
error-command-line-next = Add `--help` to see how the command is written.

error-unknown-exercise = There is no exercise “{ $id }”.
error-unknown-exercise-cause = Exercises have names like `s1e1` or `s2e8`.
error-unknown-exercise-next = `weft list` shows all of them.

error-scenario = Exercise { $id } has no scenario “{ $value }”.
error-scenario-cause = Its scenarios are numbered from 1 to { $last }.
error-scenario-next = `weft list` tells what each of them shows.

error-no-parameters = Exercise { $id } has no parameter { $option }.
error-no-parameters-cause = It takes no parameters at all.
error-no-parameters-next = Leave { $option } out.

error-not-a-parameter = Exercise { $id } has no parameter { $option }.
error-not-a-parameter-cause = It takes { $allowed }.
error-not-a-parameter-next = `weft list` shows the parameters of every exercise.
parameter-allowed = { $option } from { $min } to { $max }

error-parameter-range = “{ $value }” is not a value for { $option } of exercise { $id }.
error-parameter-range-cause = It takes a whole number from { $min } to { $max }.
error-parameter-range-next = Leave it out for { $default }.
error-sites = { $option } { $path } cannot be used.
error-sites-cause = { $reason }
error-sites-next = It takes a text file with one address a line, for example https://example.org.

error-seed = “{ $value }” is not a seed.
error-seed-cause = A seed is a whole number, 0 or more.
error-seed-next = Leave `--seed` out for a new one.

error-shake = “{ $value }” is not a value for `--shake`.
error-shake-cause = It takes whole milliseconds from 0 to { $max }.
error-shake-next = 5 is a good start.

error-time-scale = “{ $value }” is not a value for { $option }.
error-time-scale-cause = It takes a number from 0 to { $max }; 0.1 makes pauses ten times shorter.
error-time-scale-next = Leave it out for the pauses as they are written.

## Files and streams

error-file = { $path } cannot be used.
error-file-cause =
    { $kind ->
        [missing] It is not there.
        [denied] You may not read or write it.
        [folder] It is a folder.
        [no-folder] A part of the path is not a folder.
        [full] The disk is full.
        [occupied] A file of that name is in the way.
        [read-only] It is on a disk that can only be read.
       *[other] { $reason }
    }
error-file-next = Check that the path exists and that you may read and write there.
error-make-folder = The folder { $path } cannot be made.
error-make-folder-cause =
    { $kind ->
        [missing] Nothing can be made at this place.
        [denied] You may not write there.
        [no-folder] A part of the path is not a folder.
        [full] The disk is full.
        [occupied] A file of that name is in the way.
        [read-only] It is on a disk that can only be read.
       *[other] { $reason }
    }
error-make-folder-next = Choose another place, or check the path and your rights there.
error-output = The output could not be written.
error-output-cause = { $reason }
error-no-home = Your home folder is not known.
error-no-home-cause = The variable HOME is not set.
error-no-home-next = Set HOME, or name a folder with an option.

## list and run

list-how-to-run = Run one with `weft run ID --scenario N`.
list-parameter = { $option } from { $min } to { $max } (default { $default })

run-scenario = Scenario { $number }: { $title }
run-guaranteed-held = guaranteed, held: { $rule }
run-guaranteed-broken = guaranteed, BROKEN: { $rule }
run-likely-held = only likely, held this time: { $rule }
run-likely-not-held = only likely, did not hold this time: { $rule }
run-result = result: { $result }

error-run = The exercise could not be run.
error-run-cause = { $reason }
error-run-next = `weft doctor` checks this machine.
error-run-interrupted = The run was interrupted.
error-run-timed-out = Exercise { $id } was ended because it took too long.
error-run-timed-out-cause = A run may take 60 seconds.
error-run-timed-out-next = Try a smaller parameter, or `--time-scale 0.1`.
error-run-failed = Exercise { $id } ended in an error.
error-run-failed-cause = { $reason }
error-run-failed-next = `weft doctor` checks this machine.
error-order-broken = Exercise { $id } broke an order that is guaranteed.
error-order-broken-cause = { $rules }
error-order-broken-next = That is a bug in Weft: please report it, with `--seed { $seed }`.

## install and uninstall

install-written = wrote { $path }
install-removed = removed { $path }
install-next = Jupyter now offers “Rust (Weft)”.
error-kernel-name = “{ $name }” cannot be the name of a kernel.
error-kernel-name-cause = Names are made of the letters a to z, digits, dot, hyphen and underscore.
error-kernel-name-next = Leave `--name` out for “weft”.
error-kernelspec-foreign = { $path } belongs to another kernel.
error-kernelspec-foreign-cause = Weft neither overwrites nor removes what it did not write.
error-kernelspec-foreign-next = Choose another name with `--name`.
error-not-installed = No kernel of Weft is installed in { $path }.
error-not-installed-next = `jupyter kernelspec list` shows where kernels are.
error-no-python = Python was not found.
error-no-python-cause = There is no `python3` on PATH.
error-no-python-next = Install Python 3.9 or newer, on Debian and Ubuntu with `apt install python3 python3-venv`.
error-python-broken = { $path } does not work.
error-python-broken-cause = { $reason }
error-python-broken-next = Install Python again, or put another `python3` first on PATH.
error-kernel = The kernel could not run with { $path }.
error-kernel-cause = { $reason }
error-kernel-next = Jupyter starts this command by itself; `weft doctor` tries it out.

## lab

lab-looking = Looking for JupyterLab
lab-found = JupyterLab { $version } ({ $path })
lab-too-old = JupyterLab { $version } ({ $path }) is too old: 4 or newer is needed
lab-unusable = { $path } does not start JupyterLab: { $reason }
lab-ask = JupyterLab 4 was not found. Set up a private one in { $path }? It takes some minutes and about 300 MB.
lab-making = Setting up a private JupyterLab
lab-kernelspec = Installing the kernel
lab-preparing = Preparing the library for your cells (the first time takes a minute)
lab-notebooks = Copying the notebooks
lab-copied = { $path }: { $new } new, { $updated } updated, { $merged } updated around what you wrote, { $kept } of yours kept as they are
lab-both-changed = { $path }: cells that you and the newer version have both changed: { $cells }. Yours stand; the newer text is below each.
lab-left = { $path } stays as it is: it cannot be brought up to date. Rename it and call `weft lab` again for the newer version.
lab-newer-version = The newer version of the cell above (yours was kept)
lab-opening = Opening JupyterLab
lab-open = JupyterLab is open at the address above. Ctrl-C ends it.
lab-open-to-all = Everybody who can reach { $address } and has the token can run programs there as you.
error-no-jupyter = JupyterLab was not found.
error-no-jupyter-cause = There is no JupyterLab 4 or newer on PATH, and a private one has not been set up.
error-no-jupyter-next = `weft lab --yes` sets one up without asking; or install it with `pip install jupyterlab`.
error-lab-offline = JupyterLab has not been set up here, and that needs the network.
error-lab-offline-next = Call `weft lab` once without `--offline`.
error-no-venv = Python cannot make a private environment.
error-no-venv-cause = Its module `venv` is not complete.
error-no-venv-next = On Debian and Ubuntu: `apt install python3-venv`.
error-jupyter-install = JupyterLab could not be set up.
error-jupyter-install-cause = { $reason }
error-jupyter-install-next = Check the network connection and try again, or install JupyterLab with `pip install jupyterlab`.
error-jupyter-ended = JupyterLab ended by itself.
error-jupyter-ended-cause = { $status }
error-jupyter-ended-next = What it said last stands above; `weft doctor` checks this machine.
error-jupyter-silent = JupyterLab did not answer within { $seconds } seconds.
error-jupyter-silent-next = Try again; `weft doctor` checks this machine.
error-lab-address = This machine cannot listen on { $ip }.
error-lab-address-cause = It is not an address of this machine, or it may not be used.
error-lab-address-next = Choose another one with `--ip`, for example `--ip 0.0.0.0` for all of them.
error-port-taken = Port { $port } is in use.
error-port-taken-cause = Another program listens there.
error-port-taken-next = Choose another one with `--port`, or leave it out.
error-no-port = No port from { $first } to { $last } is free.
error-no-port-next = Choose one with `--port`.
error-prepare = The library for your cells could not be prepared.
error-prepare-cause = { $reason }
error-prepare-next = `weft doctor` checks the Rust toolchain.
error-no-notebooks = This build of Weft has no notebooks in it.
error-no-notebooks-next = Build it again from the whole repository.

## doctor

doctor-status-ok = ok
doctor-status-note = note
doctor-status-missing = missing
doctor-status-failed = failed
doctor-platform = Platform
doctor-platform-next = Weft runs on Linux (x86_64, aarch64); elsewhere use Docker or WSL2.
doctor-rustc = Rust compiler
doctor-rustc-next = Install the Rust toolchain from https://rustup.rs, or update it with `rustup update`.
doctor-cargo = Cargo
doctor-cargo-next = Install the Rust toolchain from https://rustup.rs, or update it with `rustup update`.
doctor-linker = Linker
doctor-linker-next = Install a C compiler, on Debian and Ubuntu with `apt install build-essential`.
doctor-linker-works = a program was compiled, linked and run
doctor-rust-src = Source of the standard library
doctor-rust-src-next = Not needed to run cells; `rustup component add rust-src` brings better completion.
doctor-rust-src-absent = not installed
doctor-not-on-path = no `{ $name }` on PATH
doctor-landlock-version = version { $version }
doctor-available = available
doctor-not-available = not available
doctor-ports = Ports
doctor-ports-next = Programs must be able to listen on 127.0.0.1; look at the firewall or the container.
doctor-port-free = { $port } is free
doctor-port-taken = { $port } is in use; `weft lab` takes the next free one
doctor-jupyter = Jupyter
doctor-jupyter-next = `weft lab` sets up a private JupyterLab; or install it with `pip install jupyterlab`.
doctor-library = Library for cells
doctor-library-next = Look at the checks of the Rust toolchain above; the first time needs the network.
doctor-library-announce = Preparing the library for cells; the first time takes a minute.
doctor-kernelspec = Kernel known to Jupyter
doctor-kernelspec-next = `weft install` makes the kernel known to Jupyter.
doctor-not-installed = not installed yet; this program is tried directly
doctor-kernelspec-stale = { $path } names { $program }, which is not there
doctor-kernel-announce = Trying a real kernel; this can take a minute.
doctor-kernel-start = Kernel: start
doctor-kernel-start-next = What the kernel said stands in the output of Jupyter; `weft install` again repairs a damaged installation.
doctor-kernel-execute = Kernel: execute a cell
doctor-kernel-execute-next = Look at the checks of the Rust toolchain above.
doctor-kernel-interrupt = Kernel: interrupt a cell
doctor-kernel-interrupt-next = Please report this, with the whole output of `weft doctor --json`.
doctor-kernel-shutdown = Kernel: shut down
doctor-kernel-shutdown-next = Please report this, with the whole output of `weft doctor --json`.
doctor-all-well = Everything works.
error-doctor-missing =
    { $count ->
        [one] One thing Weft needs is missing.
       *[other] { $count } things Weft needs are missing.
    }
error-doctor-missing-next = The lines marked “missing” say what to install.
error-doctor-failed =
    { $count ->
        [one] One check failed.
       *[other] { $count } checks failed.
    }
error-doctor-failed-next = The lines marked “failed” say what to do.

## notebooks (for authors)

notebook-written = wrote { $path }
notebook-removed = removed { $path }
notebooks-unpublished = Not published in `{ $lang }` any more: { $count }. Texts of these notebooks, or titles in the index, are not translated; `weft i18n report { $lang }` names them.
notebook-missing = { $path } is missing
notebook-different = { $path } differs from its sources
notebook-extra = { $path } has no source
notebooks-up-to-date = All notebooks are as their sources say.
error-no-sources = There are no sources of notebooks in { $path }.
error-no-sources-next = Call it in the root of the repository, or name the folder with `--dir`.
error-notebook-source = A source of notebooks or texts has a mistake.
error-notebook-source-cause = { $reason }
error-notebook-source-next = Mend it there, then call the command again.
error-notebooks-differ =
    { $count ->
        [one] One notebook is not as its sources say.
       *[other] { $count } notebooks are not as their sources say.
    }
error-notebooks-differ-next = `weft notebooks` writes them anew.
