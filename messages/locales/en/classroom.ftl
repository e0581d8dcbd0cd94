# What teachers and students read in the terminal: assignments, grading, submitting, and how well answers are locked in.

## Help

help-assignment = For teachers: make an assignment, prove that its checks are right, hand it out
help-assignment-dir = Folder of the assignment
help-assignment-new = Make a small assignment that works, to write over
help-assignment-new-dir = Folder to make it in; it must be empty or not there yet
help-assignment-name = Name of the assignment (otherwise the folder's)
help-assignment-chapter = Begin with the graded task of this chapter of the workbook (1 to 28)
help-assignment-check = Prove that right answers pass every time and wrong ones never
help-assignment-repeats = How often the reference must get full marks (otherwise 20)
help-assignment-release = Write the notebook students get, without solutions and hidden tests
help-assignment-collect = Put what students handed in into nbgrader's tree
help-assignment-from = Folder or zip file with what they handed in
help-assignment-replace = Write over notebooks that were collected before

help-grade = For teachers: grade the notebooks of a class
help-grade-after = DIR holds `STUDENT/notebook.ipynb`, one zip file for each student, or nbgrader's `submitted`; a zip file of Moodle or Canvas does as it is. `weft grade forget STUDENT` deletes a student's data.
help-grade-assignment = Folder of the assignment
help-grade-submissions = Folder or zip file with what students handed in
help-grade-out = Folder for grades and reports
help-grade-jobs = How many submissions at once (otherwise one for each core)
help-grade-resume = Go on where a grading was cut off
help-grade-only = Only this student
help-grade-shard = Only this part of the class, for example 2/8; the same students are in it on every machine
help-grade-hand = Points given by hand, as CSV (otherwise `hand.csv` in OUT, where it is)
help-grade-queue = Judge by workers that take the answers from this queue on a Redis or PostgreSQL server, for example `redis://:PASSWORD@HOST:6379/`
help-trust = Run answers although a layer of the sandbox is missing; every report says so

help-merge = Put together parts of a class that were graded with `--shard`
help-merge-parts = Folders with the grades of the parts
help-merge-assignment = Folder of the assignment (otherwise the one that the first part was graded with)
help-worker = Judge on this machine what others put into a queue with `weft grade --queue`
help-forget = Delete a student's data from grades, reports and the ledger
help-forget-student = Whose data: the name of the folder or file, or the number the course system gave
help-forget-out = Folder with the grades (otherwise this one)
help-forget-assignment = Folder of the assignment, where it has moved since
help-forget-submissions = Delete what the student handed in there, too

help-submit = For students: pack a notebook so that it can be graded
help-submit-notebook = Your notebook
help-submit-out = Where the zip file goes (otherwise beside the notebook)
help-submit-assignment = Which assignment it has to be
help-submit-incomplete = Pack it although answers are missing
help-submit-no-compile = Do not compile the answers first

## Making an assignment

assignment-made = { $path } is a new assignment. One task works already; write your own over it:
assignment-made-notebook = { $path }: your notebook, with solutions and tests
assignment-made-manifest = { $path }: points, checks and limits of each task
assignment-made-wrong = { $path }: answers that must be rejected
assignment-made-right = { $path }: other answers that must be accepted
assignment-made-next = Next: `weft assignment check { $path }`

assignment-times = { $times } of { $times } times
assignment-found = Found at attempt { $times }: { $verdict }
assignment-next-reference = Give the reference more time or memory, or make the check accept what the reference does.
assignment-next-stub = Students would get points for writing nothing: make the check of `{ $task }` ask for more.
assignment-next-wrong = Add a case or a rule to the checks of `{ $task }` that this answer fails. Does it fail in a way of its own, such as `CompileError`? Then let its first line say `// verdict: CompileError`.
assignment-next-right = Make the checks of `{ $task }` accept this answer, or move it away if it is wrong.
assignment-next-wrong-exists = Write at least one wrong answer into `wrong/{ $task }/`, as a file that ends in `.rs`.
assignment-next-all-read = It was not read. A solution stands in `wrong/TASK/` or `right/TASK/`, in a file that ends in `.rs`; the tasks a judge decides: { $tasks }. Rename it, or move it away.
assignment-by-hand = { $count ->
    [one] One task is graded by hand: nothing is to be proved about it.
   *[other] { $count } tasks are graded by hand: nothing is to be proved about them.
}
assignment-proved = { $count ->
    [one] The one proof holds.
   *[other] All { $count } proofs hold.
}
assignment-released = { $path } is for your students: without solutions and hidden tests.

collected-new = collected
collected-same = already there, the same
collected-kept = another notebook is already there and was kept; `--replace` writes over it
collected-replaced = collected; the notebook that was there is replaced
collected = { $count ->
    [one] One notebook is in { $path }.
   *[other] { $count } notebooks are in { $path }.
}

error-unknown-step = There is no command “{ $name }”.
error-unknown-step-next = `weft { $parent } --help` shows what there is.
error-assignment-no-folder = There is no folder { $path }.
error-assignment-no-folder-next = Check the path; `weft assignment new { $path }` makes a new assignment there.
error-assignment-no-manifest = { $path } is no assignment: it holds no `assignment.toml`.
error-assignment-no-manifest-next = Name the folder that `weft assignment new` made.
error-assignment-is-file = { $path } is a file, and an assignment is a folder.
error-assignment-is-file-next = Name the folder that holds its `assignment.toml`.
error-assignment-manifest = { $line ->
    [0] { $path } makes no sense.
   *[other] { $path }, line { $line }, makes no sense.
}
error-assignment-manifest-cause = { $kind ->
    [syntax] `{ $found }` cannot be read as TOML: a text stands in quotation marks, a list in brackets, each key in a line of its own.
    [key-twice] `{ $key }` is there twice.
    [unknown] Nothing is called `{ $key }` here. Known are { $known }.
    [missing] `{ $key }` is missing.
    [text] `{ $key }` is `{ $found }`; it has to be a text in quotation marks.
    [truth] `{ $key }` is `{ $found }`; it has to be `true` or `false`.
    [number] `{ $key }` is `{ $found }`; it has to be a number.
    [whole] `{ $key }` is `{ $found }`; it has to be a whole number.
    [much] `{ $key }` is `{ $found }`; it has to be a whole number, or one that the question carries, such as `"arg0"`.
    [texts] `{ $key }` is `{ $found }`; it has to be a list of texts, such as `["a", "b"]`.
    [list] `{ $key }` is `{ $found }`; it has to be a list in brackets.
    [table] `{ $key }` is `{ $found }`; it has to be a table: keys in braces, or below a heading in brackets.
    [tables] `{ $key }` is `{ $found }`; it has to be a list of tables.
    [title] `{ $key }` is `{ $found }`; it has to be a text, or one for each language.
    [range] `{ $key }` is `{ $found }`; it can be { $least } to { $most }.
    [positive] `{ $key }` is `{ $found }`; it has to be a number above 0.
    [not-negative] `{ $key }` is `{ $found }`; it has to be a number, 0 or more.
    [choice] `{ $key }` is `{ $found }`; it can be { $known }.
    [name] “{ $found }” cannot be the name of an assignment. A name has letters from a to z, digits, `_` and `-`, at most 100 of them.
    [tasks] An assignment has 1 to { $max } tasks, each below a `[[task]]`.
    [task-twice] There is another task “{ $task }” above.
    [no-cell] The notebook has no cell “{ $cell }”, which the task “{ $task }” speaks of. A cell is called by the `grade_id` in its metadata.
    [no-answer] The cell “{ $task }” of the notebook is not marked as an answer.
    [points] The task “{ $task }” has { $here } points here and { $there } in the notebook; both must be the same.
    [cell] The answer cell “{ $cell }” of the notebook belongs to no `[[task]]`.
    [no-checks] The task “{ $task }” has a judge, and nothing that is checked.
    [no-cases] Check { $check } of the task “{ $task }” has no `cases`: it would ask nothing.
    [order-unsafe] Check { $check } of the task “{ $task }” has an `order`, but with `unsafe` an answer could forge what is recorded.
    [no-probe] Check { $check } of the task “{ $task }” neither asks, with a `probe`, nor explores, with `explore`.
    [explores-and-asks] Check { $check } of the task “{ $task }” explores, so it has no `probe`, `cases`, `repeats`, `shake_us`, `order` or `max_threads`.
    [explores-unsafe] Check { $check } of the task “{ $task }” explores, but with `unsafe` an answer could forge what is found.
    [no-main] The program in `main` of check { $check } of the task “{ $task }” has no `fn main`.
    [nothing-counts] Check { $check } of the task “{ $task }” explores, and neither `failures` nor `same_outputs` counts: every answer would pass.
   *[other] { $reason }
}
error-assignment-manifest-next = Correct it and try again; `docs/grading.md` lists what may stand there.
error-assignment-solutions = { $path } holds more than { $max } solutions.
error-assignment-solutions-next = Keep a few of each kind, and move the others elsewhere.
error-assignment-no-notebook = The notebook of the assignment is missing: { $path }.
error-assignment-no-notebook-next = Put it there; folder and file have the `name` that `assignment.toml` gives.
error-assignment-notebook = The notebook { $path } cannot be used.
error-assignment-notebook-cause = { $reason }
error-assignment-notebook-next = Open it in JupyterLab, correct that cell and save it.
error-assignment-not-empty = { $path } is not empty.
error-assignment-not-empty-next = Name a folder that is not there yet: nothing is written over.
error-assignment-no-task = Chapter { $chapter } has no graded task to begin with.
error-assignment-no-task-next = Those that have one: { $chapters }.
error-assignment-chapter = This chapter of the workbook does not make an assignment: { $reason }.
error-assignment-chapter-next = This is a fault of Weft; please report it. `weft assignment new DIR` without `--chapter` makes a small example.
error-assignment-name = “{ $name }” cannot be the name of an assignment.
error-assignment-name-cause = A name has letters from a to z, digits, `_` and `-`, at most 100 of them.
error-assignment-name-next = Give one with `--name`.
error-assignment-repeats = “{ $value }” is not a number of repeats.
error-assignment-repeats-cause = A whole number from 1 to { $max } is accepted.
error-assignment-repeats-next = Leave it out for 20.
error-assignment-proofs = { $count ->
    [one] One proof does not hold.
   *[other] { $count } proofs do not hold.
}
error-assignment-proofs-cause = As it is, this assignment would be unfair to somebody.
error-assignment-proofs-next = The lines marked “failed” say what to change.
error-collect = { $count ->
    [one] One submission could not be read.
   *[other] { $count } submissions could not be read.
}
error-collect-next = Their lines say why; the others are collected.

## Grading

grade-preparing = Preparing the sandbox and the compiler ...
grade-trusted = Warning: you said that you trust these students. What is missing of the sandbox is missing for all their answers, and every report says so.
grade-queue-waiting = No worker takes jobs from { $address } yet. Start some with `weft grade worker --queue`, on any machine; waiting ...
grade-queue-workers = Workers judge { $jobs } submissions at once, with { $toolchain }.
worker-ready = Takes jobs from { $address }, { $jobs } at once. Ctrl-C ends it after what is being judged.
worker-lost = The queue is lost ({ $reason }); trying again ...
worker-done = { $count ->
    [one] One submission was judged.
   *[other] { $count } submissions were judged.
}
grading-progress-minutes = { $done } of { $total }: { $id }, about { $minutes } min left
grading-why-not-judged = This answer could not be judged, and that is not its fault.

graded = { $count ->
    [one] One submission is graded
   *[other] { $count } submissions are graded
}; answers judged now: { $judged }, known before: { $reused }.
merged = { $count ->
    [one] One submission is in the grades.
   *[other] { $count } submissions are in the grades.
}
graded-overview = { $path }: the class at a glance
graded-students = { $path }: a page for each student
graded-grades = { $path }: the points, for your course system
graded-moodle = { $path }: the worksheet for Moodle
graded-points = { $path }: the points of each task
graded-json = { $path }: everything, for programs
graded-by-hand = { $count ->
    [one] One answer waits for points from you.
   *[other] { $count } answers wait for points from you.
} Fill in { $open }, save it as { $hand } and call the same command again.
graded-hand-unknown = { $count ->
    [one] Warning: { $path } gives points to somebody of whom there is no submission: { $students }. They count nowhere.
   *[other] Warning: { $path } gives points to { $count } students of whom there is no submission: { $students }. They count nowhere.
} Write names as they are in `grades.json`.
graded-passed-over = { $count ->
    [one] Warning: one file among the submissions belongs to nobody and was not graded: { $files }.
   *[other] Warning: { $count } files among the submissions belong to nobody and were not graded: { $files }.
} A notebook, or a zip file with one, lies in the folder of its student or has the student's name.

error-submissions-absent = There is no { $path }.
error-submissions-absent-next = Name the folder or the zip file with what students handed in.
error-submissions-unreadable = { $path } cannot be read.
error-submissions-unreadable-cause = { error-file-cause }
error-submissions-unreadable-next = It should be a folder or a zip file that you may read.
error-submissions-no-archive = { $path } is no zip file, or a damaged one.
error-submissions-no-archive-next = Name the folder or the zip file with what students handed in; if it is that, download it once more.
error-submissions-none = { $path } holds no submissions.
error-submissions-none-cause = { $count ->
    [0] Looked for were `STUDENT/notebook.ipynb`, zip files with one notebook each, what Moodle or Canvas packs, and nbgrader's `submitted`.
   *[other] Looked for were `STUDENT/notebook.ipynb`, zip files with one notebook each, what Moodle or Canvas packs, and nbgrader's `submitted`. There is only { $files }.
}
error-submissions-none-next = Is it the right folder? Perhaps the students' folders lie above or below it, or its notebooks are of another assignment.
error-submissions-too-many = { $path } holds more than { $max } submissions.
error-submissions-too-many-next = Grade it in parts.
error-grade-out = { $path } cannot be used.
error-grade-out-cause = { error-file-cause }
error-grade-out-next = Name a folder you may write to, on a disk with room; the grading goes on there with `--resume`.
error-grade-overlap = { $path } cannot take the results: it is { $other }, or one of both lies in the other.
error-grade-overlap-next = Name a folder of its own with `--out`; otherwise the pages and notebooks of the results would be taken for submissions the next time.
error-ledger-busy = Another grading is writing to { $path }.
error-ledger-busy-next = Wait for it to end, or name another folder with `--out`.
error-ledger-version = { $path } was written by another version of Weft.
error-ledger-version-next = Name another folder with `--out`; everything is graded again there.
error-ledger-other = { $path } holds the results of “{ $found }”, not of “{ $wanted }”.
error-ledger-other-next = Give each assignment a folder of its own with `--out`.
error-ledger-damaged = { $path } is damaged.
error-ledger-damaged-cause = { $reason }
error-ledger-damaged-next = Name another folder with `--out`; everything is graded again there.
error-grade-unfinished = A grading into { $path } was cut off.
error-grade-unfinished-next = Add `--resume` to go on: what was judged is kept.
error-grade-no-student = There is no submission of “{ $student }”.
error-grade-no-student-next = A student is called like the folder or file, or by the number the course system gave.
error-grade-other-part = “{ $student }” is not in part { $part } of the class.
error-grade-other-part-next = Leave `--shard` out, or name the part this student is in.
error-grade-jobs = “{ $value }” is not a number of jobs.
error-grade-jobs-cause = A whole number from 1 to { $max } is accepted.
error-grade-jobs-next = Leave it out for one on each core.
error-grade-shard = “{ $value }” is not a part of a class.
error-grade-shard-cause = A part is written I/N: which one, counted from 1, and of how many, at most { $max }.
error-grade-shard-next = For example `--shard 2/8`.
error-merge-no-grading = There is no grading in { $path }.
error-merge-no-grading-next = Name the folders that `weft grade --shard` wrote with `--out`.
error-merge-occupied = Answers were graded into { $path } itself, so nothing is merged into it.
error-merge-occupied-next = Choose another folder for `--out`, or name this one among the parts.
error-merge-twice = { $path } is named twice.
error-merge-twice-next = Name each part once.
error-merge-missing = Parts of the class are missing: { $parts }.
error-merge-missing-next = Grade them with `--shard`, and name the folder of each part.
error-merge-split = { $path } holds part { $found }; the other folders are of a class in { $of } parts.
error-merge-split-next = Name only the folders of one and the same split.
error-merge-two = “{ $student }” is in { $first } and in { $path }, with two different notebooks.
error-merge-two-next = Take one of them out with `weft grade forget`, and merge again.
error-merge-compiler = { $path } was graded with { $found }, the others with { $wanted }.
error-merge-compiler-cause = Another compiler, or another Weft, may judge otherwise.
error-merge-compiler-next = Grade that part again with the same Weft and the same compiler.
error-merge-demands = In { $path } the task “{ $task }” was judged by other demands than the assignment makes now.
error-merge-demands-next = Grade that part again, or merge with the assignment it was graded with (`--assignment`).
error-queue-none = It was not said where the queue is.
error-queue-none-next = Say it with `--queue` or in the variable { $variable }, for example `redis://:PASSWORD@HOST:6379/`.
error-queue-address = The queue's address is not one of a Redis or PostgreSQL server.
error-queue-address-cause = It begins with `redis://`, `rediss://` or `postgres://`; other servers are not supported.
error-queue-address-next = For example `redis://:PASSWORD@HOST:6379/` or `postgres://USER:PASSWORD@HOST/DATABASE`.
error-queue-silent = The queue at { $address } cannot be used.
error-queue-silent-cause = { $reason }
error-queue-silent-next = Is a server running there, and can this machine reach it? `redis-cli -h HOST ping` or `pg_isready -h HOST` tries it.
error-queue-denied = The queue at { $address } does not let this user in.
error-queue-denied-cause = { $reason }
error-queue-denied-next = Check the user and the password in the address. In a password `@` is written `%40`, `/` is `%2F` and `%` is `%25`.
error-queue-database = At { $address } there is no such database.
error-queue-database-cause = { $reason }
error-queue-database-next = Create it there, for the user in the address: `createdb --owner=USER DATABASE`.
error-queue-tables = The tables of the queue cannot be made at { $address }.
error-queue-tables-cause = { $reason }
error-queue-tables-next = Give the queue a database of its own, which its user owns: `createdb --owner=USER DATABASE`. PostgreSQL has to be version 13 or newer, with the extension `hstore`.
error-queue-tls = The connection to { $address } cannot be encrypted.
error-queue-tls-cause = { $reason }
error-queue-tls-next = The name in the address has to be one that is in the server's certificate. Where a certification authority of your own signed it, say where its certificate is: `SSL_CERT_FILE=ca.pem`, or for PostgreSQL `sslrootcert=ca.pem` in the address.
error-queue-mixed = The workers are not alike: one has { $one }, another { $other }.
error-queue-mixed-cause = They might judge the same answer in two ways.
error-queue-mixed-next = Use the same compiler and the same layers of the sandbox on all machines; `weft doctor` shows both.
error-queue-weft = A worker judges with { $theirs }, and this is { $ours }.
error-queue-weft-cause = It might judge the same answer in another way.
error-queue-weft-next = Install the same Weft on all machines, and start the workers again.
error-queue-trusting = A worker runs answers although a layer of its sandbox is missing.
error-queue-trusting-next = Repair it there (`weft doctor` says how). If you trust the students as you trust yourself, add `--i-trust-these-students` here too.
error-grade-stopped = Stopped as you asked; every submission that was finished is kept.
error-grade-stopped-next = Call the same command with `--resume` to go on.
error-grade-internal = { $count ->
    [one] One answer could not be judged, by our fault and not the student's.
   *[other] { $count } answers could not be judged, by our fault and not the students'.
}
error-grade-internal-cause = { $answers }
error-grade-internal-next = Call the same command again to try once more, or give the points by hand in { $path }/hand.csv. It costs nobody points until then.
error-hand-too-large = { $path } is larger than { $limit } MB.
error-hand-too-large-next = It should be a CSV file with the columns student, task, points, comment, as `hand-open.csv` is.
error-hand-line = { $path }, line { $line }, makes no sense.
error-hand-line-cause = { $kind ->
    [encoding] It is not in UTF-8. In a spreadsheet, save the table as “CSV UTF-8”.
    [column] There is no column `{ $name }` in the first line.
    [fields] It has { $found } fields, and the first line has { $wanted }. Put quotation marks around a field that holds the sign between fields.
    [task] The assignment has no task “{ $name }”.
    [points] “{ $given }” is no number of points from 0 to { $max }.
   *[twice] “{ $student }” has points for the task “{ $name }” already.
}
error-hand-line-next = Correct the line and try again; nothing was graded yet.
error-grade-toolchain = Answers cannot be compiled here.
error-grade-toolchain-cause = { $reason }
error-grade-toolchain-next = `weft doctor` shows what is missing.
error-grade-no-compiler = The Rust compiler does not start: { $program }.
error-grade-no-compiler-cause = { error-file-cause }
error-grade-no-compiler-next = Install Rust from https://rustup.rs and open a new terminal; `weft doctor` checks this machine.
error-grade-no-linker = There is no C compiler, and Rust links with one.
error-grade-no-linker-next = Install one (Debian and Ubuntu: `apt install gcc`); `weft doctor` checks this machine.
error-grade-temporary = Nothing can be prepared in { $path }, the folder for temporary things.
error-grade-temporary-cause = { error-file-cause }
error-grade-temporary-next = Make room there, or name another folder in the environment: `TMPDIR=DIR weft grade ...`
error-grade-library = The library that answers to this assignment may use could not be prepared.
error-grade-library-cause = { $reason }
error-grade-library-next = Connect to the network once, make room, and try again; what is in { $path } is made again and may be deleted. `weft doctor` checks the Rust toolchain.

error-sandbox-bubblewrap = Students' programs cannot be locked in here: { $layers } is missing.
error-sandbox-bubblewrap-next = Install it (Debian and Ubuntu: `apt install bubblewrap`). If you trust the students as you trust yourself, add `--i-trust-these-students`.
error-sandbox-forbidden = Students' programs cannot be locked in here: the system does not let bubblewrap work.
error-sandbox-forbidden-cause = { $reason }
error-sandbox-forbidden-next = Allow user namespaces for bubblewrap (`docs/grading.md` says how). If you trust the students as you trust yourself, add `--i-trust-these-students`.
error-sandbox-kernel = Students' programs cannot be locked in here: Linux lacks { $layers }.
error-sandbox-kernel-next = Use Linux 5.13 or newer with these layers switched on. If you trust the students as you trust yourself, add `--i-trust-these-students`.
error-sandbox-holes = Something gets out of the sandbox here: { $holes }.
error-sandbox-holes-next = Please report this with the output of `weft doctor`. If you trust the students as you trust yourself, add `--i-trust-these-students`.
error-sandbox = The sandbox does not work here.
error-sandbox-cause = { $reason }
error-sandbox-next = `weft doctor` tries each of its layers.

## Forgetting a student

forgotten = “{ $student }” is forgotten: in the ledger, the grades, the overview and the reports.
forgotten-file = deleted: { $path }
forgotten-still-in = The notebook is still in { $path }, out of which nothing can be taken. Delete that file yourself.
forgotten-left = { $path } is still there, with files that are no notebooks. Delete it yourself, or the next grading finds this student again.
forgotten-handed-in = What students handed in is still in { $path }. Add `--submissions` with that path to delete this student's part of it.
error-forget-no-grading = { $path } holds no grades.
error-forget-no-grading-cause = { error-file-cause }
error-forget-no-grading-next = Name the folder with the grades with `--out`.
error-forget-unknown = Nothing is known of “{ $student }” in { $path }.
error-forget-unknown-next = A student is called like the folder or file, or by the number the course system gave; `grades.json` lists them all.

## Submitting

submit-compiling = Compiling your answers; nothing of them is run ...
submit-packed = { $path } is ready to hand in: { $assignment }, with answers to { $count } of { $total } tasks.
submit-open = Without an answer: { $tasks }.
error-submit-absent = There is no notebook { $path }.
error-submit-absent-next = Check the path; save the notebook in JupyterLab first.
error-submit-over = { $path } is the notebook itself; the zip file would be written over it.
error-submit-over-next = Give the zip file another name with `--out`, or leave it out.
error-submit-out = { $path } cannot be written.
error-submit-out-cause = { error-file-cause }
error-submit-out-next = Name a zip file with `--out`, in a folder you may write to, on a disk with room.
error-submit-unreadable = { $path } cannot be handed in.
error-submit-unreadable-cause = { $reason }
error-submit-unreadable-next = Open it in JupyterLab, save it and try again.
error-submit-no-assignment = { $path } is not the notebook of an assignment.
error-submit-no-assignment-next = Write your answers into the notebook your teacher gave you.
error-submit-other-assignment = This is the assignment “{ $found }”, not “{ $wanted }”.
error-submit-other-assignment-next = Name the right notebook, or leave `--assignment` out.
error-submit-untouched = Task `{ $task }` has no answer yet.
error-submit-untouched-next = Write it, save the notebook and try again; `--incomplete` packs it as it is.
error-submit-task = Task `{ $task }` could not be graded like this.
error-submit-task-cause = { $reason }
error-submit-task-next = Correct it in JupyterLab, save the notebook and try again.
error-submit-compile = Task `{ $task }` would not compile when it is graded.
error-submit-compile-cause = { $reason }
error-submit-compile-next = An answer stands alone: only what its cell and the cells it was given hold counts. `--no-compile` packs it all the same.
error-submit-compiler = Your answers could not be compiled here.
error-submit-compiler-cause = { $reason }
error-submit-compiler-next = `weft doctor` shows what is missing; `--no-compile` packs the notebook without compiling.

## The doctor

doctor-user-namespaces = Sandbox: user namespaces
doctor-landlock = Sandbox: Landlock
doctor-landlock-next = Only `weft grade` needs it: Linux 5.13 or newer, started with Landlock.
doctor-seccomp = Sandbox: seccomp
doctor-seccomp-next = Only `weft grade` needs it: Linux with filters of system calls.
doctor-bubblewrap = Sandbox: bubblewrap
doctor-bubblewrap-next = Only `weft grade` needs it: `apt install bubblewrap`, and a system that lets it use user namespaces.
doctor-cgroup = Sandbox: control groups
doctor-cgroup-counted = the system counts memory and processes
doctor-cgroup-measured = not delegated; memory and processes are measured from time to time instead
doctor-escapes = Sandbox: attempts to get out
doctor-escapes-next = `weft grade` runs nothing here unless the students are trusted.
doctor-escapes-held = { $count ->
    [one] the one that was tried failed
   *[other] all { $count } that were tried failed
}
doctor-escapes-holes = of { $count }, these got out: { $holes }
