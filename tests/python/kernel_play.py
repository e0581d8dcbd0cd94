"""The board of `:play`: a button for each thread, what a press does, and what pages say that no page should."""

import json

import report
from client import Cell, Kernel
from kernel_picker import VIEW, Form, WithWidgets, printed

# main starts a thread (step 1), then both print: whose lines come first is nobody's choice. What is left is the other
# thread's end, main's join, and main's end.
CODE = (
    "let other = std::thread::spawn(|| println!(\"other\"));\n"
    "println!(\"main\");\n"
    "other.join().unwrap();"
)
# Two threads and two locks, taken in opposite orders.
LOCKS = """use std::sync::{Arc, Mutex};
let (one, two) = (Arc::new(Mutex::new(1)), Arc::new(Mutex::new(2)));
let (first, second) = (one.clone(), two.clone());
let other = std::thread::spawn(move || {
    let a = first.lock().unwrap();
    let b = second.lock().unwrap();
    println!("{}", *a + *b);
});
{
    let b = two.lock().unwrap();
    let a = one.lock().unwrap();
    println!("{}", *a + *b);
}
other.join().unwrap();"""


class Board(Form):
    """The widgets of one `:play`, as a page holds them."""

    def __init__(self, kernel, cell):
        super().__init__(kernel, cell)
        self.view = self.bundle[VIEW]["model_id"]

    def grow(self, cell):
        """Buttons that a press has made."""
        self.ids += [content["comm_id"] for content in cell.contents("comm_open")]
        return cell

    @property
    def row(self):
        """The buttons in their order: comm and state."""
        states = self.states()
        children = states[self.find(_dom_classes=["weft-moves"])]["children"]
        ids = [child.removeprefix("IPY_MODEL_") for child in children]
        return [(comm_id, states[comm_id]) for comm_id in ids]

    def button(self, begin):
        return next((i, s) for i, s in self.row if s["description"].startswith(begin))

    def press(self, begin, seconds=60):
        comm_id, _ = self.button(begin)
        return self.click(comm_id, seconds)

    def click(self, comm_id, seconds=60):
        said = self.say(comm_id, {"method": "custom", "content": {"event": "click"}})
        self.kernel.until(lambda: said.idle_at, seconds, "the next position")
        return self.grow(said)

    def can_press(self):
        return [s["description"].split(" · ")[0] for _, s in self.row if not s.get("disabled")]


