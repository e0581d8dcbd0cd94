# What an exercise says: titles, scenarios, notes and the text of every printed line.
#
# Arguments of the line texts (ids ending in -line-WHAT):
#   $who          who printed the line, as in the JSON document: "thread 3", "adder", "MyClass-2", "main"
#   $index        the first number in $who, where there is one ("thread 3" gives 3)
#   $value        the value, where it is a number or a word
#   $value_FIELD  one field of the value, where it is an object: $value_pid, $value_parent, $value_when,
#                 $value_alive ("true" or "false"), $value_input, $value_output
# Translate the sentences; keep names (Reza, myFunc, MyClass-2, p1) and the variables as they are.

## Parameters

parameter-n_threads = number of threads (in exercise s1e6: of pairs of threads)
parameter-n_process = number of processes
parameter-n_products = number of products
parameter-n_inputs = number of inputs
parameter-n_workers = number of workers of the pool (0 = one for each core)
parameter-length = length of the array or list
parameter-n_tasks = number of tasks
parameter-shared_cell = 1 shows the bug: one shared cell in place of the queue
parameter-n_rounds = number of rounds
parameter-n_permits = number of permits
parameter-n_parties = number of threads the barrier waits for
parameter-n_handlers = number of threads that wait for the event
parameter-n_counts = how far is counted
parameter-interval = tenths of a second until the timer fires (in scenarios 2 and 3: half of that time)
parameter-num = the number that is cubed and squared
parameter-n_items = number of items in the queue
parameter-count = how far the counting goes
parameter-parties = how many must meet at the barrier
parameter-workers = number of workers
parameter-limit = how far each worker counts
parameter-gil = 1 lets all threads of a process share one lock, as CPython's interpreter lock (GIL)
parameter-dishes = number of dishes
parameter-dryers = number of dryers (in scenarios 1 and 2)
parameter-n_values = number of jobs
parameter-processes = 1 takes a pool of processes instead of threads
parameter-n_hosts = number of hosts
parameter-n_clients = number of clients
parameter-seconds = how many seconds the process may run (in exercise s4e14: the longer pause, in seconds)
parameter-load = number of messages
parameter-items = number of items
parameter-n_sites = number of addresses of the built-in test server (with --sites the file decides)
parameter-concurrency = how many tasks the worker does at a time
parameter-sites = text file with the addresses to check, one a line (# begins a comment)
