//! How a picker looks: the widgets of its form, and what is drawn below once it has played.

use exercises::lesson::Lesson;
use messages::{Language as Tongue, format, text};
use serde_json::{Value, json};

use super::choice::Field;
use super::picker::{scenario, title};
use super::widget::{Kind, Model};

/// Text of one run that is shown; of a longer one the end is left out.
const MOST_TEXT: usize = 256 << 10;

/// The rules of the form's look. Colours and letters are those of the page. What stands in the
/// class `weft-lost` is seen when the page has lost the kernel, which Jupyter's widgets mark with
/// the class `jupyter-widgets-disconnected`.
const STYLE: &str = "<style>\
.weft-picker{max-width:64em;box-sizing:border-box;overflow:visible;\
padding:2px 0 2px 12px;border-left:3px solid var(--jp-brand-color1,#1976d2)}\
.weft-picker.weft-rtl{direction:rtl;padding:2px 12px 2px 0;border-left:0;\
border-right:3px solid var(--jp-brand-color1,#1976d2)}\
.weft-picker .widget-hbox,.weft-picker .widget-html{overflow:visible}\
.weft-picker .widget-label{width:8em;text-align:start;margin:0;margin-inline-end:8px;\
overflow:visible}\
.weft-picker .weft-code>.widget-label{font-family:var(--jp-code-font-family,monospace);\
direction:ltr}\
.weft-picker.weft-rtl .weft-code>.widget-label{text-align:right}\
.weft-picker .widget-radio{width:auto}\
.weft-picker .widget-radio-box{flex-grow:1}\
.weft-picker .widget-radio-box label{height:auto;line-height:1.6;display:flex;\
flex-direction:row-reverse;justify-content:flex-end;align-items:baseline;gap:8px;white-space:normal}\
.weft-picker .widget-radio-box input{float:none;height:auto;line-height:1;margin:0}\
.weft-picker .weft-code{width:20em;flex-shrink:0}\
.weft-picker input[type=number],.weft-picker input[type=text]{direction:ltr}\
.weft-picker button i.fa{margin:0;margin-inline-end:6px}\
.weft-picker .widget-html-content{line-height:1.5}\
.weft-picker .weft-about{align-self:center;color:var(--jp-ui-font-color2,#616161)}\
.weft-picker .weft-about p,.weft-picker .weft-status p{margin:0}\
.weft-picker .weft-lost p{margin:2px 0}\
.weft-picker .weft-title p{margin:0;font-size:115%;font-weight:600}\
.weft-picker .weft-status{align-self:center;color:var(--jp-error-color1,#d32f2f)}\
.weft-picker pre{direction:ltr;text-align:left;margin:6px 0;overflow-x:auto;line-height:1.35;\
font-family:var(--jp-code-font-family,monospace);\
font-size:var(--jp-code-font-size,13px);color:var(--jp-content-font-color1,inherit);\
background:none}\
.weft-picker .weft-line{font-weight:600;user-select:all;white-space:pre-wrap}\
.weft-picker .weft-failure{color:var(--jp-error-color1,#d32f2f);white-space:pre-wrap}\
.weft-picker.weft-rtl .weft-failure{direction:rtl;text-align:right}\
.weft-picker.weft-rtl code{direction:ltr;unicode-bidi:isolate}\
.weft-board.weft-rtl .weft-printed,.weft-board.weft-rtl .weft-over{direction:rtl;text-align:right}\
.weft-picker summary{cursor:pointer}\
.weft-board .weft-moves{flex-wrap:wrap;max-width:100%}\
.weft-board .weft-moves button{width:auto;max-width:100%}\
.weft-board ul{margin:6px 0;padding-inline-start:1.5em}\
.weft-board pre{white-space:pre-wrap}\
.weft-picker .weft-lost{display:none;color:var(--jp-error-color1,#d32f2f)}\
.weft-picker .weft-lost.jupyter-widgets-disconnected{display:block}\
.weft-picker .jupyter-widgets-disconnected:is(button,.weft-code,.widget-radio){\
pointer-events:none;opacity:.5}\
.weft-picker.jupyter-widgets-disconnected::before,\
.weft-picker .jupyter-widgets-disconnected::before{display:none}\
</style>";

/// Widgets that are made to stand together. Those inside others come first, as pages must know them first.
#[derive(Default)]
pub(super) struct Parts {
    /// All of them.
    pub(super) models: Vec<Model>,
}

impl Parts {
    pub(super) fn add(&mut self, kind: Kind, attributes: Value) -> usize {
        self.models.push(Model::new(kind, attributes));
        self.models.len() - 1
    }

