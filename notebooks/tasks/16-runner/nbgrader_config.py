# For a stock nbgrader in this folder: generate_assignment, autograde, generate_feedback.
c = get_config()  # noqa: F821

c.ClearSolutions.code_stub = {"rust": "fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {\n    // Your code goes here.\n    let _ = (argv, input, limit);\n    Ok(Outcome::default())\n}\n\nfn pipe(first: &[&str], second: &[&str]) -> io::Result<Vec<u8>> {\n    // And here.\n    let _ = (first, second);\n    Ok(Vec::new())\n}"}
c.ClearSolutions.text_stub = "Your answer"
# The first cell is compiled with everything it uses.
c.Execute.timeout = 300
c.Execute.startup_timeout = 120
# Nothing is said while a cell is compiled; nbgrader waits four seconds unless told otherwise.
c.Execute.iopub_timeout = 300
