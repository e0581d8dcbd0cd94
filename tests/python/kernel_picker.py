"""The form of `:pick`: what the kernel tells pages that have Jupyter's widgets, what it does
with what they answer, and what is left where there are none."""

import json
import os
import re
import time

import nbconvert
import nbformat
import report
from client import Cell, Kernel, OneKernel

# Exercises are to be quick, in every kernel of these tests.
os.environ["WEFT_TIME_SCALE"] = "0.05"

VIEW = "application/vnd.jupyter.widget-view+json"
TARGET = "jupyter.widget"


class Form:
    """The widgets of one `:pick`, as a page holds them."""

    def __init__(self, kernel, cell):
        self.kernel = kernel
        self.opened = cell.contents("comm_open")
        self.bundle = cell.contents("display_data")[-1]["data"]
        self.ids = [content["comm_id"] for content in self.opened]

    def states(self):
        """What a page knows by now, widget by widget."""
        states = {}
        for _, channel, message in self.kernel.log:
            content = message["content"]
            kind = message["header"]["msg_type"]
            if channel != "iopub" or content.get("comm_id") not in self.ids:
                continue
            if kind == "comm_open":
                states[content["comm_id"]] = dict(content["data"]["state"])
            elif kind == "comm_msg":
                states[content["comm_id"]].update(content["data"]["state"])
            elif kind == "comm_close":
                states.pop(content["comm_id"], None)
        return states

    def find(self, **attributes):
        for comm_id, state in self.states().items():
            if all(state.get(name) == value for name, value in attributes.items()):
                return comm_id
        raise AssertionError(f"no widget with {attributes} in {self.states()}")

    def of_class(self, name):
        return self.states()[self.find(_dom_classes=[name])]["value"]

    @property
    def scenario(self):
        return self.find(_model_name="RadioButtonsModel")

    @property
    def button(self):
        return self.find(_model_name="ButtonModel")

    @property
    def result(self):
        return self.of_class("weft-result")

    @property
    def status(self):
        return self.of_class("weft-status")

    def say(self, comm_id, data, **options):
        return Cell(
            self.kernel,
            self.kernel.send("shell", "comm_msg", {"comm_id": comm_id, "data": data}, **options),
        )

    def change(self, comm_id, **state):
        said = self.say(comm_id, {"method": "update", "state": state, "buffer_paths": []})
        self.kernel.until(lambda: said.idle_at, 20, "idle after a change")
        return said

    def click(self):
        return self.say(self.button, {"method": "custom", "content": {"event": "click"}})

    def play(self, seconds=60):
        said = self.click()
        self.kernel.until(lambda: said.idle_at, seconds, "the end of the run")
        return said


