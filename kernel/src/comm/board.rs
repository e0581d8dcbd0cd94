//! A board: a row of buttons by which the user chooses who goes next in the game of `:play`.
//!
//! | a page | the board |
//! |---|---|
//! | presses a thread that can go | plays the game so far and this step, and draws it anew |
//! | presses one that cannot go | says so; the game stays as it is |
//! | presses Back, From the beginning | takes the last step back, or all of them |
//! | presses after another `:play` of the same code | says that the game goes on there |
//! | was loaded again | tells it everything |
//!
//! A thread's button stays where it is as long as the game lasts, so that who uses the keyboard stays there too. What a
//! press does is what the command does: `:play back` in a cell takes back what was pressed.

use std::sync::Arc;

use messages::{Language as Tongue, text};
use serde_json::{Value, json};

use super::panels::Panel;
use super::view::{self, Parts, escaped, paragraph};
use super::widget::{Kind, Model, Said};
use crate::commands::play::{self, BACK, Game, Move};
use crate::evaluate::Session;
use crate::language::{CellOutcome, CommMessage, Output};

/// What marks a board's output in a notebook.
pub(crate) const NOTE: &str = "play";
/// Buttons for threads; who has more types `:play`.
const MOST_MOVES: usize = 96;
/// So much of a line of code stands in a button's tooltip.
const MOST_CODE: usize = 200;

/// The game of one program.
pub(crate) struct Board {
    tongue: Tongue,
    code: String,
    chosen: Vec<String>,
    game: Game,
    parts: Parts,
    /// The threads' buttons: whose, by which step, and which widget.
    moves: Vec<Button>,
    begin: usize,
    back: usize,
    row: usize,
    lost: usize,
    status: usize,
    result: usize,
    whole: usize,
    /// The game goes on in another board.
    left: bool,
}

struct Button {
    step: String,
    who: String,
    model: usize,
}

/// What a button asks for.
enum Press {
    Begin,
    Back,
    Step(String),
}

impl Board {
    /// A board that is in no page yet.
    pub(crate) fn new(tongue: Tongue, code: String, chosen: Vec<String>, game: Game) -> Board {
        let mut parts = Parts::default();
        let title = parts.title(tongue, &text(tongue, "play-title"));
        let lost = parts.lost(tongue, &lost(tongue, &chosen));
        let button = |parts: &mut Parts, id: &str, icon: &str| {
            let label = text(tongue, id);
            parts.add(Kind::Button, json!({"description": label, "icon": icon}))
        };
        let begin = button(&mut parts, "play-begin", "fast-backward");
        let back = button(&mut parts, "play-back", "step-backward");
        let row = parts.group(Kind::Row, &["weft-moves"], &[begin, back]);
        let status = parts.html("weft-status", String::new());
        let result = parts.html("weft-result", String::new());
        let mut classes = view::classes(tongue);
        classes.push("weft-board");
        let column = [title, lost, row, status, result];
        let whole = parts.group(Kind::Column, &classes, &column);
        Board {
            tongue,
            code,
            chosen,
            game,
            parts,
            moves: Vec::new(),
            begin,
            back,
            row,
            lost,
            status,
            result,
            whole,
            left: false,
        }
    }

    /// Draws the game as it stands; `line` is the command that has brought it there.
    fn draw(&mut self, output: &dyn Output, line: Option<&str>) {
        let enough = self.make_buttons(output);
        for number in 0..self.moves.len() {
            let state = self.state_of(&self.moves[number]);
            let model = self.moves[number].model;
            self.parts.models[model].update(output, state);
        }
        let at_begin = json!({"disabled": self.left || self.chosen.is_empty()});
        for place in [self.begin, self.back] {
            self.parts.models[place].update(output, at_begin.clone());
        }
        let members: Vec<usize> = [self.begin, self.back]
            .into_iter()
            .chain(self.moves.iter().map(|button| button.model))
            .collect();
        let children = json!({"children": self.parts.references(&members)});
        self.parts.models[self.row].update(output, children);
        let html = self.html(line);
        self.parts.models[self.result].update(output, json!({"value": html}));
        let lost = paragraph(self.tongue, &lost(self.tongue, &self.chosen));
        self.parts.models[self.lost].update(output, json!({"value": lost}));
        let said = if self.left {
            text(self.tongue, "play-elsewhere")
        } else if enough {
            String::new()
        } else {
            text(self.tongue, "play-no-room")
        };
        self.say(output, &said);
    }

