# For a stock nbgrader in this folder: generate_assignment, autograde, generate_feedback.
c = get_config()  # noqa: F821

c.ClearSolutions.code_stub = {"rust": "fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {\n    // Your code goes here.\n    let _ = (k, jobs, workers);\n    Vec::new()\n}\n\nfn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {\n    // And here.\n    let _ = (jobs, workers);\n    Vec::new()\n}"}
c.ClearSolutions.text_stub = "Your answer"
# The first cell is compiled with everything it uses.
c.Execute.timeout = 300
c.Execute.startup_timeout = 120
# Nothing is said while a cell is compiled; nbgrader waits four seconds unless told otherwise.
c.Execute.iopub_timeout = 300
