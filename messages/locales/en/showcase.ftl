# What the web pages of `weft serve` say, and the command itself.

help-serve = Show the exercises as web pages
help-serve-addr = Address to listen on (otherwise 127.0.0.1:8080)
help-serve-name = A name this server has behind a proxy; where only this machine can reach it directly, requests for other names are refused
help-serve-behind-proxy = A proxy stands in front: readers are told apart by the last address of its `X-Forwarded-For`
help-serve-runs = How many exercises run at once (otherwise 24); others wait for their turn
serve-ready = The exercises are shown at { $url }. Ctrl-C ends it.
serve-open-to-all = Everybody who can reach { $address } can start exercises there.
serve-ended = Nothing is running any more.
serve-other-name = This server is not known by that name. If it is meant to be, start it with `weft serve --name HOST`.
error-serve = The pages cannot be shown.
error-serve-cause = { $reason }
error-serve-next = `weft doctor` checks this machine.
error-serve-address = The pages cannot be shown at { $address }.
error-serve-address-cause =
    { $kind ->
        [taken] Another program listens there.
        [elsewhere] This machine does not have that address.
        [denied] You may not listen there: ports below 1024 are the administrator's.
       *[other] { $reason }
    }
error-serve-address-next = Choose another address with `--addr`, for example `--addr 127.0.0.1:8081`.

## The frame of every page
serve-name = Weft
serve-title = Threads and processes: the exercises
serve-lead = Every exercise really starts threads or processes, and says which order of its lines is guaranteed and which one was luck.
serve-skip = Skip to the content
serve-language = Language
serve-menu = All exercises
serve-search = Search
serve-search-button = Find
serve-found = { $count ->
    [one] One exercise found
   *[other] { $count } exercises found
}
serve-found-label = Exercises found:
serve-found-none = No exercise has these words in its name.
serve-series-s1 = Threads
serve-series-s2 = Processes
serve-series-s3 = Waiting or computing, and UptimeSquirrel in six versions
serve-series-s4 = Programs, dishwashers, futures, green threads, brokers
serve-series-s5 = Processes that share
serve-series-s6 = The tools for threads
serve-series-s7 = The tools for processes
serve-choose = Choose an exercise:
serve-not-found = There is no such page.

## An exercise
serve-exercise = To the exercise
serve-picture = Picture
serve-picture-summary = A typical run, recorded
serve-inputs = Inputs
serve-wrong = This cannot be run:
serve-more-inputs = More to choose
serve-shake = random delay of up to so many milliseconds (0 to 1000) at every call of the library: guaranteed orders still hold, lucky ones break
serve-stop = Stop
serve-lost = The connection was lost before the run ended. Run it again.
serve-output = Output
serve-output-none = Press “Run”: the lines appear here as they are printed, then the timeline of this run.
serve-possible = What else could have happened
serve-possible-lead = A run shows one order of events. The explorer has played each scenario in a model, with small numbers, in every order there is; where that could not be done, it says so.
serve-possible-one = Exactly one output is possible.
serve-possible-exactly = Exactly { $count } different outputs are possible.
serve-possible-too-many = There are more different outputs than can be counted.
serve-possible-it = The output
serve-possible-some = Some of them, as different as can be
serve-possible-orders = Guaranteed: always in this order, and why
serve-possible-order = “{ $before }” before “{ $after }”: { $cause }
serve-possible-luck = Luck or timing: now one first, now the other
serve-possible-pair = “{ $one }” and “{ $other }”
serve-possible-likely-fails = Only likely: `{ $rule }` can fail.
serve-possible-likely-holds = Called likely, but with numbers this small nothing breaks it: `{ $rule }`.
serve-possible-likely-open = Only likely, and not judged: `{ $rule }`.
serve-possible-sampled = Not proved: there are more orders than were tried. Nothing is listed here, for it might not be all.
serve-possible-bounded = Not proved: some executions had to be cut short. Nothing is listed here, for it might not be all.
serve-possible-lacks = Not explored: it uses { $what }, of which the explorer has no model. Run it a few times, with a random delay, to see what changes.
serve-possible-lacks-sockets = sockets
serve-possible-again = In a terminal: `{ $line }`
serve-explanation = Explanation
serve-guaranteed = Guaranteed in every run
serve-likely = Only likely
serve-error-scenario = There is no scenario “{ $value }”.
serve-error-scenario-next = Choose one from 1 to { $last }.
serve-error-range = “{ $value }” is not a value for { $name }.
serve-error-range-next = Choose a whole number from { $min } to { $max }.
serve-error-seed = “{ $value }” is not a seed.
serve-error-seed-next = Choose a whole number, 0 or more, or leave it empty.
serve-error-json = “{ $value }” is not a value for { $name }.
serve-error-json-next = Choose 1 for JSON or 0 for a page.
serve-error-twice = { $name } is given twice.
serve-error-twice-next = Give it once.
serve-error-parameter = Exercise { $id } has no parameter “{ $name }”.
serve-error-parameter-next = It takes: { $allowed }.

