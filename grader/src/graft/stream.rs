//! A notebook as a stream: whatever is not the text or the name of a cell is read over, without being kept.
//!
//! Where something of another kind stands than a notebook has there, it counts as nothing; only what is no notebook
//! at all is an error. The depth of our own calls is fixed, and what is read over costs one byte a level.

use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{MAX_ANSWER_BYTES, MAX_COPIES};

/// What stands in the cells with one name.
#[derive(Clone, Debug, Default)]
pub(super) struct Copies {
    pub texts: Vec<String>,
    pub too_long: bool,
}

/// Accepts and forgets what is not of the kind a visitor looks for.
macro_rules! otherwise {
    ($nothing:expr; $($kind:ident)*) => { $(otherwise!(@ $kind $nothing);)* };
    (@ scalar $nothing:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> { Ok($nothing) }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> { Ok($nothing) }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> { Ok($nothing) }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> { Ok($nothing) }
        fn visit_unit<E>(self) -> Result<Self::Value, E> { Ok($nothing) }
    };
    (@ text $nothing:expr) => {
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> { Ok($nothing) }
    };
    (@ seq $nothing:expr) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok($nothing)
        }
    };
    (@ map $nothing:expr) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok($nothing)
        }
    };
}

fn expecting(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("a notebook")
}

/// Which of a few keys stands here; nothing is allocated for the others.
struct Key<const N: usize>([&'static str; N]);

impl<'de, const N: usize> DeserializeSeed<'de> for Key<N> {
    type Value = Option<&'static str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<const N: usize> Visitor<'_> for Key<N> {
    type Value = Option<&'static str>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f)
    }
    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.into_iter().find(|known| *known == key))
    }
}

/// The whole file.
pub(super) struct Root<'a>(pub &'a HashMap<&'a str, usize>);

impl<'de> DeserializeSeed<'de> for Root<'_> {
    type Value = Vec<Copies>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_> {
    type Value = Vec<Copies>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key_seed(Key(["cells"]))? {
            if key.is_none() {
                map.next_value::<IgnoredAny>()?;
            } else if found.is_none() {
                found = Some(map.next_value_seed(Cells(self.0))?);
            } else {
                return Err(de::Error::duplicate_field("cells"));
            }
        }
        found.ok_or_else(|| de::Error::missing_field("cells"))
    }
}

struct Cells<'a>(&'a HashMap<&'a str, usize>);

impl<'de> DeserializeSeed<'de> for Cells<'_> {
    type Value = Vec<Copies>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Cells<'_> {
    type Value = Vec<Copies>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut found = vec![Copies::default(); self.0.len()];
        while let Some(cell) = seq.next_element::<StudentCell>()? {
            let Some(place) = cell.grade_id.as_deref().and_then(|id| self.0.get(id)) else {
                continue;
            };
            let copies = &mut found[*place];
            match cell.source {
                Source::Text(text) if copies.texts.len() < MAX_COPIES => copies.texts.push(text),
                Source::Text(_) | Source::TooLong => copies.too_long = true,
                Source::None => copies.texts.push(String::new()),
            }
            copies.texts.truncate(MAX_COPIES);
        }
        Ok(found)
    }
}

#[derive(Default)]
struct StudentCell {
    grade_id: Option<String>,
    source: Source,
}

#[derive(Default)]
enum Source {
    #[default]
    None,
    Text(String),
    TooLong,
}

/// Deserialises whatever stands there with a visitor of this name.
macro_rules! any {
    ($value:ty, $visitor:ident) => {
        impl<'de> Deserialize<'de> for $value {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any($visitor)
            }
        }
    };
}

struct CellVisitor;
any!(StudentCell, CellVisitor);

impl<'de> Visitor<'de> for CellVisitor {
    type Value = StudentCell;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut cell = StudentCell::default();
        while let Some(key) = map.next_key_seed(Key(["source", "metadata"]))? {
            match key {
                Some("source") => cell.source = map.next_value()?,
                Some(_) => cell.grade_id = map.next_value::<CellMetadata>()?.0,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(cell)
    }
    otherwise!(StudentCell::default(); scalar text seq);
}

struct SourceVisitor;
any!(Source, SourceVisitor);

impl Source {
    fn push(&mut self, piece: &str) {
        if let Source::None = self {
            *self = Source::Text(String::new());
        }
        if let Source::Text(text) = self {
            if text.len() + piece.len() > MAX_ANSWER_BYTES {
                *self = Source::TooLong;
            } else {
                text.push_str(piece);
            }
        }
    }

    /// Lines end as they do here.
    fn finished(mut self) -> Source {
        if let Source::Text(text) = &mut self
            && text.contains('\r')
        {
            *text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        self
    }
}

impl<'de> Visitor<'de> for SourceVisitor {
    type Value = Source;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f)
    }
    fn visit_str<E>(self, text: &str) -> Result<Source, E> {
        let mut source = Source::None;
        source.push(text);
        Ok(source.finished())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Source, A::Error> {
        let mut source = Source::None;
        while seq.next_element_seed(Piece(&mut source))?.is_some() {}
        Ok(source.finished())
    }
    otherwise!(Source::None; scalar map);
}

/// One line of a source that is a list of lines.
struct Piece<'a>(&'a mut Source);

impl<'de> DeserializeSeed<'de> for Piece<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Piece<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f)
    }
    fn visit_str<E>(self, piece: &str) -> Result<(), E> {
        self.0.push(piece);
        Ok(())
    }
    otherwise!((); scalar seq map);
}

struct CellMetadata(Option<String>);
struct CellMetadataVisitor;
any!(CellMetadata, CellMetadataVisitor);

impl<'de> Visitor<'de> for CellMetadataVisitor {
    type Value = CellMetadata;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut id = None;
        while let Some(key) = map.next_key_seed(Key(["nbgrader"]))? {
            if key.is_some() {
                id = map.next_value::<Grading>()?.0;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(CellMetadata(id))
    }
    otherwise!(CellMetadata(None); scalar text seq);
}

struct Grading(Option<String>);
struct GradingVisitor;
any!(Grading, GradingVisitor);

impl<'de> Visitor<'de> for GradingVisitor {
    type Value = Grading;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut id = None;
        while let Some(key) = map.next_key_seed(Key(["grade_id"]))? {
            if key.is_some() {
                id = map.next_value::<Name>()?.0;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Grading(id))
    }
    otherwise!(Grading(None); scalar text seq);
}

struct Name(Option<String>);
struct NameVisitor;
any!(Name, NameVisitor);

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(f)
    }
    fn visit_str<E>(self, name: &str) -> Result<Name, E> {
        // Longer ones are not ours, whatever they are.
        Ok(Name((name.len() <= 100).then(|| name.to_owned())))
    }
    otherwise!(Name(None); scalar seq map);
}
