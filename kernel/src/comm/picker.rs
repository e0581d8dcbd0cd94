//! A picker: a form that plays one exercise.
//!
//! | a page | the picker |
//! |---|---|
//! | changes a field | takes the value over and tells the other pages, or puts the old one back and says why |
//! | presses Run | plays what is chosen; a second press before the end that asks for the same is the same one |
//! | was loaded again | tells it everything, what was played last included |

use std::sync::Arc;
use std::time::{Duration, Instant};

use exercises::lesson::Lesson;
use messages::{Language as Tongue, format, text};
use serde_json::Value;

use super::choice::{Choice, Field};
use super::panels::Panel;
use super::view::{self, Form, Played};
use super::widget::{Model, Said};
use crate::commands::{run, timeline};
use crate::evaluate::Session;
use crate::language::{CellOutcome, CommMessage, Output};

/// So often what a run prints is drawn anew, at most.
const GATHER: Duration = Duration::from_millis(50);
/// And so much of it in a second.
const BYTES_A_SECOND: usize = 1 << 20;
/// Rows of a timeline.
const ROWS: usize = 100;

/// The form of one exercise.
pub(crate) struct Picker {
    lesson: &'static Lesson,
    tongue: Tongue,
    form: Form,
    choice: Choice,
    /// What was played last, and when that ended.
    ended: Option<(Choice, Instant)>,
}

impl Picker {
    /// A form that is in no page yet.
    pub(crate) fn new(tongue: Tongue, lesson: &'static Lesson) -> Picker {
        Picker {
            lesson,
            tongue,
            form: Form::of(tongue, lesson),
            choice: Choice::of(lesson),
            ended: None,
        }
    }

    fn change(&mut self, output: &dyn Output, at: usize, attribute: &str, value: &Value) {
        let field = |(model, field): &(usize, Field)| (*model == at).then_some(*field);
        let Some(field) = self.form.fields.iter().find_map(field) else {
            return;
        };
        match self.choice.put(self.tongue, self.lesson, field, value) {
            Ok(()) => {
                self.form.parts.models[at].accept(output, attribute, value.clone());
                self.say(output, "");
            }
            Err(complaint) => {
                self.form.parts.models[at].restore(output, attribute);
                self.say(output, &complaint);
            }
        }
    }

    /// Says something beside the button.
    fn say(&mut self, output: &dyn Output, sentence: &str) {
        let said = view::paragraph(self.tongue, sentence);
        self.form.parts.models[self.form.status].set(output, "value", said.into());
    }

    fn clicked(&mut self, session: &mut Session, message: &CommMessage<'_>) {
        let output = Arc::clone(&session.output);
        if message.aborted {
            self.say(&*output, &text(self.tongue, "pick-aborted"));
            return;
        }
        if let Some((choice, ended)) = &self.ended
            && *choice == self.choice
            && message.arrived < *ended
        {
            return;
        }
        self.say(&*output, "");
        self.show_running(&*output, true);
        self.play(session, message.number);
        self.show_running(&*output, false);
        self.ended = Some((self.choice.clone(), Instant::now()));
    }

    fn show_running(&mut self, output: &dyn Output, running: bool) {
        let id = if running { "pick-running" } else { "pick-run" };
        let label = text(self.tongue, id);
        let button = &mut self.form.parts.models[self.form.button];
        button.set(output, "disabled", running.into());
        button.set(output, "description", label.into());
    }

