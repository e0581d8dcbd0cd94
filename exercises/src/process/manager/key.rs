//! What dictionaries are looked up by, and the order they keep.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

/// What a [`Datum::Dict`](super::Datum::Dict) is looked up by. Keys of different kinds are different keys (in Python 1,
/// 1.0 and True are one).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Key {
    /// Nothing.
    None,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction. Not a number equals itself here.
    Float(f64),
    /// Text.
    Str(String),
}

impl Key {
    fn bits(&self) -> Option<u64> {
        match self {
            // Zero has two signs and is one key.
            Key::Float(number) if *number == 0.0 => Some(0),
            Key::Float(number) => Some(number.to_bits()),
            _ => None,
        }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        match (self, other) {
            (Key::None, Key::None) => true,
            (Key::Bool(a), Key::Bool(b)) => a == b,
            (Key::Int(a), Key::Int(b)) => a == b,
            (Key::Str(a), Key::Str(b)) => a == b,
            (Key::Float(_), Key::Float(_)) => self.bits() == other.bits(),
            _ => false,
        }
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Key::None => {}
            Key::Bool(truth) => truth.hash(state),
            Key::Int(number) => number.hash(state),
            Key::Float(_) => self.bits().hash(state),
            Key::Str(text) => text.hash(state),
        }
    }
}

/// A map that keeps the order in which its keys came. A key that is set again keeps its place, one
/// that was removed and comes again stands at the end.
#[derive(Clone, Debug)]
pub(super) struct Ordered<V> {
    places: HashMap<Key, usize>,
    entries: Vec<Option<(Key, V)>>,
}

impl<V> Default for Ordered<V> {
    fn default() -> Ordered<V> {
        Ordered {
            places: HashMap::new(),
            entries: Vec::new(),
        }
    }
}

impl<V> Ordered<V> {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn get(&self, key: &Key) -> Option<&V> {
        let place = *self.places.get(key)?;
        self.entries.get(place)?.as_ref().map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, key: &Key) -> Option<&mut V> {
        let place = *self.places.get(key)?;
        self.entries
            .get_mut(place)?
            .as_mut()
            .map(|(_, value)| value)
    }

    pub fn insert(&mut self, key: Key, value: V) -> Option<V> {
        if let Some(there) = self.get_mut(&key) {
            return Some(std::mem::replace(there, value));
        }
        self.places.insert(key.clone(), self.entries.len());
        self.entries.push(Some((key, value)));
        None
    }

    pub fn remove(&mut self, key: &Key) -> Option<V> {
        let place = self.places.remove(key)?;
        let (_, value) = self.entries.get_mut(place)?.take()?;
        // The gaps are closed when they are more than what is there.
        if self.entries.len() > 16 + 2 * self.places.len() {
            self.entries.retain(Option::is_some);
            for (place, entry) in self.entries.iter().enumerate() {
                if let Some(known) = entry.as_ref().and_then(|(key, _)| self.places.get_mut(key)) {
                    *known = place;
                }
            }
        }
        Some(value)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Key, &V)> {
        self.entries
            .iter()
            .flatten()
            .map(|(key, value)| (key, value))
    }

    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.entries.into_iter().flatten().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_and_gaps_are_closed() {
        let mut map = Ordered::default();
        for number in 0..100 {
            assert_eq!(map.insert(Key::Int(number), "first"), None);
        }
        for number in 0..98 {
            assert_eq!(map.remove(&Key::Int(number)), Some("first"));
        }
        map.insert(Key::Int(0), "again");
        assert_eq!(map.insert(Key::Int(98), "changed"), Some("first"));
        let entries: Vec<_> = map
            .iter()
            .map(|(key, value)| (key.to_string(), *value))
            .collect();
        let expected = [("98", "changed"), ("99", "first"), ("0", "again")];
        assert_eq!(
            entries,
            expected.map(|(key, value)| (key.to_owned(), value))
        );
        assert!(map.entries.len() < 25, "the gaps are closed");
        assert_eq!(map.get(&Key::Int(99)), Some(&"first"));
    }
}
