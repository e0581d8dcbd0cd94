"""A headless Chromium and what a reader does in JupyterLab with it: open a
notebook, run all cells, look at what came of them. Every wait is for a
condition on the page, with a limit."""

import os
import shutil
import tempfile

from selenium import webdriver
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    NoSuchElementException,
    StaleElementReferenceException,
    TimeoutException,
)
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=en",
]


def program(*names):
    for name in names:
        if path := shutil.which(name):
            return path
    raise AssertionError(f"none of {names} is installed; tests/run installs what is missing")


class Browser:
    def __init__(self, width=1400, height=1000):
        self.profile = tempfile.mkdtemp(prefix="chromium-", dir=os.getcwd())
        options = webdriver.ChromeOptions()
        options.binary_location = program("chromium", "chromium-browser", "google-chrome")
        for flag in [*FLAGS, f"--window-size={width},{height}", f"--user-data-dir={self.profile}"]:
            options.add_argument(flag)
        service = Service(program("chromedriver", "chromium.chromedriver"))
        self.page = webdriver.Chrome(options=options, service=service)
        self.page.set_page_load_timeout(60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.page.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def until(self, condition, what, seconds=60):
        ignored = [StaleElementReferenceException, NoSuchElementException]
        try:
            return WebDriverWait(self.page, seconds, 0.2, ignored).until(lambda _: condition())
        except TimeoutException:
            picture = os.path.join(os.getcwd(), "failed.png")
            self.page.save_screenshot(picture)
            raise AssertionError(f"{what} did not come in {seconds} s; see {picture}") from None

    def all(self, selector):
        return self.page.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.page.find_element(By.CSS_SELECTOR, selector)

    def seen(self, selector, what=None, seconds=60):
        def shown():
            return next((e for e in self.all(selector) if e.is_displayed()), None)

        return self.until(shown, what or selector, seconds)

    def press(self, selector, text=None, seconds=30):
        """Clicks what a reader would click; a passing cover is waited for."""

        def click():
            for element in self.all(selector):
                if element.is_displayed() and (text is None or element.text.strip() == text):
                    try:
                        element.click()
                    except ElementClickInterceptedException:
                        return False
                    return True
            return False

        self.until(click, f"{selector} {text or ''} to press", seconds)

    def open(self, url):
        self.page.get(url)
        self.seen("#jp-top-panel", "JupyterLab")
        # The question about news stands in front of everything, once.
        self.page.execute_script(
            "new MutationObserver(() => document.querySelectorAll('.jp-toast-button')"
            ".forEach(b => { if (b.textContent.trim() === 'No') b.click(); }))"
            ".observe(document.body, {childList: true, subtree: true});"
        )

    def kernel_is_idle(self):
        indicator = self.all(".jp-Notebook-ExecutionIndicator")
        return bool(indicator) and indicator[0].get_attribute("data-status") == "idle"

    def run_all_cells(self, seconds=240):
        self.until(self.kernel_is_idle, "an idle kernel", 90)
        self.press(".lm-MenuBar-itemLabel", "Run")
        self.press('.lm-Menu-item[data-command="runmenu:run-all"]')
        self.until(self.everything_ran, "the end of all cells", seconds)

    def code_cells(self):
        """What the page shows of every code cell: prompt, source, outputs."""
        return self.page.execute_script(
            """
            const panel = '.jp-NotebookPanel:not(.lm-mod-hidden)';
            return [...document.querySelectorAll(panel + ' .jp-CodeCell')].map(cell => ({
                prompt: cell.querySelector('.jp-InputPrompt')?.textContent.trim() ?? '',
                source: cell.querySelector('.cm-content')?.innerText ?? '',
                output: [...cell.querySelectorAll('.jp-OutputArea-output')]
                    .map(o => o.innerText).join('\\n'),
                errors: cell.querySelectorAll(
                    '[data-mime-type="application/vnd.jupyter.error"]').length,
            }));
            """
        )

    def everything_ran(self):
        cells = [cell for cell in self.code_cells() if cell["source"].strip()]
        numbered = all(cell["prompt"].strip("[]: ").isdigit() for cell in cells)
        return bool(cells) and numbered and self.kernel_is_idle()

    def scroll_to(self, selector, index=0):
        self.page.execute_script(
            "arguments[0].scrollIntoView({block: 'start'})", self.all(selector)[index]
        )

    def picture(self, name):
        folder = os.environ.get("WEFT_TEST_PICTURES", os.getcwd())
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, f"{name}.png")
        self.page.save_screenshot(path)
        return path
