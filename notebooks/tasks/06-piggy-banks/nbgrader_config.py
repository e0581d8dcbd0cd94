# For a stock nbgrader in this folder: generate_assignment, autograde, generate_feedback.
c = get_config()  # noqa: F821

c.ClearSolutions.code_stub = {"rust": "/// True when the money was moved.\nfn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {\n    // Your code goes here.\n    let _ = (bank.withdraw(from, 0), bank.deposit(to, 0), amount);\n    false\n}\n"}
c.ClearSolutions.text_stub = ""
# The first cell is compiled with everything it uses.
c.Execute.timeout = 300
c.Execute.startup_timeout = 120
# Nothing is said while a cell is compiled; nbgrader waits four seconds unless told otherwise.
c.Execute.iopub_timeout = 300
