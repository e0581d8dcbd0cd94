# For a stock nbgrader in this folder: generate_assignment, autograde, generate_feedback.
c = get_config()  # noqa: F821

c.ClearSolutions.code_stub = {"rust": "struct Desk {\n    // Your fields go here.\n}\n\nimpl Desk {\n    fn open(clerks: usize, room: usize, work: Work) -> Desk {\n        // Your code goes here.\n        let _ = (clerks, room, work);\n        Desk {}\n    }\n\n    fn ask(&self, request: u32) -> Option<Receiver<u32>> {\n        let _ = request;\n        None\n    }\n\n    fn fire(&self, request: u32) {\n        let _ = request;\n    }\n\n    fn close(self) {}\n}"}
c.ClearSolutions.text_stub = "Your answer"
# The first cell is compiled with everything it uses.
c.Execute.timeout = 300
c.Execute.startup_timeout = 120
# Nothing is said while a cell is compiled; nbgrader waits four seconds unless told otherwise.
c.Execute.iopub_timeout = 300
