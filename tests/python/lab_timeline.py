"""The picture of a run in a real JupyterLab, in notebooks that are trusted and that are not, in both
themes, in English and Persian; and in a page made of a notebook."""

import pathlib
import subprocess
import sys
import unittest

import report
from browser import Browser
from lab import kernel_answered, settings
from lab_picker import notebook, page_config, plain_lab

OUTPUT = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output"


def executed(name, *cells):
    """A notebook run by somebody else: whoever opens it has no reason to trust it."""
    notebook(f"source-{name}", *cells)
    command = [
        sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute",
        "--output", name, f"source-{name}",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


class LabTimeline(unittest.TestCase):
    def setUp(self):
        page_config({})
        settings(
            "@jupyterlab/notebook-extension/tracker.jupyterlab-settings", {"windowingMode": "none"}
        )

    def theme(self, name):
        settings("@jupyterlab/apputils-extension/themes.jupyterlab-settings", {"theme": name})

    def open(self, browser, server, name):
        origin, query = server.address.split("/lab?")
        browser.open(f"{origin}/lab/tree/{name}?{query}&reset")
        browser.seen(".jp-NotebookPanel .jp-CodeCell", "the notebook")
        browser.until(lambda: kernel_answered(server.address), "a kernel that answers", 90)
        browser.until(browser.kernel_is_idle, "an idle kernel", 90)

    def pictures(self, browser, within=OUTPUT):
        """Width, height and text of every picture that was really drawn."""
        return browser.page.execute_script(
            "return [...document.querySelectorAll(arguments[0] + ' img')]"
            ".filter(i => i.complete && i.naturalWidth > 0)"
            ".map(i => [i.naturalWidth, i.naturalHeight, i.alt])",
            within,
        )

    def seen_whole(self, browser, name, word):
        browser.until(lambda: self.pictures(browser), "a picture", 60)
        (width, height, alt), *others = self.pictures(browser)
        self.assertEqual(others, [], "one picture for one run")
        self.assertEqual(width, 960)
        self.assertGreater(height, 150)
        self.assertIn(word, alt)
        browser.page.execute_script(
            "document.querySelector(arguments[0] + ' img').scrollIntoView({block: 'start'})", OUTPUT
        )
        browser.picture(name)
        # What the picture shows, as a table, behind a line to press.
        browser.press(f"{OUTPUT} details summary")
        rows = browser.page.execute_script(
            "return [...document.querySelectorAll(arguments[0] + ' details tr')]"
            ".filter(r => r.checkVisibility()).length",
            OUTPUT,
        )
        self.assertGreater(rows, 20)
        browser.scroll_to(f"{OUTPUT} details")
        browser.picture(f"{name}-table")

    def test_a_run_is_drawn_in_a_trusted_notebook_in_a_light_theme(self):
        self.theme("JupyterLab Light")
        notebook("timeline-en.ipynb", ":run s1e4 --n_threads 4 --time-scale 0.3")
        with plain_lab() as server, Browser() as browser:
            self.open(browser, server, "timeline-en.ipynb")
            browser.run_all_cells()
            self.seen_whole(browser, "timeline-english-light", "who did what when")

    def test_a_run_is_drawn_in_persian_in_a_dark_theme(self):
        self.theme("JupyterLab Dark")
        notebook("timeline-fa.ipynb", ":lang fa\n:run s1e7 --time-scale 0.3")
        with plain_lab() as server, Browser() as browser:
            self.open(browser, server, "timeline-fa.ipynb")
            browser.run_all_cells()
            self.seen_whole(browser, "timeline-persian-dark", "چه کسی چه زمانی چه کرد")
            directions = browser.page.execute_script(
                "return [...document.querySelectorAll(arguments[0] + ' li')]"
                ".map(e => getComputedStyle(e).direction)",
                OUTPUT,
            )
            self.assertEqual(set(directions), {"rtl"})

    def test_a_run_is_drawn_in_a_notebook_that_is_not_trusted(self):
        self.theme("JupyterLab Dark")
        executed("timeline-other.ipynb", ":run s2e6 --time-scale 0.3 --n_products 5")
        with plain_lab() as server, Browser() as browser:
            self.open(browser, server, "timeline-other.ipynb")
            self.seen_whole(browser, "timeline-untrusted-dark", "who did what when")

    def test_a_run_is_drawn_in_a_page_made_of_a_notebook(self):
        executed("timeline-page.ipynb", ":lang fa\n:run s1e6 --n_threads 3 --time-scale 0.3")
        for template in ("lab", "classic", "basic"):
            command = [
                sys.executable, "-m", "nbconvert", "--to", "html", "--template", template,
                "--output", f"timeline-{template}.html", "timeline-page.ipynb",
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        with Browser() as browser:
            for template in ("lab", "classic", "basic"):
                page = pathlib.Path(f"timeline-{template}.html").resolve()
                browser.page.get(page.as_uri())
                browser.until(lambda: self.pictures(browser, "body"), "a picture", 60)
                (width, _, alt), *_ = self.pictures(browser, "body")
                self.assertEqual(width, 960, template)
                self.assertIn("s1e6", alt, template)
                browser.picture(f"timeline-page-{template}")


if __name__ == "__main__":
    report.main(limit_s=850)