def printed(html):
    text = re.sub(r"<[^>]*>", "\n", html)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class WithWidgets(OneKernel):
    """Tests of what a kernel shows as widgets."""

    def run_named(self, code, name):
        """A cell of a notebook that names its cells."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": False, "stop_on_error": True}
        sent = self.kernel.send("shell", "execute_request", content, metadata={"cellId": name})
        cell = Cell(self.kernel, sent)
        self.kernel.until(cell.done, 60, "end of the cell")
        return cell

    def comms(self):
        return self.kernel.ask("comm_info_request", {"target_name": TARGET})["comms"]


class Picker(WithWidgets):
    def pick(self, code, **options):
        cell = self.kernel.run(code, **options)
        self.assertEqual(cell.status, "ok", cell)
        return Form(self.kernel, cell)

    # the form

    def test_a_form_opens_before_it_is_shown_and_the_text_is_always_there(self):
        cell = self.kernel.run(":pick s1e6")
        self.assertEqual(cell.status, "ok", cell)
        kinds = [kind for _, kind, _ in cell.output if kind in ("comm_open", "display_data")]
        self.assertEqual(kinds[-1], "display_data")
        form = Form(self.kernel, cell)
        view = form.bundle[VIEW]
        self.assertEqual((view["version_major"], view["version_minor"]), (2, 0))
        self.assertIn(view["model_id"], form.ids)
        self.assertEqual(form.ids[-1], view["model_id"], "parts come before the whole")
        for opened in form.opened:
            self.assertEqual(opened["target_name"], TARGET)
            state = opened["data"]["state"]
            for name in ("_model_module", "_view_module"):
                self.assertEqual(state[name], "@jupyter-widgets/controls")
                self.assertEqual(state[f"{name}_version"], "2.0.0")
            known = form.ids[: form.ids.index(opened["comm_id"])]
            for child in state.get("children", []):
                self.assertIn(child.removeprefix("IPY_MODEL_"), known)
        sent = [m for _, _, m in self.kernel.of(cell.msg_id) if m["header"]["msg_type"] == "comm_open"]
        for message in sent:
            self.assertEqual(message["metadata"]["version"].split(".")[0], "2")
        text = form.bundle["text/plain"]
        self.assertIn(":run s1e6 --scenario 1 --n_threads 10", text)
        self.assertIn("n_threads", text)

    def test_the_form_has_scenarios_all_parameters_with_their_ranges_seed_and_button(self):
        form = self.pick(":pick s1e6")
        states = form.states()
        self.assertEqual(len(states[form.scenario]["_options_labels"]), 3)
        threads = states[form.find(description="n_threads")]
        self.assertEqual((threads["min"], threads["max"], threads["value"]), (0, 64, 10))
        switch = states[form.find(description="shared_cell")]
        self.assertEqual((switch["min"], switch["max"], switch["value"]), (0, 1, 0))
        self.assertEqual(states[form.find(description="seed")]["value"], "")
        self.assertEqual(states[form.button]["description"], "Run")
        form = self.pick(":pick s3e4")
        self.assertEqual(form.states()[form.find(description="sites")]["value"], "")

    # playing

    def test_what_is_chosen_is_played_and_told_as_a_run_line_that_works(self):
        form = self.pick(":pick s1e1")
        form.change(form.scenario, index=1)
        form.change(form.find(description="n_threads"), value=4)
        form.change(form.find(description="seed"), value="11")
        form.play()
        shown = printed(form.result)
        line = re.search(r":run .*", shown).group(0)
        self.assertEqual(line, ":run s1e1 --scenario 2 --n_threads 4 --seed 11")
        for number in range(4):
            self.assertIn(f"thread {number}", shown)
        self.assertNotIn("thread 4", shown)
        self.assertIn("<details", form.result, "the timeline")
        button = form.states()[form.button]
        self.assertEqual((button["disabled"], button["description"]), (False, "Run"))
        cell = self.kernel.run(line)
        self.assertEqual(cell.status, "ok", cell)
        self.assertIn("seed = 11", cell.stdout)
        timeline = self.timeline()
        self.assertGreater(len(timeline.splitlines()), 4)

    def test_without_a_seed_the_line_has_the_one_that_was_drawn(self):
        form = self.pick(":pick s1e1")
        form.play()
        shown = printed(form.result)
        seed = re.search(r"^seed = (\d+)$", shown, re.M).group(1)
        self.assertIn(f":run s1e1 --scenario 1 --n_threads 10 --seed {seed}\n", shown)

    def test_timeline_draws_what_was_played_last(self):
        form = self.pick(":pick s1e1")
        form.change(form.find(description="n_threads"), value=2)
        form.play()
        self.assertIn("thread 1", self.timeline())
        self.assertNotIn("thread 2", self.timeline())

    def timeline(self):
        """What `:timeline` shows where there are no pictures."""
        (shown,) = self.kernel.run(":timeline").contents("display_data")
        return shown["data"]["text/plain"]

    def test_lines_come_while_it_runs_and_the_button_waits(self):
        with Kernel(env={"WEFT_TIME_SCALE": "1"}) as kernel:
            form = Form(kernel, kernel.run(":pick s1e1"))
            form.change(form.scenario, index=1)
            said = form.click()
            kernel.until(lambda: "thread 0" in form.result, 20, "the first line")
            self.assertNotIn("thread 9", form.result)
            self.assertTrue(form.states()[form.button]["disabled"])
            kernel.until(lambda: said.idle_at, 30, "the end of the run")
            self.assertIn("thread 9", form.result)
            self.assertFalse(form.states()[form.button]["disabled"])

    def test_a_click_while_a_cell_runs_waits_its_turn(self):
        form = self.pick(":pick s1e1")
        cell = self.kernel.start("std::thread::sleep(std::time::Duration::from_millis(900)); 5")
        self.kernel.until(lambda: cell.contents("execute_input"), 30, "the start of the cell")
        said = form.click()
        self.kernel.until(lambda: cell.done() and said.idle_at, 60, "both ends")
        self.assertEqual(cell.result, "5")
        first = next(t for t, k, _ in said.output if k == "comm_msg")
        self.assertGreater(first, cell.idle_at)
        self.assertIn("thread 9", form.result)

    def test_two_clicks_are_one_run_unless_something_was_changed_between(self):
        form = self.pick(":pick s1e1")

        def runs(clicks):
            self.kernel.until(lambda: all(c.idle_at for c in clicks), 60, "the ends")
            return sum(
                any(c["data"]["state"].get("disabled") for c in click.contents("comm_msg"))
                for click in clicks
            )

        # Both come while a cell runs, so the second comes before the first run has ended.
        cell = self.kernel.start('while !std::path::Path::new("clicked").exists() {}')
        both = [form.click(), form.click()]
        self.kernel.ask("kernel_info_request", {})
        with open("clicked", "w", encoding="utf-8"):
            pass
        self.assertEqual(runs(both), 1)
        self.assertEqual(cell.status, "ok")
        self.assertEqual(runs([form.click()]), 1, "a later click is another run")
        one = form.click()
        form.say(form.scenario, {"method": "update", "state": {"index": 2}})
        self.assertEqual(runs([one, form.click()]), 2)
        self.assertIn("--scenario 3", form.result)

    def test_an_interrupt_ends_the_run_and_the_clicks_that_wait(self):
        with Kernel(env={"WEFT_TIME_SCALE": "1"}) as kernel:
            kernel.run("let kept = 7;")
            form = Form(kernel, kernel.run(":pick s2e5"))
            form.change(form.find(description="n_process"), value=60)
            other = Form(kernel, kernel.run(":pick s1e1"))
            said = form.click()
            waits = other.click()
            kernel.until(lambda: "60" in form.result, 20, "the first lines")
            began = time.monotonic()
            kernel.interrupt()
            kernel.until(lambda: said.idle_at and waits.idle_at, 10, "the end")
            self.assertLess(said.idle_at - began, 3)
            self.assertIn("interrupted", form.result)
            self.assertFalse(form.states()[form.button]["disabled"])
            self.assertEqual(other.result, "")
            self.assertIn("Press again", other.status)
            other.play()
            self.assertIn("thread 9", other.result)
            self.assertEqual(other.status, "")
            self.assertEqual(kernel.run("kept").result, "7")

    def test_a_run_that_fails_says_so_below_and_the_form_goes_on(self):
        form = self.pick(":pick s3e4")
        form.change(form.find(description="sites"), value="not-there.txt")
        form.play()
        self.assertIn("not-there.txt", printed(form.result))
        self.assertIn("weft-failure", form.result)
        form.change(form.find(description="sites"), value="")
        form.change(form.find(description="n_sites"), value=2)
        form.play()
        self.assertNotIn("weft-failure", form.result)

    # pages

    def test_what_a_page_changes_the_others_hear_of(self):
        form = self.pick(":pick s1e1")
        said = form.change(form.scenario, index=2)
        echo = [c["data"] for c in said.contents("comm_msg") if c["comm_id"] == form.scenario]
        self.assertEqual([(e["method"], e["state"]) for e in echo], [("echo_update", {"index": 2})])

    def test_a_page_that_is_loaded_again_gets_everything(self):
        form = self.pick(":pick s1e1")
        form.change(form.scenario, index=2)
        form.play()
        before = form.states()
        control = {"comm_id": "control-1", "target_name": "jupyter.widget.control", "data": {}}
        self.kernel.send("shell", "comm_open", control)
        asked = form.say("control-1", {"method": "request_states"})
        self.kernel.until(lambda: asked.idle_at, 20, "the answer")
        (answer,) = asked.contents("comm_msg")
        self.assertEqual(answer["data"]["method"], "update_states")
        states = answer["data"]["states"]
        for comm_id, state in before.items():
            self.assertEqual(states[comm_id]["state"], state)
            self.assertEqual(states[comm_id]["model_name"], state["_model_name"])
        self.kernel.send("shell", "comm_close", {"comm_id": "control-1", "data": {}})
        # The older way, for a kernel that was too busy to answer in time.
        self.assertLessEqual(set(before), set(self.comms()))
        asked = form.say(form.scenario, {"method": "request_state"})
        self.kernel.until(lambda: asked.idle_at, 20, "the answer")
        (answer,) = asked.contents("comm_msg")
        self.assertEqual(answer["data"]["method"], "update")
        self.assertEqual(answer["data"]["state"], before[form.scenario])

    def test_a_page_without_widgets_closes_one_and_all_are_forgotten(self):
        form = self.pick(":pick s1e1")
        self.kernel.send("shell", "comm_close", {"comm_id": form.ids[0], "data": {}})
        self.assertEqual(set(form.ids) & set(self.comms()), set())

    def test_a_cell_that_is_run_again_leaves_nothing_behind(self):
        self.run_named("1", "cell-a")
        before = len(self.comms())
        form = Form(self.kernel, self.run_named(":pick s1e1", "cell-a"))
        one = len(self.comms()) - before
        self.assertEqual(one, len(form.ids))
        other = Form(self.kernel, self.run_named(":pick s1e2", "cell-b"))
        for _ in range(20):
            again = self.run_named(":pick s1e1", "cell-a")
        self.assertGreater(len(again.contents("comm_close")), 0)
        self.assertEqual(form.states(), {}, "the page was told")
        self.assertEqual(len(self.comms()), before + one + len(other.ids))
        other.play()
        self.assertIn("A", other.result)
        self.run_named("1 + 1", "cell-a")
        self.run_named("1 + 1", "cell-b")
        self.assertEqual(len(self.comms()), before)

    def test_forms_are_bounded_where_cells_have_no_names(self):
        with Kernel() as kernel:
            for _ in range(4):
                cell = kernel.run("\n".join([":pick s1e6"] * 40))
                self.assertEqual(cell.status, "ok")
            comms = kernel.ask("comm_info_request", {"target_name": TARGET})["comms"]
            each = len(cell.contents("comm_open")) // 40
            self.assertEqual(len(comms), 64 * each)
            self.assertEqual(len(kernel.ask("comm_info_request", {})["comms"]), 64 * each)

    def test_after_a_restart_a_page_is_told_how_to_get_the_form_back(self):
        view = {"model_id": "f" * 32, "version_major": 2, "version_minor": 0}
        output = {"output_type": "display_data", "data": {VIEW: view, "text/plain": ""},
                  "metadata": {"weft": {"pick": "s1e6"}}}
        hostile = [
            {"output_type": "display_data", "data": {VIEW: {"model_id": m}},
             "metadata": {"weft": {"pick": e}}}
            for m, e in [(7, "s1e1"), ("x", "s9e9"), ("y" * 5000, "s1e1"), ("", "s1e1"), ([], {})]
        ]
        notebook = {"cells": [{"cell_type": "code", "outputs": [output, *hostile, 5]}, 7, {}]}
        with open("lost.ipynb", "w", encoding="utf-8") as file:
            json.dump(notebook, file)
        with Kernel(env={"JPY_SESSION_NAME": "lost.ipynb"}) as kernel:
            kernel.send("shell", "comm_open",
                        {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}})
            asked = Cell(kernel, kernel.send(
                "shell", "comm_msg", {"comm_id": "c", "data": {"method": "request_states"}}))
            kernel.until(lambda: asked.idle_at, 20, "the answer")
            states = asked.contents("comm_msg")[0]["data"]["states"]
            self.assertEqual(list(states), ["f" * 32])
            self.assertIn(":pick s1e6", states["f" * 32]["state"]["value"])
            # A page that could not wait for that asks for the list, then for each.
            comms = kernel.ask("comm_info_request", {"target_name": TARGET})["comms"]
            self.assertEqual(list(comms), ["f" * 32])
            asked = Cell(kernel, kernel.send(
                "shell", "comm_msg", {"comm_id": "f" * 32, "data": {"method": "request_state"}}))
            kernel.until(lambda: asked.idle_at, 20, "the answer")
            self.assertEqual(
                asked.contents("comm_msg")[0]["data"]["state"], states["f" * 32]["state"])

    def test_a_converted_notebook_has_the_text(self):
        cell = self.kernel.run(":pick s1e6")
        shown = cell.contents("display_data")[0]
        output = nbformat.v4.new_output(
            "display_data", data=shown["data"], metadata=shown["metadata"])
        code = nbformat.v4.new_code_cell(":pick s1e6", outputs=[output])
        notebook = nbformat.v4.new_notebook(cells=[code])
        nbformat.validate(notebook)
        for exporter in (nbconvert.HTMLExporter, nbconvert.MarkdownExporter):
            text, _ = exporter().from_notebook_node(notebook)
            self.assertIn(":run s1e6 --scenario 1 --n_threads 10", text)

    # hostile pages

    def test_what_cannot_be_chosen_is_put_back_and_said_plainly(self):
        form = self.pick(":pick s1e6")
        threads = form.find(description="n_threads")
        for wrong in (65, -1, 1.5, "ten", None, True, [1], {"a": 1}, 10**30, "x" * 200_000):
            said = form.change(threads, value=wrong)
            back = [c["data"] for c in said.contents("comm_msg") if c["comm_id"] == threads]
            self.assertEqual(back[0]["state"], {"value": 10}, wrong)
            self.assertIn("from 0 to 64", form.status)
            self.assertLess(len(form.status), 400)
        for wrong in (3, -1, "1", None, 2**63 - 1):
            form.change(form.scenario, index=wrong)
            self.assertEqual(form.states()[form.scenario]["index"], 0)
            self.assertIn("scenario", form.status)
        form.change(form.find(description="seed"), value="-5")
        self.assertIn("seed", form.status)
        self.assertNotIn("<script", form.change(threads, value="<script>") and form.status)
        form.change(threads, value=3)
        self.assertEqual(form.status, "")
        form.play()
        self.assertIn("--scenario 1 --n_threads 3", form.result)

    def test_messages_no_page_sends_change_nothing(self):
        form = self.pick(":pick s1e1")
        before = form.states()
        deep = json.loads("[" * 100 + "]" * 100)
        for comm_id in (form.scenario, form.button, form.ids[-1], "unknown", "", "x" * 100_000):
            for data in (
                None, 7, "update", [], {}, deep,
                {"method": 7}, {"method": "update"}, {"method": "update", "state": 7},
                {"method": "update", "state": {"_model_name": "X", "children": [], "layout": deep}},
                {"method": "custom"}, {"method": "custom", "content": {"event": "dance"}},
                {"method": "request_states"}, {"method": "\x00"},
            ):
                form.say(comm_id, data)
        form.say(form.ids[0], {"method": "custom", "content": {"event": "click"}})
        form.say(form.scenario, {"method": "update", "state": {}}, buffers=[b"x" * 5_000_000] * 4)
        form.say(form.scenario, {"method": "update", "state": {}}, buffers=[b""] * 900)
        self.kernel.send("shell", "comm_open", {"comm_id": "w", "target_name": TARGET, "data": {}})
        self.kernel.send("shell", "comm_open", {"comm_id": form.ids[0], "target_name": TARGET})
        for comm_id in ("", "nobody"):
            self.kernel.send("shell", "comm_close", {"comm_id": comm_id, "data": {}})
        self.assertEqual(self.kernel.run("1 + 1").result, "2")
        self.assertEqual(form.states(), before)
        form.play()
        self.assertIn("thread 9", form.result)

    def test_many_comms_of_a_page_leave_the_text(self):
        with Kernel() as kernel:
            for number in range(4200):
                kernel.send("shell", "comm_open", {
                    "comm_id": f"c{number}", "target_name": "jupyter.widget.control", "data": {}})
            cell = kernel.run(":pick s1e1")
            self.assertEqual(cell.status, "ok")
            bundle = cell.contents("display_data")[0]["data"]
            self.assertNotIn(VIEW, bundle)
            self.assertIn(":run s1e1", bundle["text/plain"])
            self.assertEqual(len(kernel.ask("comm_info_request", {})["comms"]), 4096)

    # words

    def test_alone_it_lists_the_exercises(self):
        cell = self.kernel.run(":pick")
        self.assertEqual(cell.status, "ok", cell)
        text = cell.contents("display_data")[0]["data"]["text/plain"]
        for exercise in ("s1e1", "s7e17"):
            self.assertIn(exercise, text)
        self.assertIn(":pick s1e1", text)
        self.assertEqual(cell.contents("comm_open"), [])

    def test_wrong_words_are_errors_that_help(self):
        for code, expected in (
            (":pick s9e9", ["s9e9", "s6e9", ":pick"]),
            (":pick s1e66", ["s1e6"]),
            (":pick semaphore", ["s1e6"]),
            (":pick s1e1 --scenario 2", [":run s1e1 --scenario 2"]),
            (":pick s1e1 s1e2", [":pick"]),
            (":pick \u202e🧵", [":pick"]),
        ):
            cell = self.kernel.run(code)
            self.assertEqual(cell.reply["ename"], "Usage", cell)
            for words in expected:
                self.assertIn(words, cell.reply["evalue"])
            self.assertEqual(cell.contents("comm_open"), [])

    def test_a_cell_nobody_sees_opens_nothing(self):
        before = self.comms()
        self.kernel.run(":pick s1e1", silent=True)
        self.assertEqual(self.comms(), before)

    def test_the_form_speaks_the_readers_language(self):
        labels = set()
        for lang in ("en", "fa", "tr", "ru", "zh-TW"):
            self.kernel.run(f":lang {lang}")
            form = self.pick(":pick s1e1")
            states = form.states()
            labels.add((states[form.button]["description"],
                        *states[form.scenario]["_options_labels"],
                        form.bundle["text/plain"]))
            whole = states[form.bundle[VIEW]["model_id"]]
            self.assertEqual("weft-rtl" in whole["_dom_classes"], lang == "fa")
            form.play()
            text = self.kernel.run(":run s1e1 --seed 1").stdout.splitlines()[0]
            self.assertIn(text, printed(form.result))
        self.kernel.run(":lang en")
        self.assertEqual(len(labels), 5)
        self.assertEqual(len({label[0] for label in labels}), 5)


if __name__ == "__main__":
    report.main()
