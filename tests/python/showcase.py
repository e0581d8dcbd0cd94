"""`weft serve` in a real browser: from the menu to an exercise, its run, its timeline and its JSON, in English and
in Persian, in both themes, on a wide screen and on a phone; with the keyboard alone, and without scripts."""

import contextlib
import importlib.util
import json
import os
import pathlib
import re
import signal
import subprocess
import unittest
import urllib.request

import report
from browser import Browser
from selenium.webdriver.common.keys import Keys

PROGRAM = os.environ["WEFT_TEST_PROGRAM"]


@contextlib.contextmanager
def showcase():
    """A server on a free port; at the end it has to say that nothing runs any more."""
    command = [PROGRAM, "serve", "--addr", "127.0.0.1:0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield re.search(r"http://[\d.:]+", server.stdout.readline()).group()
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0, server.returncode
    finally:
        if server.poll() is None:
            server.kill()
            server.wait()
        server.stdout.close()


def dark(browser, wanted):
    features = [{"name": "prefers-color-scheme", "value": "dark" if wanted else "light"}]
    browser.page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def phone(browser):
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def broken_rules(browser):
    """The rules of axe-core that the page breaks, each with the first place where it does."""
    package = importlib.util.find_spec("axe_playwright_python").submodule_search_locations[0]
    browser.page.set_script_timeout(120)
    browser.page.execute_script((pathlib.Path(package) / "axe.min.js").read_text("utf-8"))
    found = browser.page.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document).then(done, why => done({error: String(why)}))"
    )
    assert "error" not in found, found
    assert found["passes"], "no rule looked at anything"
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]


