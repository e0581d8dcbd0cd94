//! What can be asked of every address, as OpenAPI 3.1. It is made from the catalogue, so it names exactly the
//! parameters and ranges that are checked.

use exercises::catalogue;
use exercises::lesson::{Lesson, Scene};
use messages::{Language, lesson as lesson_text};
use serde_json::{Value, json};
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::schema::{ObjectBuilder, Ref, Type};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, OpenApiBuilder, PathsBuilder, Required,
    ResponseBuilder,
};

use crate::asked::SHAKE_LIMIT;
use crate::words::Words;

/// The forms of everything that is answered, without a word for readers in it.
const SCHEMAS: &str = include_str!("schemas.json");

/// The description, in this language.
pub fn describe(language: Language) -> Value {
    let words = Words(language);
    let mut paths = PathsBuilder::new()
        .path("/", get(index(words)))
        .path("/run/{run}", get(kept(words)));
    for lesson in catalogue::all() {
        paths = paths.path(format!("/{}", lesson.id), get(exercise(words, lesson)));
    }
    let described = OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title(words.text("serve-title"))
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(words.text("serve-docs-lead")))
                .license(Some(
                    LicenseBuilder::new()
                        .name(env!("CARGO_PKG_LICENSE"))
                        .identifier(Some(env!("CARGO_PKG_LICENSE")))
                        .build(),
                ))
                .build(),
        )
        .paths(paths.build())
        .build();
    // Both are made of what JSON has; tests read them.
    let mut described = serde_json::to_value(described).unwrap_or_default();
    let schemas: Value = serde_json::from_str(SCHEMAS).unwrap_or_default();
    described["components"] = json!({ "schemas": schemas });
    described
}

fn get(operation: Operation) -> PathItem {
    PathItem::new(HttpMethod::Get, operation)
}

fn index(words: Words) -> Operation {
    let operation = OperationBuilder::new()
        .operation_id(Some("catalogue"))
        .summary(Some(words.text("serve-menu")))
        .parameter(string(words, "q", "serve-docs-q"))
        .parameter(string(words, "exercies_tag", "serve-docs-tag"))
        .parameter(string(words, "exercise_tag", "serve-docs-tag"));
    answers(words, common(words, operation), "Catalogue").build()
}

fn kept(words: Words) -> Operation {
    let run = ParameterBuilder::new()
        .name("run")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some(words.text("serve-docs-run")))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    let operation = OperationBuilder::new()
        .operation_id(Some("run"))
        .summary(Some(words.text("serve-this-run")))
        .parameter(run);
    answers(words, common(words, operation), "Document").build()
}

fn exercise(words: Words, lesson: &Lesson) -> Operation {
    let language = words.0;
    let scenarios: Vec<String> = Scene::ALL
        .iter()
        .map(|scene| {
            let number = scene.number();
            let title = lesson_text::scenario(language, lesson.id, number);
            format!("{number}. {title}")
        })
        .collect();
    let last = Scene::ALL.len() as u64;
    let mut operation = OperationBuilder::new()
        .operation_id(Some(lesson.id))
        .summary(Some(lesson_text::title(language, lesson.id)))
        .parameter(number("scenario", &scenarios.join("\n"), 1, last, None));
    for parameter in lesson.parameters {
        operation = operation.parameter(number(
            parameter.name,
            &words.text(&format!("parameter-{}", parameter.name)),
            parameter.min.into(),
            parameter.max.into(),
            Some(parameter.default.into()),
        ));
    }
    operation = operation
        .parameter(number("seed", &words.text("pick-seed"), 0, u64::MAX, None))
        .parameter(number(
            "shake",
            &words.text("serve-shake"),
            0,
            SHAKE_LIMIT,
            Some(0),
        ));
    answers(words, common(words, operation), "Document").build()
}

fn common(words: Words, operation: OperationBuilder) -> OperationBuilder {
    let languages = Language::ALL.map(Language::code);
    let language = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(languages));
    operation
        .parameter(number(
            "Json",
            &words.text("serve-docs-json"),
            0,
            1,
            Some(0),
        ))
        .parameter(
            query("lang", &words.text("serve-language"))
                .schema(Some(language))
                .build(),
        )
}

