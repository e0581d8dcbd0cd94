# What grading says: reports of students, the overview of a class, assignments.

## Verdicts

grading-verdict-Accepted = Accepted
grading-verdict-Partial = Partly right
grading-verdict-Wrong = Wrong
grading-verdict-CompileError = Does not compile
grading-verdict-CompileLimit = Too much to compile
grading-verdict-TimeLimit = Too slow
grading-verdict-MemoryLimit = Too much memory
grading-verdict-OutputLimit = Too much output
grading-verdict-ProcessLimit = Too many threads
grading-verdict-DiskLimit = Too much on disk
grading-verdict-RuntimeError = Crashed
grading-verdict-Incomplete = No answer
grading-verdict-Forbidden = Not allowed
grading-verdict-Invalid = Not readable
grading-verdict-Internal = Our fault
grading-verdict-open = Not decided yet

## Labels

grading-label-points = Points
grading-label-student = Student
grading-label-compiler = The compiler says
grading-label-check = Test
grading-label-asked = Asked with
grading-label-expected = Expected
grading-label-found = Your answer
grading-label-rule = Broken rule
grading-label-seed = Seed of this run
grading-label-said = The message
grading-label-comment = From your teacher
grading-label-timeline = Timeline of the run that failed
grading-label-output = What it printed
grading-label-schedule = Schedule that shows it

## Notes

grading-note-trusted = Warning: these answers ran without a full sandbox, because whoever graded them decided to trust them.
grading-note-missing = The sandbox lacked: { $layers }.
grading-note-approximate = Some limits were measured from time to time, not counted by the system: figures for memory and threads are approximate.
grading-note-open = Some points are not decided yet, so there is no sum.
grading-note-schedule = Paste it into your notebook: `:explore --replay` and the schedule.
grading-note-similar = A hint, not a proof: short answers resemble each other, and good ideas come to many.

## The overview

grading-overview = Overview
grading-overview-count = { $count ->
    [one] One submission
   *[other] { $count } submissions
}
grading-overview-mean = Mean
grading-overview-open = { $count ->
    [one] One has no sum yet, because points are still to be given; it is not counted in mean and distribution.
   *[other] { $count } have no sum yet, because points are still to be given; they are not counted in mean and distribution.
}
grading-overview-distribution = Distribution of points
grading-overview-tasks = Tasks
grading-overview-mistakes = Commonest mistakes
grading-overview-no-mistakes = None.
grading-overview-similar = Similar answers
grading-overview-no-similar = None.
grading-overview-similar-count = { $count ->
    [one] One pair, side by side
   *[other] { $count } pairs, side by side
}
grading-overview-students = Students
grading-overview-passed-over = Not graded
grading-overview-passed-over-why = Nothing tells whose these files are, or they are no notebooks, or they lie where none is looked for. Nobody has a verdict because of them.

## Why there was nothing to judge

grading-problem-not-json = The file is no notebook: it stops making sense in line { $line }, column { $column }. Save it again in JupyterLab and submit it once more.
grading-problem-not-notebook = The file is no notebook. Save it again in JupyterLab and submit it once more.
grading-problem-too-large = The notebook is larger than { $limit } MB. Clear its outputs and submit it once more.
grading-problem-damaged = The file is damaged and could not be read to its end. Submit it once more.
grading-problem-no-notebook = There is no notebook in this submission.
grading-problem-other-files = There is no notebook in this submission, only { $files }. Submit the notebook itself (`.ipynb`), or the zip file that `weft submit` makes.
grading-problem-several-notebooks = There are { $count } notebooks in this submission, and none has the name of the assignment. Submit only one.
grading-problem-not-a-file = The notebook is not an ordinary file. Submit the notebook itself, not a link.
grading-problem-unsafe-path = The archive puts its files outside of itself. Pack it again with `weft submit`.
grading-problem-cell-missing = The cell of this task is not in the notebook. Copy your answer into the notebook you were given, and do not rename or delete its cells.
grading-problem-cell-twice = Several cells have the name of this task and hold different answers. Keep only one of them.
grading-problem-answer-too-long = The answer is longer than { $limit } KB.
grading-problem-untouched = There is no answer yet.