    /// A button for everybody who has none yet. `false`: there was no room for all.
    fn make_buttons(&mut self, output: &dyn Output) -> bool {
        let mut enough = true;
        for one in &self.game.moves {
            if self.moves.iter().any(|button| button.step == one.step) {
                continue;
            }
            let attributes = json!({"description": one.label});
            let model = Model::new(Kind::Button, attributes);
            if self.moves.len() >= MOST_MOVES || !model.open(output) {
                enough = false;
                continue;
            }
            self.parts.models.push(model);
            self.moves.push(Button {
                step: one.step.clone(),
                who: one.who.clone(),
                model: self.parts.models.len() - 1,
            });
        }
        enough
    }

    /// What a thread's button looks like now.
    fn state_of(&self, button: &Button) -> Value {
        let mut moves = self.game.moves.iter();
        let Some(one) = moves.find(|one| one.step == button.step) else {
            let label = [("who", button.who.as_str().into())];
            let label = messages::format(self.tongue, "play-not-there", &label);
            return json!({
                "description": label, "tooltip": label, "disabled": true, "button_style": "",
            });
        };
        let can_go = one.waits.is_none() && !self.left;
        json!({
            "description": one.label,
            "tooltip": one.waits.clone().unwrap_or_else(|| self.about(one)),
            "disabled": !can_go,
            "button_style": if can_go { "primary" } else { "" },
        })
    }

    /// The line of the code that is next, and the command that does the same.
    fn about(&self, one: &Move) -> String {
        let number = one.line.and_then(|line| line.checked_sub(1));
        let line = number.and_then(|number| self.code.lines().nth(number));
        let line = line.map_or("", str::trim);
        let line = &line[..line.floor_char_boundary(MOST_CODE)];
        format!("{line}\n:play {}", one.step)
            .trim_start()
            .to_owned()
    }

    fn html(&self, line: Option<&str>) -> String {
        let tongue = self.tongue;
        let mut html = String::new();
        if let Some(line) = line {
            html.push_str(&format!("<pre class=\"weft-line\">{}</pre>", escaped(line)));
        }
        if !self.chosen.is_empty() {
            let line = format!(":play {}", self.chosen.join(" "));
            let so_far = messages::format(tongue, "play-so-far", &[("line", line.into())]);
            html.push_str(&paragraph(tongue, &so_far));
        }
        let (left_out, happened) = play::shown_of(&self.game.happened);
        if left_out > 0 {
            let bytes = [("bytes", left_out.into())];
            html.push_str(&paragraph(
                tongue,
                &messages::format(tongue, "play-left-out", &bytes),
            ));
        }
        if !happened.is_empty() {
            let (code, happened) = (tongue.code(), escaped(happened.trim_end()));
            html.push_str(&format!(
                "<pre class=\"weft-printed\" lang=\"{code}\">{happened}</pre>"
            ));
        }
        if self.game.over {
            let (code, next) = (tongue.code(), escaped(self.game.next.trim_end()));
            html.push_str(&format!(
                "<pre class=\"weft-over\" lang=\"{code}\">{next}</pre>"
            ));
        }
        let waits: Vec<&str> = self
            .game
            .moves
            .iter()
            .filter_map(|one| one.waits.as_deref())
            .collect();
        if !waits.is_empty() {
            let items: String = waits
                .iter()
                .map(|waits| format!("<li>{}</li>", paragraph(tongue, waits)))
                .collect();
            html.push_str(&format!("<ul class=\"weft-waits\">{items}</ul>"));
        }
        html
    }

