//! What the two lessons on managers share: changing a list inside a dictionary, by copy and in place.

use serde_json::json;

use crate::lesson::LessonError;
use crate::process::{self, Datum, DictProxy, Manager, ManagerError, Process};
use crate::stage::Stage;

/// A value as a line carries it: written as Python writes it.
pub(super) fn content(value: &Datum) -> serde_json::Value {
    json!({"content": value.to_string()})
}

/// Says who changes the objects of which server.
pub(super) fn print_change(stage: &Stage, who: &str, server: i32) {
    stage.print(
        who,
        "change",
        json!({"pid": process::id(), "server": server}),
    );
}

/// A child changes the list under this key three times: its own copy, then by putting the copy back,
/// then in place. The result is how many items the server's list had when the copy was changed.
pub(super) fn change_nested(
    stage: &Stage,
    manager: &Manager,
    dict: &DictProxy,
    key: &str,
    items: [Datum; 2],
) -> Result<i64, LessonError> {
    let seen = manager.value(())?;
    let mut child = Process::new("child", {
        let (stage, dict, key) = (stage.clone(), dict.clone(), key.to_owned());
        let seen = seen.clone();
        move || {
            let key = key.as_str();
            let print = |what: &str| {
                let now = dict.get(key)?.unwrap_or_default();
                stage.print("child", what, content(&now));
                Ok::<(), ManagerError>(())
            };
            let [by_copy, in_place] = items;

            let mut copy = match dict.get(key)? {
                Some(Datum::List(items)) => items,
                _ => return Err(ManagerError::NoSuchKey),
            };
            copy.push(by_copy);
            seen.set(dict.list_at(key)?.len()? as i64)?;
            print("copy")?;
            dict.set(key, copy)?;
            print("assign")?;
            dict.list_at(key)?.push(in_place)?;
            print("proxy")
        }
    });
    child.start()?;
    super::finish(&child)?;
    seen.get()?
        .as_int()
        .ok_or_else(|| ManagerError::NoSuchKey.into())
}