fn query(name: &str, about: &str) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(about))
}

fn string(words: Words, name: &str, about: &str) -> Parameter {
    query(name, &words.text(about))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}

fn number(name: &str, about: &str, min: u64, max: u64, default: Option<u64>) -> Parameter {
    let mut schema = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(min as f64))
        .default(default.map(Into::into));
    // Seeds end where 64 bits do; a floating-point number cannot say that exactly.
    if max < u64::MAX {
        schema = schema.maximum(Some(max as f64));
    }
    query(name, about).schema(Some(schema)).build()
}

fn answers(words: Words, operation: OperationBuilder, schema: &str) -> OperationBuilder {
    let json = |schema: &str| {
        ContentBuilder::new()
            .schema(Some(Ref::from_schema_name(schema)))
            .build()
    };
    let page = ContentBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    let wrong = |about: &str| {
        ResponseBuilder::new()
            .description(words.text(about))
            .content("application/json", json("Errors"))
            .build()
    };
    operation
        .response(
            "200",
            ResponseBuilder::new()
                .description(words.text("serve-docs-200"))
                .content("application/json", json(schema))
                .content("text/html", page)
                .build(),
        )
        .response("400", wrong("serve-docs-400"))
        .response("429", wrong("serve-docs-429"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(name)) = fields.get("$ref") {
                    found.push(name.clone());
                }
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_exercise_is_described_with_its_ranges_in_every_language() {
        for language in Language::ALL {
            let described = describe(language);
            assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
            for lesson in catalogue::all() {
                let operation = &described["paths"][format!("/{}", lesson.id)]["get"];
                let parameters = operation["parameters"].as_array().unwrap();
                for wanted in lesson.parameters {
                    let found = parameters
                        .iter()
                        .find(|p| p["name"] == wanted.name)
                        .unwrap();
                    assert_eq!(found["schema"]["maximum"].as_f64(), Some(wanted.max.into()));
                    assert_eq!(found["schema"]["default"], wanted.default);
                }
                let names: Vec<&str> = parameters
                    .iter()
                    .filter_map(|p| p["name"].as_str())
                    .collect();
                assert_eq!(names, crate::asked::names(lesson).collect::<Vec<_>>());
            }
            assert!(!described.to_string().contains("\"serve-"), "{language}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let described = describe(Language::En);
        let mut found = Vec::new();
        references(&described, &mut found);
        assert!(found.len() > 100);
        for reference in found {
            let pointer = reference.trim_start_matches('#');
            assert!(described.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn a_recorded_run_has_the_form_that_is_described() {
        let described = describe(Language::En);
        let document = crate::typical::document("s2e1", Language::En).unwrap();
        let document = serde_json::to_value(document).unwrap();
        fits(
            &document,
            &described["components"]["schemas"]["Document"],
            &described,
        );
    }

    /// As much of JSON Schema as our forms use.
    fn fits(value: &Value, schema: &Value, whole: &Value) {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = whole.pointer(reference.trim_start_matches('#')).unwrap();
            return fits(value, target, whole);
        }
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        match &schema["type"] {
            Value::String(wanted) => {
                assert!(
                    wanted == kind || (wanted == "number" && kind == "integer"),
                    "{value}: {schema}"
                );
            }
            Value::Array(wanted) => assert!(
                wanted.iter().any(|wanted| wanted == kind),
                "{value}: {schema}"
            ),
            _ => {}
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(
                value.get(name.as_str().unwrap()).is_some(),
                "{name} is missing in {value}"
            );
        }
        if let (Some(fields), Some(known)) = (value.as_object(), schema["properties"].as_object()) {
            for (name, value) in fields {
                fits(
                    value,
                    known.get(name).unwrap_or_else(|| panic!("{name}")),
                    whole,
                );
            }
        }
        for item in value.as_array().into_iter().flatten() {
            fits(item, &schema["items"], whole);
        }
    }
}
