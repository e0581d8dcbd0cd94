"""Runs committed notebooks with nbclient, as "run all cells" does: the files named in
WEFT_TEST_NOTEBOOKS, separated by lines.

One test a notebook, labelled LANG/NAME; a cell that raises fails its notebook.
"""

import os
import pathlib
import unittest

import nbformat
from nbclient import NotebookClient

import report

CHOSEN = [pathlib.Path(line) for line in os.environ["WEFT_TEST_NOTEBOOKS"].splitlines()]
KERNEL = os.environ.get("WEFT_TEST_KERNEL", "weft")


class Notebook(unittest.TestCase):
    def __init__(self, path):
        super().__init__("run_all_cells")
        self.path = path
        self.label = f"{path.parent.name}/{path.name}"

    def id(self):
        return self.label

    def __str__(self):
        return self.label

    def run_all_cells(self):
        notebook = nbformat.read(self.path, as_version=4)
        nbformat.validate(notebook)
        self.assertEqual(notebook.metadata.kernelspec.name, "weft")
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell in cells:
            self.assertEqual(cell.outputs, [], "notebooks are committed without outputs")
        work = pathlib.Path.cwd() / self.label.replace("/", "-")
        work.mkdir()
        client = NotebookClient(
            notebook,
            timeout=120,
            kernel_name=KERNEL,
            resources={"metadata": {"path": str(work)}},
        )
        client.execute()
        for cell in cells:
            if cell.source.strip():
                self.assertIsNotNone(cell.execution_count, cell.source)
            if cell.source.lstrip().startswith(":run"):
                self.assertTrue(cell.outputs, f"{cell.source} shows something")


def load_tests(*_):
    suite = unittest.TestSuite()
    for path in CHOSEN:
        suite.addTest(Notebook(path))
    return suite


if __name__ == "__main__":
    report.main(limit_s=30 + 60 * len(CHOSEN))
