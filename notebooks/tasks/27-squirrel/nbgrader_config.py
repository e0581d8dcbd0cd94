# For a stock nbgrader in this folder: generate_assignment, autograde, generate_feedback.
c = get_config()  # noqa: F821

c.ClearSolutions.code_stub = {"rust": "fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {\n    // Your code goes here.\n    let _ = (sites, workers, limit, owners);\n    Report::new()\n}\n\nfn check_otherwise(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {\n    // Your code goes here.\n    let _ = (sites, workers, limit, owners);\n    Report::new()\n}"}
c.ClearSolutions.text_stub = "Your answer"
# The first cell is compiled with everything it uses.
c.Execute.timeout = 300
c.Execute.startup_timeout = 120
# Nothing is said while a cell is compiled; nbgrader waits four seconds unless told otherwise.
c.Execute.iopub_timeout = 300