## Why a verdict was given

grading-why-fine = Everything that was asked for is there.
grading-why-not-written = There is no answer yet: the program reached `todo!()`.
grading-why-compiler = The answer does not compile.
grading-why-compiler-crashed = The compiler broke down over this answer. A simpler one will do.
grading-why-compile-time = Compiling took longer than { $limit } s.
grading-why-compile-memory = Compiling took more than { $limit } MB of memory.
grading-why-compile-output = The compiler had too much to say about this answer.
grading-why-word = Line { $line } uses `{ $word }`, which this task does not allow.
grading-why-slept = It sleeps, which this task does not allow. Wait for what you need instead of for some time.
grading-why-values = It runs, but the result is not the expected one.
grading-why-values-hidden = It runs, but the result of a hidden test is not the expected one.
grading-why-order = Things happened in an order that must not be.
grading-why-time = It was still working after { $limit } s.
grading-why-time-waiting = It was still waiting after { $limit } s: probably for a lock, a thread or a message that never came.
grading-why-memory = It took more than { $limit } MB of memory.
grading-why-memory-approximate = It took more than about { $limit } MB of memory.
grading-why-output = It wrote too much to { $stream }.
grading-why-processes = It started more than { $limit } threads and processes.
grading-why-threads = At most { $limit } threads are allowed at once, and { $seen } were there.
grading-why-threads-hidden = At most { $limit } threads are allowed at once, and in a hidden test there were more.
grading-why-leftover = When it had answered, { $threads } threads and { $processes } processes were still there. Wait for all of them.
grading-why-leftover-hidden = When it had answered a hidden test, threads or processes were still there. Wait for all of them.
grading-why-unreaped = When it had answered, { $processes } child processes had ended, and nobody had waited for them. Wait for each child, also for one you have killed.
grading-why-unreaped-hidden = When it had answered a hidden test, child processes had ended, and nobody had waited for them. Wait for each child, also for one you have killed.
grading-why-disk = It wrote more than { $limit } MB to files.
grading-why-panicked = It panicked.
grading-why-panicked-at = It panicked in line { $line }.
grading-why-panicked-hidden = It panicked in a hidden test.
grading-why-stack = It used up the stack: probably a function calls itself without end.
grading-why-ended = It ended the program with code { $code } before it had answered.
grading-why-ended-hidden = In a hidden test it ended the program before it had answered.
grading-why-killed = Signal { $signal } ended the program before it had answered.
grading-why-killed-hidden = In a hidden test a signal ended the program before it had answered.
grading-why-forged = It answered what nobody had asked.
grading-why-internal = We could not judge this answer. That is not your fault and costs no points: a human will look at it.
grading-why-by-hand = Your teacher decides about this task and has not done so yet.
grading-why-given = Your teacher decided about this task.
grading-why-not-graded = This task was not graded.

## Checking an assignment

grading-claim-reference = the reference gets full marks
grading-claim-stub = what students are given gets nothing
grading-claim-wrong = a wrong solution is rejected
grading-claim-right = a right solution is accepted
grading-claim-all-read = every file beside the solutions belongs to a task
grading-claim-wrong-exists = there is a wrong solution to try the checks with

## Progress

grading-progress = { $done } of { $total }: { $id }
grading-progress-left = { $done } of { $total }: { $id }, about { $seconds } s left

## A new assignment

grading-new-title = A first assignment
grading-new-text = Write your answers into the cells that are marked. Everything else stays as it is.
grading-new-task = Twice as much
grading-new-by-hand = In your own words
grading-new-question = Why does the result arrive although another thread computed it?
grading-new-answer = Because `join` waits for the thread and hands over what it returned.
grading-new-stub = Your answer