    pub(super) fn html(&mut self, class: &str, value: String) -> usize {
        self.add(Kind::Html, json!({"value": value, "_dom_classes": [class]}))
    }

    /// The head of all, which also brings their look.
    pub(super) fn title(&mut self, tongue: Tongue, heading: &str) -> usize {
        self.html("weft-title", STYLE.to_owned() + &paragraph(tongue, heading))
    }

    /// What a page shows when it has lost the kernel.
    pub(super) fn lost(&mut self, tongue: Tongue, sentence: &str) -> usize {
        self.html("weft-lost", paragraph(tongue, sentence))
    }

    pub(super) fn group(&mut self, kind: Kind, classes: &[&str], members: &[usize]) -> usize {
        let members = self.references(members);
        self.add(kind, json!({"children": members, "_dom_classes": classes}))
    }

    /// How a model refers to these.
    pub(super) fn references(&self, members: &[usize]) -> Vec<Value> {
        members
            .iter()
            .map(|member| self.models[*member].reference())
            .collect()
    }
}

/// The widgets of a picker.
pub(super) struct Form {
    /// All of them.
    pub(super) parts: Parts,
    /// Which of them are fields.
    pub(super) fields: Vec<(usize, Field)>,
    /// The button.
    pub(super) button: usize,
    /// Where it says what is wrong.
    pub(super) status: usize,
    /// Where what was played is drawn.
    pub(super) result: usize,
}

impl Form {
    /// The form of an exercise.
    pub(super) fn of(tongue: Tongue, lesson: &Lesson) -> Form {
        let mut form = Form {
            parts: Parts::default(),
            fields: Vec::new(),
            button: 0,
            status: 0,
            result: 0,
        };
        let heading = format!("{}  {}", lesson.id, title(tongue, lesson));
        let head = form.parts.title(tongue, &heading);
        let lost = form.parts.lost(tongue, &lost(tongue, lesson));
        let mut column = vec![head, lost, form.scenarios(tongue, lesson)];
        for (index, parameter) in lesson.parameters.iter().enumerate() {
            let about = [
                ("about", about(tongue, parameter.name).into()),
                ("min", parameter.min.into()),
                ("max", parameter.max.into()),
            ];
            let said = format(tongue, "pick-parameter", &about);
            let attributes = json!({
                "min": parameter.min, "max": parameter.max, "value": parameter.default,
            });
            let kind = Kind::BoundedNumber;
            let field = Field::Number(index);
            column.push(form.row(tongue, field, kind, parameter.name, attributes, &said));
        }
        for (index, file) in lesson.files.iter().enumerate() {
            let said = about(tongue, file.name);
            let field = Field::File(index);
            column.push(form.row(tongue, field, Kind::Text, file.name, free_text(), &said));
        }
        let said = text(tongue, "pick-seed");
        column.push(form.row(tongue, Field::Seed, Kind::Text, "seed", free_text(), &said));
        column.push(form.run_row(tongue));
        form.result = form.parts.html("weft-result", String::new());
        column.push(form.result);
        form.parts.group(Kind::Column, &classes(tongue), &column);
        form
    }

    fn scenarios(&mut self, tongue: Tongue, lesson: &Lesson) -> usize {
        let labels: Vec<String> = (1..)
            .zip(&lesson.scenarios)
            .map(|(number, _)| format!("{number}  {}", scenario(tongue, lesson, number)))
            .collect();
        let attributes = json!({
            "_options_labels": labels, "index": 0, "description": text(tongue, "pick-scenario"),
        });
        let model = self.parts.add(Kind::RadioButtons, attributes);
        self.fields.push((model, Field::Scenario));
        model
    }

    /// A field, its name before it and what it means after it.
    fn row(
        &mut self,
        tongue: Tongue,
        field: Field,
        kind: Kind,
        name: &str,
        mut attributes: Value,
        about: &str,
    ) -> usize {
        attributes["description"] = name.into();
        attributes["_dom_classes"] = json!(["weft-code"]);
        let input = self.parts.add(kind, attributes);
        self.fields.push((input, field));
        let about = self.parts.html("weft-about", paragraph(tongue, about));
        self.parts.group(Kind::Row, &[], &[input, about])
    }

    fn run_row(&mut self, tongue: Tongue) -> usize {
        let label = text(tongue, "pick-run");
        let attributes = json!({
            "description": label, "tooltip": label, "button_style": "primary", "icon": "play",
        });
        self.button = self.parts.add(Kind::Button, attributes);
        self.status = self.parts.html("weft-status", String::new());
        self.parts
            .group(Kind::Row, &[], &[self.button, self.status])
    }

