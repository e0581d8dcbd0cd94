"""Runs the unittest classes of a script and writes what happened as JSON.

The file named by WEFT_TEST_REPORT gets {"ran": [...], "failed": [[name, trace]],
"skipped": [[name, reason]]}. The exit code tells only whether the report was
written: the reader decides what a failure or a skipped test means.
"""

import faulthandler
import json
import os
import sys
import unittest


class Collector(unittest.TextTestResult):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ran = []

    def startTest(self, test):
        super().startTest(test)
        self.ran.append(getattr(test, "label", test.id().split(".")[-1]))


def main(limit_s=1450):
    """Runs every test of the calling script; says where it hangs at the limit."""
    faulthandler.dump_traceback_later(limit_s, exit=True)
    chosen = sys.argv[1:]
    loader = unittest.defaultTestLoader
    module = sys.modules["__main__"]
    if chosen:
        loader.testNamePatterns = [f"*{name}*" for name in chosen]
    suite = loader.loadTestsFromModule(module)
    runner = unittest.TextTestRunner(resultclass=Collector, verbosity=2, stream=sys.stderr)
    result = runner.run(suite)
    report = {
        "ran": result.ran,
        "failed": [[t.id(), trace] for t, trace in result.failures + result.errors]
        + [[t.id(), "passed, but was expected to fail"] for t in result.unexpectedSuccesses],
        "skipped": [[t.id(), why] for t, why in result.skipped]
        + [[t.id(), trace] for t, trace in result.expectedFailures],
    }
    path = os.environ.get("WEFT_TEST_REPORT")
    text = json.dumps(report, indent=1)
    if path:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text)