    /// Says something below the buttons.
    fn say(&mut self, output: &dyn Output, sentence: &str) {
        let said = paragraph(self.tongue, sentence);
        self.parts.models[self.status].update(output, json!({"value": said}));
    }

    fn press_of(&self, at: usize) -> Option<Press> {
        if at == self.begin {
            Some(Press::Begin)
        } else if at == self.back {
            Some(Press::Back)
        } else {
            let mut moves = self.moves.iter();
            let button = moves.find(|button| button.model == at)?;
            Some(Press::Step(button.step.clone()))
        }
    }

    fn pressed(&mut self, session: &mut Session, message: &CommMessage<'_>, press: &Press) {
        let output = Arc::clone(&session.output);
        if self.left {
            return self.say(&*output, &text(self.tongue, "play-elsewhere"));
        }
        if message.aborted {
            return self.say(&*output, &text(self.tongue, "play-aborted"));
        }
        let mut chosen = self.chosen.clone();
        let line = match press {
            Press::Begin => {
                chosen.clear();
                ":play".to_owned()
            }
            Press::Back => {
                chosen.pop();
                format!(":play {BACK}")
            }
            Press::Step(step) => {
                let mut moves = self.game.moves.iter();
                let can_go = moves.any(|one| one.step == *step && one.waits.is_none());
                if !can_go {
                    // Pressed before the page had heard of the last step.
                    let step = [("step", step.into())];
                    return self.say(
                        &*output,
                        &messages::format(self.tongue, "error-explore-turn", &step),
                    );
                }
                chosen.push(step.clone());
                format!(":play {step}")
            }
        };
        session.begin_play(message.number);
        let number = message.number;
        let mut unheard = |_: &str| None;
        let game = play::played(
            session,
            number,
            self.tongue,
            &self.code,
            &chosen,
            &mut unheard,
        );
        session.end_play();
        match game {
            Ok(game) => {
                session.explored.go_on(&self.code, &chosen);
                (self.chosen, self.game) = (chosen, game);
                self.draw(&*output, Some(&line));
            }
            Err(CellOutcome::Error { ename, .. }) if ename == "Interrupted" => {
                self.say(&*output, &text(self.tongue, "play-interrupted"));
            }
            Err(CellOutcome::Error { evalue, .. }) => self.say(&*output, &evalue),
            Err(_) => {}
        }
    }
}

impl Panel for Board {
    fn models(&self) -> &[Model] {
        &self.parts.models
    }

    fn whole(&self) -> Option<&Model> {
        self.parts.models.get(self.whole)
    }

    fn open(&mut self, output: &dyn Output) -> Option<Value> {
        if !self.parts.models.iter().all(|model| model.open(output)) {
            self.close(output);
            return None;
        }
        // The threads' buttons are made as threads are.
        self.draw(output, None);
        Some(self.whole()?.shown())
    }

    fn hear(&mut self, session: &mut Session, message: &CommMessage<'_>, at: usize) {
        match Said::from(message.data) {
            Said::Asked => self.parts.models[at].tell(&*session.output),
            Said::Clicked => match self.press_of(at) {
                Some(press) => self.pressed(session, message, &press),
                None => tracing::debug!(at, "this cannot be pressed"),
            },
            Said::Changed(_) | Said::Unknown => tracing::debug!(at, "nothing a widget knows"),
        }
    }

    fn leave_game(&mut self, output: &dyn Output, code: &str) {
        if self.code == code && !self.left {
            self.left = true;
            self.draw(output, None);
        }
    }
}

/// How to get a board back whose kernel has ended: these steps had been chosen.
pub(crate) fn lost(tongue: Tongue, chosen: &[String]) -> String {
    let line = format!(":play {}", chosen.join(" "));
    messages::format(tongue, "play-lost", &[("line", line.trim_end().into())])
}
