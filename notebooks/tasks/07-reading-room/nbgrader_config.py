# For a stock nbgrader in this folder: generate_assignment, autograde, generate_feedback.
c = get_config()  # noqa: F821

c.ClearSolutions.code_stub = {"rust": "fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {\n    // Your code goes here.\n    let _ = (room, patience);\n    Err(Refused::NoDesk)\n}\n\nfn leave(room: &ReadingRoom) -> Result<(), NobodyInside> {\n    let _ = room;\n    Err(NobodyInside)\n}\n\nfn close(room: &ReadingRoom) {\n    let _ = room;\n}"}
c.ClearSolutions.text_stub = "Your answer"
# The first cell is compiled with everything it uses.
c.Execute.timeout = 300
c.Execute.startup_timeout = 120
# Nothing is said while a cell is compiled; nbgrader waits four seconds unless told otherwise.
c.Execute.iopub_timeout = 300
