//! Jupyter's widgets, as far as we speak their language: each one is a model in the page, made by
//! a comm we open, whose state both sides may change.
//!
//! The protocol is described in `packages/schema/messages.md` of jupyter-widgets/ipywidgets, the
//! attributes of each model in `packages/schema/jupyterwidgetmodels.latest.md`. Attributes left
//! out here have in the page the defaults described there.

use serde_json::{Map, Value, json};

use crate::language::Output;

/// Comms to widgets.
pub(crate) const TARGET: &str = "jupyter.widget";
/// Comms by which a page that has just been loaded asks for all widgets.
pub(crate) const CONTROL_TARGET: &str = "jupyter.widget.control";
/// What shows a widget in an output.
pub(crate) const VIEW_TYPE: &str = "application/vnd.jupyter.widget-view+json";
/// The version of the messages.
const PROTOCOL_VERSION: &str = "2.1.0";
/// The version of the models: of `@jupyter-widgets/controls`.
const CONTROLS_VERSION: &str = "2.0.0";
const CONTROLS: &str = "@jupyter-widgets/controls";

/// What a widget can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Others side by side.
    Row,
    /// Others below each other.
    Column,
    /// Text with marks, drawn as it is.
    Html,
    /// One of several.
    RadioButtons,
    /// A whole number between two others.
    BoundedNumber,
    /// A line of text.
    Text,
    /// Something to press.
    Button,
}

impl Kind {
    /// The names of its model and its view.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Kind::Row => ("HBoxModel", "HBoxView"),
            Kind::Column => ("VBoxModel", "VBoxView"),
            Kind::Html => ("HTMLModel", "HTMLView"),
            Kind::RadioButtons => ("RadioButtonsModel", "RadioButtonsView"),
            Kind::BoundedNumber => ("BoundedIntTextModel", "IntTextView"),
            Kind::Text => ("TextModel", "TextView"),
            Kind::Button => ("ButtonModel", "ButtonView"),
        }
    }
}

/// A widget's model: its state as the pages have it.
#[derive(Debug)]
pub(crate) struct Model {
    id: String,
    kind: Kind,
    state: Map<String, Value>,
}

impl Model {
    /// A model with these attributes, not in any page yet.
    pub(crate) fn new(kind: Kind, attributes: Value) -> Model {
        Model::with_id(uuid::Uuid::new_v4().simple().to_string(), kind, attributes)
    }

    /// A model that goes by a name it had before.
    pub(crate) fn with_id(id: String, kind: Kind, attributes: Value) -> Model {
        let (model, view) = kind.names();
        let mut state = match attributes {
            Value::Object(state) => state,
            _ => Map::new(),
        };
        for (role, name) in [("model", model), ("view", view)] {
            state.insert(format!("_{role}_name"), name.into());
            state.insert(format!("_{role}_module"), CONTROLS.into());
            state.insert(format!("_{role}_module_version"), CONTROLS_VERSION.into());
        }
        Model { id, kind, state }
    }

    /// Its name, which is also its comm's.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// How another model refers to it.
    pub(crate) fn reference(&self) -> Value {
        format!("IPY_MODEL_{}", self.id).into()
    }

    /// Brings it into the pages. `false` where too many comms are open.
    pub(crate) fn open(&self, output: &dyn Output) -> bool {
        let data = json!({"state": self.state, "buffer_paths": []});
        let version = Map::from_iter([("version".to_owned(), PROTOCOL_VERSION.into())]);
        output.comm_open(&self.id, TARGET, data, &version)
    }

    /// Changes an attribute, here and in the pages.
    pub(crate) fn set(&mut self, output: &dyn Output, attribute: &str, value: Value) {
        self.state.insert(attribute.to_owned(), value);
        self.send(output, "update", attribute);
    }

    /// Changes attributes, here and in the pages, as far as they are not so yet.
    pub(crate) fn update(&mut self, output: &dyn Output, attributes: Value) {
        let Value::Object(mut changed) = attributes else {
            return;
        };
        changed.retain(|attribute, value| self.state.get(attribute) != Some(value));
        if changed.is_empty() {
            return;
        }
        let data = json!({"method": "update", "state": changed, "buffer_paths": []});
        output.comm_send(&self.id, data);
        self.state.extend(changed);
    }

    /// Takes over what a page has changed; the other pages hear of it.
    pub(crate) fn accept(&mut self, output: &dyn Output, attribute: &str, value: Value) {
        self.state.insert(attribute.to_owned(), value);
        self.send(output, "echo_update", attribute);
    }

    /// Undoes in the pages what one of them has changed.
    pub(crate) fn restore(&self, output: &dyn Output, attribute: &str) {
        self.send(output, "update", attribute);
    }

    fn send(&self, output: &dyn Output, method: &str, attribute: &str) {
        let state = json!({attribute: self.state.get(attribute)});
        let data = json!({"method": method, "state": state, "buffer_paths": []});
        output.comm_send(&self.id, data);
    }

    /// Tells a page that has just been loaded everything about this model.
    pub(crate) fn tell(&self, output: &dyn Output) {
        let data = json!({"method": "update", "state": self.state, "buffer_paths": []});
        output.comm_send(&self.id, data);
    }

    /// The attribute a page may change.
    pub(crate) fn input(&self) -> Option<&'static str> {
        match self.kind {
            Kind::RadioButtons => Some("index"),
            Kind::BoundedNumber | Kind::Text => Some("value"),
            Kind::Row | Kind::Column | Kind::Html | Kind::Button => None,
        }
    }

    /// What shows it in an output.
    pub(crate) fn shown(&self) -> Value {
        json!({"version_major": 2, "version_minor": 0, "model_id": self.id})
    }

    /// As [`tell_all`] wants it.
    fn described(&self) -> (String, Value) {
        let described = json!({
            "model_name": self.kind.names().0,
            "model_module": CONTROLS,
            "model_module_version": CONTROLS_VERSION,
            "state": self.state,
        });
        (self.id.clone(), described)
    }
}

/// What a page says to a widget.
#[derive(Debug, PartialEq)]
pub(crate) enum Said<'a> {
    /// It was changed.
    Changed(&'a Map<String, Value>),
    /// It was pressed.
    Clicked,
    /// What is its state?
    Asked,
    /// Nothing we know.
    Unknown,
}

impl Said<'_> {
    /// Understands a message.
    pub(crate) fn from(data: &Value) -> Said<'_> {
        let said = match data["method"].as_str() {
            Some("update") => data["state"].as_object().map(Said::Changed),
            Some("custom") => (data["content"]["event"] == "click").then_some(Said::Clicked),
            Some("request_state") => Some(Said::Asked),
            _ => None,
        };
        said.unwrap_or(Said::Unknown)
    }
}

/// Whether a message of the control comm asks for all widgets.
pub(crate) fn asks_for_all(data: &Value) -> bool {
    data["method"] == "request_states"
}

/// Answers it.
pub(crate) fn tell_all<'a>(
    output: &dyn Output,
    comm_id: &str,
    models: impl Iterator<Item = &'a Model>,
) {
    let states: Map<String, Value> = models.map(Model::described).collect();
    let data = json!({"method": "update_states", "states": states, "buffer_paths": []});
    output.comm_send(comm_id, data);
}
