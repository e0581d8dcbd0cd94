"""The form of `:pick` in a real JupyterLab: chosen in, pressed, read, loaded again, lost."""

import json
import os
import pathlib
import sys
import unittest

import report
from browser import Browser
from lab import Server, free_port, kernel_answered, settings

FORM = ".jp-NotebookPanel:not(.lm-mod-hidden) .weft-picker"


def notebook(name, *cells):
    """A notebook of these cells."""
    content = {
        "cells": [
            {"cell_type": "code", "execution_count": None, "id": f"cell-{number}",
             "metadata": {}, "outputs": [], "source": source}
            for number, source in enumerate(cells)
        ],
        "metadata": {"kernelspec": {
            "name": "weft", "display_name": "Rust (Weft)", "language": "rust"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    pathlib.Path(name).write_text(json.dumps(content), encoding="utf-8")


def plain_lab():
    return Server(
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        f"--port={free_port()}", "--ServerApp.ip=127.0.0.1", "--ServerApp.root_dir=.",
    )


def page_config(values):
    path = pathlib.Path(os.environ["JUPYTER_CONFIG_DIR"], "labconfig/page_config.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values), encoding="utf-8")


class LabPicker(unittest.TestCase):
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
        # The page calls itself idle before its kernel has answered once.
        browser.until(lambda: kernel_answered(server.address), "a kernel that answers", 90)
        browser.until(browser.kernel_is_idle, "an idle kernel", 90)

    def text(self, browser, selector):
        """What a reader sees of it; of what is hidden, nothing."""
        return browser.page.execute_script(
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter(e => e.checkVisibility()).map(e => e.innerText).join('\\n')",
            f"{FORM} {selector}",
        )

    def choose_and_run(self, browser, expected):
        browser.seen(f"{FORM} button", "the button")
        browser.press(f"{FORM} .widget-radio-box label:nth-child(2)")
        browser.press(f"{FORM} button")
        browser.until(lambda: expected in self.text(browser, ".weft-result"), expected, 90)
        browser.until(browser.kernel_is_idle, "an idle kernel", 90)
        return self.text(browser, ".weft-line")

    def directions(self, browser, selector):
        return browser.page.execute_script(
            "return [...document.querySelectorAll(arguments[0])]"
            ".map(e => getComputedStyle(e).direction)",
            f"{FORM} {selector}",
        )

    def look(self, browser, name):
        browser.scroll_to(".jp-NotebookPanel .jp-CodeCell")
        browser.picture(name)

    def test_a_reader_picks_plays_loads_again_and_restarts(self):
        self.theme("JupyterLab Light")
        notebook("pick.ipynb", ":pick s1e1")
        saved = pathlib.Path("pick.ipynb")
        with plain_lab() as server, Browser() as browser:
            self.open(browser, server, "pick.ipynb")
            browser.run_all_cells()
            browser.seen(f"{FORM} button", "the button")
            self.look(browser, "picker-english-light-form")
            line = self.choose_and_run(browser, "Function called by thread 9")
            self.assertRegex(line, r"^:run s1e1 --scenario 2 --n_threads 10 --seed \d+$")
            self.assertIn("waits for the end of", self.text(browser, ".weft-result details"), "the timeline")
            self.assertEqual(self.text(browser, ".weft-lost"), "", "nothing is lost yet")
            self.look(browser, "picker-english-light")
            browser.scroll_to(f"{FORM} details")
            browser.picture("picker-english-light-timeline")

            # A number outside its range becomes the nearest one inside.
            number = browser.one(f"{FORM} input[type=number]")
            number.clear()
            number.send_keys("999\t")
            browser.until(lambda: number.get_attribute("value") == "64", "the largest number")

            # The page is loaded again: what was chosen and played is still there.
            browser.press(".jp-NotebookPanel-toolbar [data-command='docmanager:save'] button, "
                          ".jp-NotebookPanel-toolbar [data-jp-item-name='save'] jp-button")
            browser.until(lambda: "widget-view" in saved.read_text(encoding="utf-8"), "the file")
            self.open(browser, server, "pick.ipynb")
            browser.until(
                lambda: "thread 9" in self.text(browser, ".weft-result"), "the form again", 60
            )
            self.assertEqual(self.text(browser, ".weft-line"), line)
            value = browser.one(f"{FORM} input[type=number]").get_attribute("value")
            self.assertEqual(value, "64")

            # Another kernel: the form says how to get it back, also when loaded again.
            self.restart(browser)
            browser.until(
                lambda: ":pick s1e1" in self.text(browser, ".weft-lost"), "how to get it back", 60
            )
            self.look(browser, "picker-english-light-lost")
            self.open(browser, server, "pick.ipynb")
            lost = ".jp-NotebookPanel .jp-OutputArea"
            browser.until(
                lambda: ":pick s1e1" in browser.one(lost).text, "how to get it back", 60
            )
            self.look(browser, "picker-english-light-lost-again")
            browser.run_all_cells()
            self.choose_and_run(browser, "Function called by thread 9")

    def restart(self, browser):
        browser.press(".lm-MenuBar-itemLabel", "Kernel")
        browser.press('.lm-Menu-item[data-command="kernelmenu:restart"]')
        browser.press(".jp-Dialog-button.jp-mod-accept .jp-Dialog-buttonLabel", "Restart")

    def test_persian_in_a_dark_theme(self):
        self.theme("JupyterLab Dark")
        notebook("pick-fa.ipynb", ":lang fa\n:pick s1e6")
        with plain_lab() as server, Browser() as browser:
            self.open(browser, server, "pick-fa.ipynb")
            browser.run_all_cells()
            line = self.choose_and_run(browser, "permits_left")
            self.assertRegex(line, r"^:run s1e6 --scenario 2 --n_threads 10 --shared_cell 0 --seed")
            self.assertEqual(browser.one(f"{FORM} button").text.strip(), "اجرا")
            self.assertEqual(set(self.directions(browser, ".weft-title p")), {"rtl"})
            self.assertEqual(set(self.directions(browser, ".widget-radio-box label")), {"rtl"})
            self.assertEqual(set(self.directions(browser, "pre, input[type=number]")), {"ltr"})
            self.look(browser, "picker-persian-dark")
            browser.scroll_to(f"{FORM} details")
            browser.picture("picker-persian-dark-timeline")

    def test_persian_plays_step_by_step_from_right_to_left(self):
        self.theme("JupyterLab Dark")
        code = 'let other = std::thread::spawn(|| println!("one"));\nprintln!("two");\nother.join().unwrap();'
        notebook("play-fa.ipynb", f":lang fa\n:play\n{code}")
        with plain_lab() as server, Browser() as browser:
            self.open(browser, server, "play-fa.ipynb")
            browser.run_all_cells()
            browser.seen(f"{FORM} button.mod-primary", "a thread that can go", 240)
            for steps in range(1, 4):
                browser.press(f"{FORM} button.mod-primary")
                taken = lambda: self.text(browser, ".weft-printed").count("\n") + 1
                browser.until(lambda: self.text(browser, ".weft-printed") and taken() >= steps, "the step", 60)
            self.assertEqual(self.directions(browser, ".weft-printed"), ["rtl"])
            self.assertEqual(set(self.directions(browser, ".weft-result code, .weft-line")), {"ltr"})
            self.look(browser, "play-persian-dark")

    def test_a_page_without_widgets_shows_the_text(self):
        page_config({"disabledExtensions": {"@jupyter-widgets/jupyterlab-manager": True}})
        notebook("pick-text.ipynb", ":pick s1e6")
        with plain_lab() as server, Browser() as browser:
            self.open(browser, server, "pick-text.ipynb")
            browser.run_all_cells()
            (cell,) = browser.code_cells()
            self.assertIn(":run s1e6 --scenario 1 --n_threads 10", cell["output"])
            self.assertEqual(browser.all(FORM), [])
            self.look(browser, "picker-text")


if __name__ == "__main__":
    report.main(limit_s=850)