class Showcase(unittest.TestCase):
    def complaints(self, browser):
        """What the browser itself found wrong: refused scripts and styles, lost files."""
        return [entry["message"] for entry in browser.page.get_log("browser")]

    def fits(self, browser):
        """Nothing makes the page itself wider than the window."""
        wide = browser.page.execute_script(
            "const root = document.documentElement;"
            "return root.scrollWidth - root.clientWidth"
        )
        self.assertLessEqual(wide, 1)

    def walk(self, browser, url, language, search, lines):
        browser.page.get(f"{url}/?lang={language}")
        self.assertEqual(browser.one("html").get_attribute("lang"), language)
        with urllib.request.urlopen(f"{url}/?Json=1", timeout=60) as answer:
            known = json.load(answer)["exercises"]
        self.assertEqual(len(browser.all(".menu li")), len(known))
        self.fits(browser)
        browser.picture(f"showcase-menu-{language}")

        browser.one("#q").send_keys(search)
        browser.until(
            lambda: [e.get_attribute("href") for e in browser.all(".menu a") if e.is_displayed()]
            == [f"{url}/s1e7?lang={language}"],
            "the only exercise with these words",
        )
        browser.one("#q").clear()
        browser.one("#q").send_keys("s1e1")
        browser.press(f'.menu a[href="/s1e1?lang={language}"]')

        browser.seen("#picture-head")
        drawn = "return document.querySelector('.figure img').naturalWidth"
        browser.until(lambda: browser.page.execute_script(drawn) == 960, "the recorded picture")
        self.fits(browser)
        browser.picture(f"showcase-exercise-{language}")

        browser.press("input[name=scenario][value='2']")
        count = browser.one("#n_threads")
        count.clear()
        count.send_keys("4")
        browser.press("button.main")
        browser.seen("#output ol.lines li", "a line, while it runs")
        browser.seen("[data-ended] .figure img", "the timeline of this run")
        said = [line.text for line in browser.all("#output ol.lines .said")]
        self.assertEqual(said, lines)
        self.assertEqual(browser.page.switch_to.active_element.get_attribute("id"), "output-head")
        self.fits(browser)
        browser.picture(f"showcase-run-{language}")

        link = next(e for e in browser.all(".links a") if "Json=1" in e.get_attribute("href"))
        with urllib.request.urlopen(link.get_attribute("href"), timeout=60) as answer:
            document = json.load(answer)
        self.assertEqual([line["text"] for line in document["lines"]], lines)
        self.assertEqual((document["scenario"], document["params"]["n_threads"]), (2, 4))
        self.assertEqual(self.complaints(browser), [])

    def test_english_in_a_light_theme(self):
        with showcase() as url, Browser() as browser:
            dark(browser, False)
            lines = [f"Function called by thread {i}" for i in range(4)]
            self.walk(browser, url, "en", "barrier race", lines)

    def test_persian_in_a_dark_theme_on_a_phone(self):
        with showcase() as url, Browser() as browser:
            dark(browser, True)
            phone(browser)
            lines = [f"تابع از نخ {i} فراخوانده شد" for i in range(4)]
            self.walk(browser, url, "fa", "مسابقه", lines)
            left = browser.one("header nav").rect["x"], browser.one("header .home").rect["x"]
            self.assertEqual(browser.one("html").get_attribute("dir"), "rtl")
            self.assertGreater(left[1], left[0], "Persian begins on the right")

    def test_wrong_values_are_explained_beside_the_form(self):
        with showcase() as url, Browser() as browser:
            browser.page.get(f"{url}/s1e1?scenario=2&n_threads=99&lang=en")
            wrong = browser.seen("[role=alert]").text
            self.assertIn("“99” is not a value for n_threads", wrong)
            self.assertEqual(browser.one("#n_threads").get_attribute("aria-invalid"), "true")
            browser.picture("showcase-wrong-en")

    def test_the_keyboard_alone_is_enough(self):
        with showcase() as url, Browser() as browser:
            browser.page.get(f"{url}/s1e1?lang=en")

            def press(key):
                browser.page.switch_to.active_element.send_keys(key)

            press(Keys.TAB)
            self.assertEqual(browser.page.switch_to.active_element.get_attribute("class"), "skip")
            for _ in range(60):
                press(Keys.TAB)
                if browser.page.switch_to.active_element.get_attribute("class") == "main":
                    break
            press(Keys.ENTER)
            browser.seen("[data-ended] .done", "the end of the run")
            status = browser.one("[data-ended] [role=status]").text
            self.assertIn("The run has ended after", status)

    def test_a_run_is_stopped_where_it_was_begun(self):
        with showcase() as url, Browser() as browser:
            browser.page.get(f"{url}/s1e1?lang=en")
            browser.press("input[name=scenario][value='3']")
            count = browser.one("#n_threads")
            count.clear()
            count.send_keys("60")
            browser.press("button.main")
            browser.seen("#output ol.lines li", "a line")
            browser.press("button.main", "Stop")
            browser.until(lambda: "The run was stopped." in browser.one("#output").text, "the end")

    def test_without_scripts_every_page_works(self):
        with showcase() as url, Browser() as browser:
            browser.page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
            browser.page.get(f"{url}/?lang=tr")
            browser.one("#q").send_keys("bariyer", Keys.ENTER)
            browser.seen('.menu a[href="/s1e7?lang=tr"]').click()
            browser.seen("button.main").click()
            browser.seen(".done", "the end of the run")
            self.assertEqual(len(browser.all("#output ol.lines li")), 8)
            browser.picture("showcase-plain-tr")

    def test_what_else_could_have_happened_is_there_without_scripts(self):
        with showcase() as url, Browser() as browser:
            browser.page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
            for language, theme in (("en", False), ("fa", True)):
                for size in ("wide", "phone"):
                    if size == "phone":
                        phone(browser)
                    dark(browser, theme)
                    browser.page.get(f"{url}/s1e6?lang={language}")
                    part = "section[aria-labelledby=possible-head]"
                    folded = browser.all(f"{part} summary")
                    self.assertEqual(len(folded), 9, "three of each scenario")
                    self.assertFalse(browser.one(f"{part} details li").is_displayed())
                    for place in range(3):
                        browser.all(f"{part} summary")[place].click()
                    lists = browser.all(f"{part} .possible")[0]
                    outputs = lists.find_elements("css selector", "ol")
                    self.assertEqual([len(one.find_elements("css selector", "li")) for one in outputs], [6, 6, 6])
                    self.assertTrue(all(one.is_displayed() for one in outputs))
                    # Side by side where there is room, one below the other on a phone.
                    left = {round(one.rect["x"]) for one in outputs}
                    self.assertEqual(len(left), 1 if size == "phone" else 3)
                    code = browser.one(f"{part} code")
                    self.assertEqual(code.value_of_css_property("direction"), "ltr")
                    self.assertIn("n_threads = 2", code.text)
                    self.fits(browser)
                    browser.scroll_to("#possible-head")
                    browser.picture(f"showcase-possible-{language}-{size}")
                browser.page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
            self.assertEqual(self.complaints(browser), [])

    def test_a_class_sees_what_its_teacher_shows(self):
        with showcase() as url, Browser() as teacher, Browser() as pupil:
            teacher.page.get(f"{url}/room?lang=en")
            teacher.press("form[method=post] button")
            teacher.seen("#room")
            name = re.search(r"/room/(\w+)", teacher.page.current_url).group(1)
            pupil.page.get(f"{url}/room?lang=fa")
            pupil.one("#name").send_keys(name, Keys.ENTER)
            pupil.seen("#room")
            teacher.page.get(f"{url}/s1e1?lang=en")
            teacher.press("button[formmethod=post]")
            for browser, said in ((teacher, "Function called by thread 9"), (pupil, "تابع از نخ 9")):
                browser.seen("#shown", "what is shown")
                browser.page.switch_to.frame(browser.one("#shown"))
                browser.until(lambda b=browser, s=said: s in b.one("body").text, said)
                browser.seen(".done", "the end of the run")
                browser.page.switch_to.default_content()
            pupil.picture("showcase-room-fa")

    def test_no_page_breaks_a_rule_of_accessibility(self):
        pages = [
            "/", "/?q=barrier", "/s1e1", "/s1e1?scenario=1&n_threads=3", "/s2e1", "/s1e5", "/s4e1",
            "/s1e1?scenario=2&n_threads=99", "/room", "/docs", "/redoc", "/nothing",
        ]
        with showcase() as url, Browser() as browser:
            for language, theme in (("en", False), ("en", True), ("fa", True)):
                dark(browser, theme)
                for path in pages:
                    with self.subTest(page=path, language=language, dark=theme):
                        more = "&" if "?" in path else "?"
                        browser.page.get(f"{url}{path}{more}lang={language}")
                        if "n_threads=3" in path:
                            browser.seen(".done", "the end of the run")
                        # What is folded is looked at too.
                        browser.page.execute_script(
                            "document.querySelectorAll('details').forEach(one => one.open = true)"
                        )
                        self.assertEqual(broken_rules(browser), [])
            # It would have been noticed.
            browser.page.execute_script("document.documentElement.removeAttribute('lang')")
            self.assertEqual([rule for rule, _ in broken_rules(browser)], ["html-has-lang"])

    def test_the_addresses_can_be_tried(self):
        with showcase() as url, Browser() as browser:
            for path in ("/docs", "/redoc"):
                browser.page.get(f"{url}{path}?lang=zh-TW")
                browser.seen("details.operation")
                self.fits(browser)
                browser.picture(f"showcase{path.replace('/', '-')}-zh-TW")
            self.assertEqual(self.complaints(browser), [])


if __name__ == "__main__":
    report.main()