## A run
serve-waiting = { $count ->
    [0] This run is the next one.
    [one] One run comes before this one.
   *[other] { $count } runs come before this one.
}
serve-busy = { $count ->
    [one] Too many runs are waiting. Try again in one second.
   *[other] Too many runs are waiting. Try again in { $count } seconds.
}
serve-busy-own = { $count ->
    [one] Too many runs from your address are under way; others can still start theirs. Try again in one second.
   *[other] Too many runs from your address are under way; others can still start theirs. Try again in { $count } seconds.
}
serve-done = The run has ended after { $time }.
serve-timed-out = The run took too long and was ended.
serve-stopped-time = The run took too long and was ended.
serve-stopped-output = The run printed more than there is room for and was ended.
serve-stopped-memory = The run took too much memory and was ended.
serve-stopped-threads = The run started too many threads and was ended.
serve-stopped-abandoned = The run was stopped.
serve-stopped-closing = The server is being shut down, so the run was ended.
serve-stopped-failed = The run failed. { $reason }
serve-order = Order
serve-result = Final values
serve-this-run = This run on a page of its own
serve-this-json = This run as JSON
serve-run-gone = This run is not kept any more.

## Rooms of a class
serve-room = Rooms
serve-room-lead = In a room a teacher shows one page to all: everybody in it sees the same run, each in their own language.
serve-room-name = Name of the room
serve-room-enter = Enter
serve-room-open = Open a new room
serve-room-yours = Your room: { $room }
serve-room-unknown = There is no room of this name.
serve-room-full = There are too many rooms, or too many readers in this one. Try again later.
serve-room-not-yours = Only the browser that opened a room can show something there.
serve-room-title = Room { $room }
serve-room-leads = This is your room. Tell the class its name: { $room }. Then choose an exercise, and press “Run for the room” there.
serve-room-waiting = Nothing is shown yet. This page changes by itself.
serve-room-shows = Exercise { $id } is shown: { $title }
serve-room-frame = What is shown in the room
serve-room-run = Run for the room

## Addresses for programs
serve-docs = Addresses for programs
serve-docs-lead = Every exercise has an address. With `Json=1` the answer is one JSON document, without it a page. Without `scenario` nothing is run.
serve-docs-read = Read them all
serve-docs-try = Try them
serve-docs-send = Send
serve-docs-name = Name
serve-docs-values = Values
serve-docs-about = Meaning
serve-docs-forms = Forms of the answers
serve-docs-q = words to search for in the names of the exercises
serve-docs-tag = an exercise; the answer leads on to its page
serve-docs-run = the name of a run, as its page shows it; the newest runs are kept
serve-docs-json = 1 for one JSON document, 0 for a page
serve-docs-200 = The document or the page.
serve-docs-400 = A parameter is wrong; the answer says which, why, and what it takes.
serve-docs-429 = Too many runs are waiting; `Retry-After` says when to try again.