class Play(WithWidgets):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The explorer is made for the compiler once.
        assert cls.kernel.run(":explore\n" + CODE, timeout=300).status == "ok"

    def play(self, code, kernel=None):
        kernel = kernel or self.kernel
        cell = kernel.run(code)
        self.assertEqual(cell.status, "ok", cell)
        return Board(kernel, cell)

    # the board

    def test_a_board_opens_before_it_is_shown_and_the_text_is_always_there(self):
        cell = self.kernel.run(":play\n" + CODE)
        kinds = [kind for _, kind, _ in cell.output
                 if kind in ("comm_open", "comm_msg", "display_data")]
        self.assertEqual(kinds[-1], "display_data")
        board = Board(self.kernel, cell)
        self.assertIn(board.view, board.ids)
        for opened in board.opened:
            state = opened["data"]["state"]
            known = board.ids[: board.ids.index(opened["comm_id"])]
            for child in state.get("children", []):
                self.assertIn(child.removeprefix("IPY_MODEL_"), known)
        self.assertIn("`:play 0`", board.bundle["text/plain"])
        self.assertEqual(cell.stdout, "")

    def test_each_press_is_a_step_and_tells_the_command_that_does_the_same(self):
        board = self.play(":play\n" + CODE)
        self.assertEqual(board.can_press(), ["main"], "nothing to take back yet")
        _, main = board.button("main")
        self.assertIn("line 2", main["description"], "the command is line 1")
        self.assertIn("spawn", main["tooltip"], "the line of code")
        self.assertIn(":play 0", main["tooltip"])
        before = board.view
        board.press("main")
        self.assertEqual(board.can_press(), ["From the beginning", "Back", "thread 1"])
        shown = printed(board.result)
        self.assertIn(":play 0\n", shown)
        for line in ("prints “other”", "prints “main”", "waits for the end of thread 1"):
            self.assertIn(line, shown)
        _, main = board.button("main")
        self.assertTrue(main["disabled"])
        self.assertIn("waits for the end of thread 1", main["tooltip"])
        board.press("thread 1")
        self.assertIn(":play 0 1", printed(board.result), "all of it")
        board.press("main")
        self.assertIn("It is over", printed(board.result))
        self.assertEqual(board.can_press(), ["From the beginning", "Back"])
        self.assertEqual(board.view, before, "in place")
        # The line as it was told brings another kernel here.
        with Kernel() as kernel:
            again = self.play(":play 0 1 0\n" + CODE, kernel)
            self.assertIn("It is over", again.bundle["text/plain"])
            self.assertIn("It is over", printed(again.result))

    def test_back_and_from_the_beginning_and_a_button_stays_where_it_is(self):
        board = self.play(":play\n" + CODE)
        begun = board.result
        board.press("main")
        one = board.result
        places = [comm_id for comm_id, _ in board.row]
        board.press("thread 1")
        board.press("main")
        board.press("Back")
        self.assertIn(":play back", printed(board.result))
        board.press("Back")
        self.assertEqual(printed(board.result).split("back", 1)[1], printed(one).split(":play 0", 1)[1])
        board.press("From the beginning")
        self.assertEqual(board.can_press(), ["main"])
        self.assertNotIn("prints", board.result)
        self.assertNotIn("prints", begun)
        # The thread is not there any more; its button is.
        self.assertEqual([comm_id for comm_id, _ in board.row], places)
        self.assertTrue(board.button("thread 1")[1]["disabled"])
        board.press("main")
        self.assertEqual([comm_id for comm_id, _ in board.row], places)

    def test_the_command_and_the_buttons_play_the_same_game(self):
        board = self.play(":play\n" + CODE)
        board.press("main")
        later = self.play(":play 1")
        self.assertIn("`:play 0`", later.bundle["text/plain"])
        # The first board knows that it was left.
        self.assertEqual(board.can_press(), [])
        self.assertIn("another cell", board.status)
        before = (board.states(), later.states())
        for comm_id, _ in board.row:
            board.click(comm_id)
        self.assertEqual((board.states(), later.states()), before)
        later.press("main")
        self.assertIn("It is over", printed(later.result))
        # And the command goes on where the buttons were.
        self.assertIn("`:play 0`", self.play(":play back").bundle["text/plain"])

    def test_a_deadlock_that_was_chosen_is_shown(self):
        board = self.play(":play\n" + LOCKS)
        for _ in range(12):
            can = [who for who in board.can_press() if who in ("main", "thread 1")]
            if not can:
                break
            locked = {who for who in can if "acquire" in board.button(who)[1]["description"]}
            # Each takes its first lock before any takes its second.
            board.press(sorted(can)[0] if len(locked) < 2 else "thread 1")
            if len(locked) == 2:
                board.press("main")
        shown = printed(board.result)
        self.assertIn("Deadlock", shown)
        self.assertIn("held by thread 1", shown)
        self.assertIn("held by main", board.button("thread 1")[1]["tooltip"])

    def test_games_of_other_code_go_on_side_by_side(self):
        one = self.play(":play\n" + CODE)
        other = self.play(":play\n" + LOCKS)
        one.press("main")
        self.assertIn("prints “other”", printed(one.result))
        self.assertEqual(one.status, "")
        other.press("main")
        self.assertEqual(other.status, "")
        # `:play` goes on with what was touched last.
        one.press("thread 1")
        self.assertIn("prints “main”", self.play(":play 0").bundle["text/plain"])

    # pages

    def test_a_page_that_is_loaded_again_gets_everything(self):
        board = self.play(":play\n" + CODE)
        board.press("main")
        before = board.states()
        control = {"comm_id": "control-1", "target_name": "jupyter.widget.control", "data": {}}
        self.kernel.send("shell", "comm_open", control)
        asked = board.say("control-1", {"method": "request_states"})
        self.kernel.until(lambda: asked.idle_at, 20, "the answer")
        (answer,) = asked.contents("comm_msg")
        for comm_id, state in before.items():
            self.assertEqual(answer["data"]["states"][comm_id]["state"], state)
        self.kernel.send("shell", "comm_close", {"comm_id": "control-1", "data": {}})

    def test_a_cell_that_is_run_again_leaves_nothing_behind(self):
        before = len(self.comms())
        board = Board(self.kernel, self.run_named(":play\n" + CODE, "cell-p"))
        board.press("main")
        for _ in range(3):
            again = Board(self.kernel, self.run_named(":play\n" + CODE, "cell-p"))
        self.assertEqual(board.states(), {}, "the page was told")
        self.assertEqual(len(self.comms()), before + len(again.ids))
        self.run_named("1 + 1", "cell-p")
        self.assertEqual(len(self.comms()), before)

    def test_a_page_that_closes_a_part_has_no_board_any_more(self):
        board = self.play(":play\n" + CODE)
        gone = board.button("main")[0]
        self.kernel.send("shell", "comm_close", {"comm_id": gone, "data": {}})
        self.assertEqual(set(board.ids) & set(self.comms()), set())
        # Pressed all the same, by a page that has not heard of it.
        board.say(gone, {"method": "custom", "content": {"event": "click"}})
        self.assertIn("`:play 0`", self.play(":play").bundle["text/plain"])

    def test_after_a_restart_a_page_is_told_how_to_get_the_board_back(self):
        cell = self.kernel.run(":play\n" + CODE)
        shown = cell.contents("display_data")[-1]
        board = Board(self.kernel, cell)
        board.press("main")
        lost = printed(board.of_class("weft-lost"))
        self.assertIn(":play 0", lost)
        output = {"output_type": "display_data", "data": shown["data"], "metadata": shown["metadata"]}
        hostile = [
            {"output_type": "display_data", "data": {VIEW: {"model_id": m}}, "metadata": {"weft": w}}
            for m, w in [("a", {"play": 1}), ("b", {"play": "0.1"}), ("c", 7), ("", {"play": True}),
                         ("d" * 5000, {"play": True}), ([], {"play": True})]
        ]
        with open("lost-play.ipynb", "w", encoding="utf-8") as file:
            json.dump({"cells": [{"cell_type": "code", "outputs": [output, *hostile]}]}, file)
        with Kernel(env={"JPY_SESSION_NAME": "lost-play.ipynb"}) as kernel:
            kernel.send("shell", "comm_open",
                        {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}})
            asked = Cell(kernel, kernel.send(
                "shell", "comm_msg", {"comm_id": "c", "data": {"method": "request_states"}}))
            kernel.until(lambda: asked.idle_at, 20, "the answer")
            states = asked.contents("comm_msg")[0]["data"]["states"]
            self.assertEqual(list(states), [board.view])
            self.assertIn(":play", states[board.view]["state"]["value"])

    # hostile pages

    def test_messages_no_page_sends_change_nothing(self):
        board = self.play(":play\n" + CODE)
        board.press("main")
        before = board.states()
        deep = json.loads("[" * 100 + "]" * 100)
        click = {"method": "custom", "content": {"event": "click"}}
        for comm_id in (*board.ids, "unknown", "", "x" * 100_000):
            for data in (
                None, 7, "click", [], {}, deep, {"method": 7}, {"method": "update"},
                {"method": "update", "state": {"disabled": False, "children": [], "value": deep}},
                {"method": "custom"}, {"method": "custom", "content": {"event": "dance"}},
                {"method": "request_states"}, {"method": "\x00"},
            ):
                board.say(comm_id, data)
        for comm_id in ("unknown", "", board.view, board.find(_dom_classes=["weft-result"])):
            board.say(comm_id, click)
        self.assertEqual(self.kernel.run("1 + 1", timeout=120).result, "2")
        self.assertEqual(board.states(), before)
        board.press("thread 1")
        self.assertIn(":play 0 1", printed(board.result))

    def test_a_button_that_is_disabled_is_pressed_in_vain(self):
        board = self.play(":play\n" + CODE)
        board.press("main")
        before = board.result
        board.press("main")
        self.assertIn("Thread 0 cannot go now", board.status)
        self.assertEqual(board.result, before)
        board.press("thread 1")
        self.assertEqual(board.status, "")
        board.press("thread 1")
        self.assertIn("Thread 1 cannot go now", board.status)
        board.press("main")
        # It is over.
        board.press("main")
        self.assertIn("It is over", printed(board.result))
        self.assertIn("cannot go", board.status)
        board.press("From the beginning")
        # Nothing is left to take back.
        board.press("Back")
        self.assertEqual(board.can_press(), ["main"])

    def test_two_presses_that_wait_are_two_steps_each_where_it_can_be_taken(self):
        board = self.play(":play\n" + CODE)
        (main, _) = board.button("main")
        cell = self.kernel.start('while !std::path::Path::new("pressed").exists() {}')
        click = {"method": "custom", "content": {"event": "click"}}
        both = [board.say(main, click), board.say(main, click)]
        self.kernel.ask("kernel_info_request", {})
        with open("pressed", "w", encoding="utf-8"):
            pass
        self.kernel.until(lambda: all(said.idle_at for said in both), 60, "both answers")
        self.assertEqual(cell.status, "ok")
        for said in both:
            board.grow(said)
        # After the first one main waits.
        self.assertIn("Thread 0 cannot go now", board.status)
        self.assertIn("prints “other”", printed(board.result))

    def test_an_interrupt_leaves_the_steps_that_wait_untaken(self):
        board = self.play(":play\n" + CODE)
        (main, _) = board.button("main")
        cell = self.kernel.start("loop { std::thread::sleep(std::time::Duration::from_millis(5)); }")
        self.kernel.until(lambda: cell.contents("execute_input"), 30, "the start of the cell")
        said = board.say(main, {"method": "custom", "content": {"event": "click"}})
        self.kernel.ask("kernel_info_request", {})
        self.kernel.interrupt()
        self.kernel.until(lambda: cell.done() and said.idle_at, 60, "both ends")
        self.assertIn("Press again", board.status)
        self.assertNotIn("prints", board.result)
        board.press("main")
        self.assertEqual(board.status, "")
        self.assertIn("prints “other”", printed(board.result))

    def test_what_a_program_prints_is_text(self):
        board = self.play(':play\nprintln!("<script>alert(1)</script>");\n'
                          "std::thread::spawn(|| ()).join().unwrap();")
        board.press("main")
        self.assertNotIn("<script>alert", board.result)
        self.assertIn("&lt;script&gt;", board.result)

    def test_code_that_cannot_be_explored_opens_nothing(self):
        for wrong in (":play\nlet n: i32 = \"no\";", ":play\nlet n = std::fs::read(\"x\");", ":play 99",
                      ":play them"):
            cell = self.kernel.run(wrong)
            self.assertEqual(cell.status, "error", wrong)
            self.assertEqual(cell.contents("comm_open"), [], wrong)

    def test_a_cell_nobody_sees_opens_nothing(self):
        before = self.comms()
        self.kernel.run(":play\n" + CODE, silent=True)
        self.assertEqual(self.comms(), before)

    def test_many_comms_of_a_page_leave_the_text(self):
        with Kernel() as kernel:
            for number in range(4200):
                kernel.send("shell", "comm_open", {
                    "comm_id": f"c{number}", "target_name": "jupyter.widget.control", "data": {}})
            cell = kernel.run(":play\n" + CODE)
            self.assertEqual(cell.status, "ok")
            bundle = cell.contents("display_data")[0]["data"]
            self.assertNotIn(VIEW, bundle)
            self.assertIn("`:play 0`", bundle["text/plain"])

    def test_where_no_button_has_room_the_board_says_what_to_type(self):
        with Kernel() as kernel:
            cell = kernel.run(":play\n" + CODE)
            board = Board(kernel, cell)
            room = 4096 - len(board.ids)
            for number in range(room):
                kernel.send("shell", "comm_open", {
                    "comm_id": f"c{number}", "target_name": "jupyter.widget.control", "data": {}})
            board.press("main")
            self.assertIn(":play", printed(board.status))
            self.assertIn("prints “other”", printed(board.result))
            self.assertIn("It is over", kernel.run(":play 1 0").contents(
                "display_data")[0]["data"]["text/plain"])

    def test_the_board_speaks_the_readers_language(self):
        seen = set()
        for lang in ("en", "fa", "tr", "ru", "zh-TW"):
            self.kernel.run(f":lang {lang}")
            board = self.play(":play\n" + CODE)
            board.click(board.row[2][0])
            whole = board.states()[board.view]
            self.assertEqual("weft-rtl" in whole["_dom_classes"], lang == "fa")
            labels = [state["description"] for _, state in board.row]
            self.assertIn("join", labels[2])
            seen.add((*labels, board.row[2][1]["tooltip"], board.of_class("weft-lost")))
        self.kernel.run(":lang en")
        for parts in zip(*seen):
            self.assertEqual(len(set(parts)), 5, parts)


if __name__ == "__main__":
    report.main()