    fn play(&mut self, session: &mut Session, number: u32) {
        let output = Arc::clone(&session.output);
        let mut played = Played::new(self.choice.line(self.lesson, None));
        self.show(&*output, &played);
        let words = self.choice.words(self.lesson, None);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let earlier = session.last_run.take();
        session.begin_play(number);
        let mut drawn = Instant::now();
        let mut waiting = false;
        let outcome = run::play(session, number, self.tongue, &words, &mut |said| {
            played.print(said);
            waiting |= !said.is_empty();
            let pause =
                GATHER + Duration::from_millis((played.size() * 1000 / BYTES_A_SECOND) as u64);
            let left = pause.saturating_sub(drawn.elapsed());
            if waiting && left.is_zero() {
                self.show(&*output, &played);
                (drawn, waiting) = (Instant::now(), false);
            }
            waiting.then_some(left)
        });
        session.end_play();
        if session.last_run.is_some() {
            played.drawing = timeline::draw(session, ROWS).filter(|drawing| !drawing.is_empty());
        } else {
            session.last_run = earlier;
        }
        if played.drawing.is_some() {
            let seed = session.last_run.as_ref().map(|run| run.seed);
            played.line = self.choice.line(self.lesson, seed);
        }
        match outcome {
            Ok(complaints) => played.failure = Some(complaints).filter(|said| !said.is_empty()),
            Err(CellOutcome::Error { ename, .. }) if ename == "Interrupted" => {
                played.failure = Some(text(self.tongue, "pick-interrupted"));
            }
            Err(CellOutcome::Error { evalue, .. }) => played.failure = Some(evalue),
            Err(_) => {}
        }
        self.show(&*output, &played);
    }

    /// Draws what was played so far.
    fn show(&mut self, output: &dyn Output, played: &Played) {
        let html = played.html(self.tongue);
        self.form.parts.models[self.form.result].set(output, "value", html.into());
    }
}

impl Panel for Picker {
    fn models(&self) -> &[Model] {
        &self.form.parts.models
    }

    fn whole(&self) -> Option<&Model> {
        self.form.whole()
    }

    fn hear(&mut self, session: &mut Session, message: &CommMessage<'_>, at: usize) {
        let output = Arc::clone(&session.output);
        match Said::from(message.data) {
            Said::Asked => self.form.parts.models[at].tell(&*output),
            Said::Changed(state) => {
                let Some(attribute) = self.form.parts.models[at].input() else {
                    return;
                };
                if let Some(value) = state.get(attribute) {
                    self.change(&*output, at, attribute, value);
                }
            }
            Said::Clicked if at == self.form.button => self.clicked(session, message),
            Said::Clicked | Said::Unknown => tracing::debug!(at, "nothing a widget knows"),
        }
    }
}

/// The exercise's title.
pub(crate) fn title(tongue: Tongue, lesson: &Lesson) -> String {
    text(tongue, &format!("{}-title", lesson.id))
}

/// The title of a scenario, counted from 1.
pub(super) fn scenario(tongue: Tongue, lesson: &Lesson, number: u32) -> String {
    text(tongue, &format!("{}-scenario-{number}", lesson.id))
}

/// What the form says, for pages and consoles that have no widgets.
pub(crate) fn in_text(tongue: Tongue, lesson: &Lesson) -> String {
    let mut said = String::new();
    let mut line = |begin: &str, sentence: &str| {
        said.push_str(&format!("{begin}{}\n", in_direction(tongue, sentence)));
    };
    line(&format!("{}  ", lesson.id), &title(tongue, lesson));
    for (number, _) in (1..).zip(&lesson.scenarios) {
        line(&format!("  {number}  "), &scenario(tongue, lesson, number));
    }
    for parameter in lesson.parameters {
        let arguments = [
            ("option", format!("--{}", parameter.name).into()),
            ("min", parameter.min.into()),
            ("max", parameter.max.into()),
            ("default", parameter.default.into()),
        ];
        let range = format(tongue, "list-parameter", &arguments);
        let about = view::about(tongue, parameter.name);
        line("  ", &format!("{range}: {about}"));
    }
    for file in lesson.files {
        let begin = format!("  --{} FILE  ", file.name);
        line(&begin, &view::about(tongue, file.name));
    }
    line("", &text(tongue, "pick-in-text"));
    said.push_str("\n    ");
    said.push_str(&Choice::of(lesson).line(lesson, None));
    said
}

/// A sentence that keeps its direction in text that runs from left to right: between U+2067 and
/// U+2069 (Unicode, UAX #9, isolates).
pub(crate) fn in_direction(tongue: Tongue, sentence: &str) -> String {
    match tongue.is_rtl() {
        true => format!("\u{2067}{sentence}\u{2069}"),
        false => sentence.to_owned(),
    }
}

/// How to get the form back of a kernel that has ended.
pub(crate) fn lost(tongue: Tongue, lesson: &Lesson) -> String {
    view::lost(tongue, lesson)
}