    /// The widget that holds all others.
    pub(super) fn whole(&self) -> Option<&Model> {
        self.parts.models.last()
    }
}

/// A line of text that is handed over when it is finished.
fn free_text() -> Value {
    json!({"value": "", "continuous_update": false})
}

/// The classes of what holds a picker.
pub(super) fn classes(tongue: Tongue) -> Vec<&'static str> {
    match tongue.is_rtl() {
        true => vec!["weft-picker", "weft-rtl"],
        false => vec!["weft-picker"],
    }
}

/// What a parameter means.
pub(super) fn about(tongue: Tongue, name: &str) -> String {
    text(tongue, &format!("parameter-{name}"))
}

/// How to get a picker back whose kernel has ended.
pub(super) fn lost(tongue: Tongue, lesson: &Lesson) -> String {
    let line = format!(":pick {}", lesson.id);
    format(tongue, "pick-lost", &[("line", line.into())])
}

/// A sentence in the reader's language and direction; what stands between `backticks` is code.
pub(super) fn paragraph(tongue: Tongue, sentence: &str) -> String {
    if sentence.is_empty() {
        return String::new();
    }
    let direction = if tongue.is_rtl() { "rtl" } else { "ltr" };
    let code = tongue.code();
    let marked: String = sentence
        .split('`')
        .enumerate()
        .map(|(number, part)| match number % 2 {
            0 => escaped(part),
            _ => format!("<code dir=\"ltr\">{}</code>", escaped(part)),
        })
        .collect();
    format!("<p dir=\"{direction}\" lang=\"{code}\">{marked}</p>")
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// What a run has shown so far.
#[derive(Debug, Default)]
pub(super) struct Played {
    /// The `:run` line that does the same.
    pub(super) line: String,
    /// What the exercise printed.
    printed: String,
    /// Bytes of it that are not shown.
    left_out: usize,
    /// Why it failed.
    pub(super) failure: Option<String>,
    /// Its timeline.
    pub(super) drawing: Option<String>,
}

impl Played {
    /// A run that begins.
    pub(super) fn new(line: String) -> Played {
        Played {
            line,
            ..Played::default()
        }
    }

    /// More was printed.
    pub(super) fn print(&mut self, text: &str) {
        let room = MOST_TEXT.saturating_sub(self.printed.len());
        let room = if self.left_out > 0 { 0 } else { room };
        let (shown, rest) = text.split_at(text.floor_char_boundary(room));
        self.printed.push_str(shown);
        self.left_out += rest.len();
    }

    /// How much there is to draw.
    pub(super) fn size(&self) -> usize {
        self.printed.len()
    }

    /// As it stands below the form.
    pub(super) fn html(&self, tongue: Tongue) -> String {
        let code = tongue.code();
        let mut html = format!("<pre class=\"weft-line\">{}</pre>", escaped(&self.line));
        let mut block = |class: &str, text: &str| {
            let text = escaped(text.trim_end());
            html.push_str(&format!(
                "<pre class=\"{class}\" lang=\"{code}\">{text}</pre>"
            ));
        };
        if !self.printed.is_empty() {
            block("weft-printed", &self.printed);
        }
        if self.left_out > 0 {
            let bytes = [("bytes", self.left_out.into())];
            html.push_str(&paragraph(tongue, &format(tongue, "pick-left-out", &bytes)));
        }
        if let Some(failure) = &self.failure {
            let failure = escaped(failure.trim_end());
            html.push_str(&format!(
                "<pre class=\"weft-failure\" lang=\"{code}\">{failure}</pre>"
            ));
        }
        if let Some(drawing) = &self.drawing {
            let (head, drawing) = (text(tongue, "pick-timeline"), escaped(drawing));
            html.push_str(&format!(
                "<details open><summary lang=\"{code}\">{head}</summary>\
                 <pre lang=\"{code}\">{drawing}</pre></details>"
            ));
        }
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_text_and_bounded() {
        let mut played = Played::new(":run s1e1".to_owned());
        played.print("<script>alert(\"&\")</script>\n");
        let html = played.html(Tongue::Fa);
        assert!(html.contains("&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;"));
        for _ in 0..100 {
            played.print(&"é".repeat(10_001));
        }
        assert!(played.size() <= MOST_TEXT);
        assert!(played.html(Tongue::En).len() < MOST_TEXT + 1000);
        let shown = played.size();
        played.print("z");
        assert_eq!(played.size(), shown, "nothing after a gap");
    }
}
