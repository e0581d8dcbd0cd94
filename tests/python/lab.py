"""JupyterLab in a browser: `weft lab` as the README says, and a plain
`jupyter lab` beside an installed kernel."""

import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request

import report
from browser import Browser

PROGRAM = os.environ["WEFT_TEST_PROGRAM"]
CHAPTER = "02-"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server that prints its address, and ends with its block."""

    def __init__(self, *command, pattern=r"http://127\.0\.0\.1:\d+/lab\?token=\w+"):
        self.log = open(f"server-{time.monotonic_ns()}.log", "w+b")
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log
        )
        self.address = self.wait_for_address(pattern)

    def printed(self):
        return pathlib.Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def wait_for_address(self, pattern, seconds=300):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := re.search(pattern, self.printed()):
                return found.group(0)
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.end()
        raise AssertionError("no address was printed\n" + self.printed())

    def end(self):
        # Jupyter may miss a signal that comes while a page is still connecting.
        for _ in range(2):
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGTERM)
                try:
                    self.process.wait(20)
                except subprocess.TimeoutExpired:
                    continue
        self.log.close()
        if self.process.poll() is None:
            self.process.kill()
            raise AssertionError("the server did not end\n" + self.printed())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


def kernel_answered(address):
    """Whether the server itself has heard from a kernel that a page is connected to.

    What the page shows comes earlier; a server told to end before it knows its kernel hangs.
    """
    with urllib.request.urlopen(address.replace("/lab?", "/api/sessions?"), timeout=10) as reply:
        kernels = [session["kernel"] for session in json.load(reply)]
    return any(k["execution_state"] == "idle" and k["connections"] > 0 for k in kernels)


def weft_lab(folder, lang, how="--yes", *more):
    command = [PROGRAM, "lab", "--no-browser", how, "--port", str(free_port()), *more]
    return Server(*command, "--dir", folder, "--lang", lang)


def status(address):
    """What the server says to somebody who sees it at another address than its own."""
    away = address.replace("127.0.0.1", "127.0.0.2").replace("/lab", "/api/contents")
    try:
        with urllib.request.urlopen(away, timeout=30) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code
    except urllib.error.URLError as error:
        return type(error.reason)


def settings(plugin, values):
    path = pathlib.Path(os.environ["JUPYTER_CONFIG_DIR"], "lab/user-settings", plugin)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values), encoding="utf-8")


class Lab(unittest.TestCase):
    def setUp(self):
        # Every cell is in the page, also those a reader would scroll to.
        settings(
            "@jupyterlab/notebook-extension/tracker.jupyterlab-settings", {"windowingMode": "none"}
        )

    def theme(self, name):
        settings("@jupyterlab/apputils-extension/themes.jupyterlab-settings", {"theme": name})

    def chapter(self, folder, lang):
        found = sorted(pathlib.Path(folder, lang).glob(f"{CHAPTER}*.ipynb"))
        self.assertTrue(found, f"chapter {CHAPTER} of {lang} was copied")
        return found[0].relative_to(folder)

    def read_and_run(self, browser, server, notebook):
        origin, query = server.address.split("/lab?")
        browser.open(f"{origin}/lab/tree/{notebook}?{query}&reset")
        browser.seen(".jp-NotebookPanel .jp-CodeCell", "the notebook")
        browser.until(
            lambda: browser.one(".jp-NotebookPanel .jp-KernelName").text.strip() == "Rust (Weft)",
            "the kernel's name in the toolbar",
        )
        browser.run_all_cells()
        cells = browser.code_cells()
        self.assertGreaterEqual(len(cells), 4)
        for cell in cells:
            self.assertEqual(cell["errors"], 0, cell)
            if cell["source"].lstrip().startswith(":run"):
                self.assertTrue(cell["output"].strip(), cell)
        runs = [cell for cell in cells if ":run s1e1" in cell["source"]]
        self.assertTrue(runs, "a cell that runs s1e1")
        for i in range(3):
            self.assertIn(f"thread {i}", runs[0]["output"])
        programs = [c for c in cells if c["source"].strip() and not c["source"].lstrip().startswith(":")]
        self.assertTrue(any(cell["output"].strip() for cell in programs), "Rust code prints too")
        return cells

    def sees_a_picture_in_the_text(self, browser, server, lang, name):
        """The timeline that chapter 1 explains is a file beside the notebook."""
        origin, query = server.address.split("/lab?")
        browser.open(f"{origin}/lab/tree/{lang}/01-orientation.ipynb?{query}&reset")
        shown = """
            const picture = document.querySelector('.jp-RenderedMarkdown img');
            picture?.scrollIntoView({block: 'center'});
            return picture && picture.complete && [picture.naturalWidth, picture.alt];
        """
        browser.until(lambda: browser.page.execute_script(shown), "a picture in the text")
        width, alt = browser.page.execute_script(shown)
        self.assertEqual(width, 960)
        browser.picture(name)
        return alt

    def test_english_in_a_light_theme(self):
        self.theme("JupyterLab Light")
        with weft_lab("work-en", "en") as server, Browser() as browser:
            self.read_and_run(browser, server, self.chapter("work-en", "en"))
            self.assertEqual(browser.one("body").get_attribute("data-jp-theme-light"), "true")
            browser.scroll_to(".jp-NotebookPanel .jp-Cell")
            browser.picture("english-light-top")
            run = next(
                i for i, c in enumerate(browser.code_cells()) if ":run s1e1" in c["source"]
            )
            browser.scroll_to(".jp-NotebookPanel .jp-CodeCell", run)
            browser.picture("english-light")
            alt = self.sees_a_picture_in_the_text(browser, server, "en", "english-light-text")
            self.assertIn("a lane for main", alt)

    def test_other_machines_come_in_where_they_may_and_with_the_token_alone(self):
        with weft_lab("closed", "en") as server:
            self.assertEqual(status(server.address), ConnectionRefusedError)
            self.assertNotIn("has the token", server.printed())
        with weft_lab("open", "en", "--yes", "--ip", "0.0.0.0") as server:
            self.assertIn("has the token", server.printed())
            self.assertEqual(status(server.address), 200)
            self.assertEqual(status(server.address.split("?")[0]), 403)
            self.assertEqual(status(server.address[:-1]), 403)

    def test_persian_in_a_dark_theme(self):
        self.theme("JupyterLab Dark")
        with weft_lab("work-fa", "fa", "--offline") as server, Browser() as browser:
            self.read_and_run(browser, server, self.chapter("work-fa", "fa"))
            self.assertEqual(browser.one("body").get_attribute("data-jp-theme-light"), "false")
            paragraphs = browser.page.execute_script(
                """
                return [...document.querySelectorAll('.jp-RenderedMarkdown p')]
                    .filter(p => /[آ-ی]/.test(p.textContent))
                    .map(p => getComputedStyle(p)).map(s => [s.direction, s.textAlign]);
                """
            )
            self.assertGreater(len(paragraphs), 3)
            for direction, align in paragraphs:
                self.assertEqual(direction, "rtl")
                self.assertIn(align, ("right", "start"))
            code = browser.page.execute_script(
                """
                return [...document.querySelectorAll('.jp-RenderedMarkdown code')]
                    .map(c => getComputedStyle(c).direction);
                """
            )
            self.assertEqual(set(code) - {"ltr"}, set(), "code runs left to right")
            browser.scroll_to(".jp-NotebookPanel .jp-Cell")
            browser.picture("persian-dark-top")
            run = next(
                i for i, c in enumerate(browser.code_cells()) if ":run s1e1" in c["source"]
            )
            browser.scroll_to(".jp-NotebookPanel .jp-CodeCell", run)
            browser.picture("persian-dark")
            alt = self.sees_a_picture_in_the_text(browser, server, "fa", "persian-dark-text")
            self.assertIn("نوار", alt)

    def test_a_plain_jupyter_lab_offers_the_kernel(self):
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
            f"--port={free_port()}", "--ServerApp.ip=127.0.0.1", "--ServerApp.root_dir=.",
        ]
        with Server(*command) as server, Browser() as browser:
            browser.open(server.address)
            browser.seen('.jp-LauncherCard[title^="Rust (Weft)"]', "the kernel in the launcher")
            browser.press('.jp-LauncherCard[title^="Rust (Weft)"]')
            browser.until(lambda: kernel_answered(server.address), "a kernel that answers", 90)

    def test_an_edited_notebook_comes_up_to_date_and_keeps_what_was_written(self):
        with weft_lab("work-edit", "en"):
            chapter = pathlib.Path("work-edit") / self.chapter("work-edit", "en")
        original = pathlib.Path("work-edit/.weft-originals") / chapter.relative_to("work-edit")
        shipped = chapter.read_text(encoding="utf-8")

        def written(path, *edits):
            notebook = json.loads(shipped)
            for place, text in edits:
                notebook["cells"][place]["source"] = [text]
            path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
            return path.read_text(encoding="utf-8")

        edited = written(chapter, (0, "my own words"))
        with weft_lab("work-edit", "en"):
            pass
        self.assertEqual(chapter.read_text(encoding="utf-8"), edited, "there is nothing newer")

        # As if an older version had been copied, in which the second cell was another one.
        written(original, (1, "an older text"))
        written(chapter, (0, "my own words"), (1, "an older text"))
        with weft_lab("work-edit", "en"):
            pass
        notebook = json.loads(chapter.read_text(encoding="utf-8"))
        expected = json.loads(shipped)
        expected["cells"][0]["source"] = ["my own words"]
        self.assertEqual(notebook["cells"], expected["cells"])


if __name__ == "__main__":
    report.main(limit_s=850)
