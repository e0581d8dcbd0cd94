//! The objects of a manager, as the server has them.
//!
//! A list or dictionary inside another one is an object of its own, with an identity, so that a
//! proxy can change it in place. It belongs to the place it stands in: when that gets another value
//! or goes away, the object goes with all that is in it, and proxies on it get
//! [`Refusal::NoSuchObject`]. Identities are never used twice. Objects made by themselves stay as
//! long as the manager.

use super::command::{Command, Kind, Place, Refusal, Reply};
use super::key::{Key, Ordered};
use super::value::{Datum, Dict, MOST_DEPTH};
use std::cmp::Ordering;
use std::collections::HashMap;

pub(super) type ObjectId = u64;

enum Node {
    /// Not a list and not a dictionary.
    Plain(Datum),
    Object(ObjectId),
}

enum Content {
    List(Vec<Node>),
    Dict(Ordered<Node>),
    Cell(Node),
}

struct Object {
    depth: usize,
    content: Content,
}

#[derive(Default)]
pub(super) struct Store {
    objects: HashMap<ObjectId, Object>,
    last: ObjectId,
}

type Outcome = Result<Reply, Refusal>;

fn depth_of(value: &Datum) -> usize {
    match value {
        Datum::List(items) => 1 + items.iter().map(depth_of).max().unwrap_or(0),
        Datum::Dict(dict) => {
            1 + dict
                .iter()
                .map(|(_, value)| depth_of(value))
                .max()
                .unwrap_or(0)
        }
        _ => 0,
    }
}

fn place(index: i64, length: usize) -> Result<usize, Refusal> {
    // Negative ones count from the end, as in Python.
    let from_start = if index < 0 {
        index + length as i64
    } else {
        index
    };
    usize::try_from(from_start)
        .ok()
        .filter(|place| *place < length)
        .ok_or(Refusal::OutOfRange { index, length })
}

impl Store {
    /// A new object that belongs to nobody.
    pub fn create(&mut self, kind: Kind, value: Datum) -> Outcome {
        if depth_of(&value) > MOST_DEPTH {
            return Err(Refusal::TooDeep);
        }
        let id = match (kind, value) {
            (Kind::List, value @ Datum::List(_)) | (Kind::Dict, value @ Datum::Dict(_)) => {
                match self.take_in(value, 0) {
                    Node::Object(id) => id,
                    Node::Plain(_) => return Err(Refusal::NotA(kind)),
                }
            }
            (Kind::Cell, value) => {
                let node = self.take_in(value, 1);
                self.add(0, Content::Cell(node))
            }
            (kind, _) => return Err(Refusal::NotA(kind)),
        };
        Ok(Reply::Object(id))
    }

    fn add(&mut self, depth: usize, content: Content) -> ObjectId {
        self.last += 1;
        self.objects.insert(self.last, Object { depth, content });
        self.last
    }

    fn take_in(&mut self, value: Datum, depth: usize) -> Node {
        match value {
            Datum::List(items) => {
                let nodes = items
                    .into_iter()
                    .map(|item| self.take_in(item, depth + 1))
                    .collect();
                Node::Object(self.add(depth, Content::List(nodes)))
            }
            Datum::Dict(dict) => {
                let mut nodes = Ordered::default();
                for (key, value) in dict.iter() {
                    nodes.insert(key.clone(), self.take_in(value.clone(), depth + 1));
                }
                Node::Object(self.add(depth, Content::Dict(nodes)))
            }
            plain => Node::Plain(plain),
        }
    }

    fn copy(&self, node: &Node) -> Datum {
        match node {
            Node::Plain(value) => value.clone(),
            Node::Object(id) => self.copy_object(*id),
        }
    }

    fn copy_object(&self, id: ObjectId) -> Datum {
        match self.objects.get(&id).map(|object| &object.content) {
            Some(Content::List(nodes)) => {
                Datum::List(nodes.iter().map(|node| self.copy(node)).collect())
            }
            Some(Content::Dict(nodes)) => Datum::Dict(
                nodes
                    .iter()
                    .map(|(key, node)| (key.clone(), self.copy(node)))
                    .collect::<Dict>(),
            ),
            Some(Content::Cell(node)) => self.copy(node),
            None => Datum::None,
        }
    }

    /// What stood in a place is gone, with all that is in it.
    fn let_go(&mut self, node: Node) {
        if let Node::Object(id) = node
            && let Some(object) = self.objects.remove(&id)
        {
            match object.content {
                Content::List(nodes) => nodes.into_iter().for_each(|node| self.let_go(node)),
                Content::Dict(nodes) => nodes.into_values().for_each(|node| self.let_go(node)),
                Content::Cell(node) => self.let_go(node),
            }
        }
    }

    /// Takes the object out of the store to change it; the store can then change, too.
    fn with<R>(
        &mut self,
        id: ObjectId,
        change: impl FnOnce(&mut Store, &mut Object) -> Result<R, Refusal>,
    ) -> Result<R, Refusal> {
        let mut object = self.objects.remove(&id).ok_or(Refusal::NoSuchObject)?;
        let result = change(self, &mut object);
        self.objects.insert(id, object);
        result
    }

    fn enter(&mut self, value: Datum, object: &Object) -> Result<Node, Refusal> {
        if !object.has_room_for(&value) {
            return Err(Refusal::TooDeep);
        }
        Ok(self.take_in(value, object.depth + 1))
    }

    /// Does a command; one at a time, so whatever a command does nobody comes between.
    pub fn perform(&mut self, id: ObjectId, command: Command) -> Outcome {
        self.with(id, |store, object| match command {
            Command::Snapshot => Ok(Reply::Datum(store.snapshot(object))),
            Command::Len => Ok(Reply::Datum(Datum::Int(object.len()? as i64))),
            Command::Clear => {
                let nodes: Vec<Node> = match &mut object.content {
                    Content::List(nodes) => std::mem::take(nodes),
                    Content::Dict(nodes) => std::mem::take(nodes).into_values().collect(),
                    Content::Cell(_) => return Err(Refusal::NotA(Kind::List)),
                };
                nodes.into_iter().for_each(|node| store.let_go(node));
                Ok(Reply::Nothing)
            }
            Command::Get(place) => {
                let node = object.find(&place)?;
                Ok(node.map_or(Reply::Nothing, |node| Reply::Datum(store.copy(node))))
            }
            Command::Set(place, value) => {
                let node = store.enter(value, object)?;
                match object.put(place, node) {
                    Ok(before) => {
                        if let Some(before) = before {
                            store.let_go(before);
                        }
                        Ok(Reply::Nothing)
                    }
                    Err((node, refusal)) => {
                        store.let_go(node);
                        Err(refusal)
                    }
                }
            }
            Command::Remove(place) => {
                let Some(node) = object.take(&place)? else {
                    return Ok(Reply::Nothing);
                };
                let value = store.copy(&node);
                store.let_go(node);
                Ok(Reply::Datum(value))
            }
            Command::Nested(place, kind) => {
                let id = match object.find(&place)? {
                    Some(Node::Object(id)) => *id,
                    Some(Node::Plain(_)) => return Err(Refusal::NotA(kind)),
                    None => return Err(Refusal::NoSuchKey),
                };
                let is = store.objects.get(&id).map(|object| object.content.kind());
                if is == Some(kind) {
                    Ok(Reply::Object(id))
                } else {
                    Err(Refusal::NotA(kind))
                }
            }
            Command::Add(place, number) => object.add(&place, &number),
            Command::Keys => {
                let Content::Dict(nodes) = &object.content else {
                    return Err(Refusal::NotA(Kind::Dict));
                };
                Ok(Reply::Keys(
                    nodes.iter().map(|(key, _)| key.clone()).collect(),
                ))
            }
            Command::Extend(values) => {
                object.list()?;
                // All are looked at before the first is taken in.
                if values.iter().any(|value| !object.has_room_for(value)) {
                    return Err(Refusal::TooDeep);
                }
                let depth = object.depth + 1;
                let nodes: Vec<Node> = values
                    .into_iter()
                    .map(|value| store.take_in(value, depth))
                    .collect();
                object.list()?.extend(nodes);
                Ok(Reply::Nothing)
            }
            Command::Insert(index, value) => {
                object.list()?;
                let node = store.enter(value, object)?;
                let list = object.list()?;
                // As Python does: beyond the ends means at the ends.
                let length = list.len() as i64;
                let index = if index < 0 { index + length } else { index };
                list.insert(index.clamp(0, length) as usize, node);
                Ok(Reply::Nothing)
            }
            Command::Pop => match object.list()?.pop() {
                None => Ok(Reply::Nothing),
                Some(node) => {
                    let value = store.copy(&node);
                    store.let_go(node);
                    Ok(Reply::Datum(value))
                }
            },
            Command::Reverse => {
                object.list()?.reverse();
                Ok(Reply::Nothing)
            }
            Command::Sort => {
                object.sort()?;
                Ok(Reply::Nothing)
            }
        })
    }

    fn snapshot(&self, object: &Object) -> Datum {
        match &object.content {
            Content::List(nodes) => Datum::List(nodes.iter().map(|node| self.copy(node)).collect()),
            Content::Dict(nodes) => Datum::Dict(
                nodes
                    .iter()
                    .map(|(key, node)| (key.clone(), self.copy(node)))
                    .collect::<Dict>(),
            ),
            Content::Cell(node) => self.copy(node),
        }
    }

    #[cfg(test)]
    fn count(&self) -> usize {
        self.objects.len()
    }
}

impl Content {
    fn kind(&self) -> Kind {
        match self {
            Content::List(_) => Kind::List,
            Content::Dict(_) => Kind::Dict,
            Content::Cell(_) => Kind::Cell,
        }
    }
}

impl Object {
    fn has_room_for(&self, value: &Datum) -> bool {
        self.depth + 1 + depth_of(value) <= MOST_DEPTH
    }

    fn len(&self) -> Result<usize, Refusal> {
        match &self.content {
            Content::List(nodes) => Ok(nodes.len()),
            Content::Dict(nodes) => Ok(nodes.len()),
            Content::Cell(_) => Err(Refusal::NotA(Kind::List)),
        }
    }

    fn list(&mut self) -> Result<&mut Vec<Node>, Refusal> {
        match &mut self.content {
            Content::List(nodes) => Ok(nodes),
            _ => Err(Refusal::NotA(Kind::List)),
        }
    }

    fn find(&self, at: &Place) -> Result<Option<&Node>, Refusal> {
        match (&self.content, at) {
            (Content::Dict(nodes), Place::Key(key)) => Ok(nodes.get(key)),
            (Content::List(nodes), Place::Index(index)) => {
                Ok(nodes.get(place(*index, nodes.len())?))
            }
            (Content::Cell(node), Place::Whole) => Ok(Some(node)),
            (_, at) => Err(Refusal::NotA(at.kind())),
        }
    }

    /// Puts a node into a place; what was there before.
    fn put(&mut self, at: Place, node: Node) -> Result<Option<Node>, (Node, Refusal)> {
        match (&mut self.content, at) {
            (Content::Dict(nodes), Place::Key(key)) => Ok(nodes.insert(key, node)),
            (Content::List(nodes), Place::Index(index)) => match place(index, nodes.len()) {
                Ok(index) => Ok(Some(std::mem::replace(&mut nodes[index], node))),
                Err(refusal) => Err((node, refusal)),
            },
            (Content::Cell(there), Place::Whole) => Ok(Some(std::mem::replace(there, node))),
            (_, at) => Err((node, Refusal::NotA(at.kind()))),
        }
    }

    fn take(&mut self, at: &Place) -> Result<Option<Node>, Refusal> {
        match (&mut self.content, at) {
            (Content::Dict(nodes), Place::Key(key)) => Ok(nodes.remove(key)),
            (Content::List(nodes), Place::Index(index)) => {
                let index = place(*index, nodes.len())?;
                Ok(Some(nodes.remove(index)))
            }
            (_, at) => Err(Refusal::NotA(at.kind())),
        }
    }

    /// Adds to a number; a key that is not there counts as 0.
    fn add(&mut self, at: &Place, number: &Datum) -> Outcome {
        if number.as_float().is_none() {
            return Err(Refusal::NotANumber);
        }
        if let (Content::Dict(nodes), Place::Key(key)) = (&mut self.content, at)
            && nodes.get(key).is_none()
        {
            nodes.insert(Key::clone(key), Node::Plain(Datum::Int(0)));
        }
        let node = match (&mut self.content, at) {
            (Content::Dict(nodes), Place::Key(key)) => nodes.get_mut(key),
            (Content::List(nodes), Place::Index(index)) => {
                let index = place(*index, nodes.len())?;
                nodes.get_mut(index)
            }
            (Content::Cell(node), Place::Whole) => Some(node),
            (_, at) => return Err(Refusal::NotA(at.kind())),
        };
        let Some(Node::Plain(there)) = node else {
            return Err(Refusal::NotANumber);
        };
        let sum = match (&*there, number) {
            (Datum::Int(a), Datum::Int(b)) => {
                Datum::Int(a.checked_add(*b).ok_or(Refusal::TooLarge)?)
            }
            (a, b) => match (a.as_float(), b.as_float()) {
                (Some(a), Some(b)) => Datum::Float(a + b),
                _ => return Err(Refusal::NotANumber),
            },
        };
        *there = sum.clone();
        Ok(Reply::Datum(sum))
    }

    fn sort(&mut self) -> Result<(), Refusal> {
        let nodes = self.list()?;
        let compare = |a: &Node, b: &Node| -> Option<Ordering> {
            match (a, b) {
                (Node::Plain(Datum::Str(a)), Node::Plain(Datum::Str(b))) => Some(a.cmp(b)),
                (Node::Plain(Datum::Int(a)), Node::Plain(Datum::Int(b))) => Some(a.cmp(b)),
                (Node::Plain(a), Node::Plain(b)) => a.as_float()?.partial_cmp(&b.as_float()?),
                _ => None,
            }
        };
        // With the first one: whether all are of one kind.
        if let Some(first) = nodes.first()
            && nodes.iter().any(|node| compare(first, node).is_none())
        {
            return Err(Refusal::NotComparable);
        }
        nodes.sort_by(|a, b| compare(a, b).unwrap_or(Ordering::Equal));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(outcome: Outcome) -> ObjectId {
        match outcome {
            Ok(Reply::Object(id)) => id,
            other => panic!("{other:?}"),
        }
    }

    fn nested() -> Datum {
        let inner: Dict = [("list", Datum::from(vec![1, 2]))].into_iter().collect();
        Datum::from(vec![Datum::from(inner), 3.into()])
    }

    #[test]
    fn what_is_replaced_or_removed_takes_all_that_is_in_it_along() {
        let mut store = Store::default();
        let list = id(store.create(Kind::List, nested()));
        assert_eq!(store.count(), 3);
        let inner = id(store.perform(list, Command::Nested(Place::Index(0), Kind::Dict)));
        let key = Place::Key("list".into());
        let deepest = id(store.perform(inner, Command::Nested(key, Kind::List)));
        let changed = store.perform(deepest, Command::Extend(vec![7.into()]));
        assert!(matches!(changed, Ok(Reply::Nothing)));
        let now = store.perform(list, Command::Snapshot);
        let Ok(Reply::Datum(now)) = now else {
            panic!("{now:?}")
        };
        assert_eq!(now.to_string(), "[{'list': [1, 2, 7]}, 3]");

        let replaced = store.perform(list, Command::Set(Place::Index(-2), 5.into()));
        assert!(matches!(replaced, Ok(Reply::Nothing)));
        assert_eq!(store.count(), 1);
        let gone = store.perform(deepest, Command::Len);
        assert!(matches!(gone, Err(Refusal::NoSuchObject)));
    }

    #[test]
    fn nesting_has_a_bound_whichever_way_it_is_reached() {
        let mut store = Store::default();
        let mut list = id(store.create(Kind::List, Datum::List(Vec::new())));
        let mut levels = 0;
        loop {
            let empty = Datum::List(Vec::new());
            match store.perform(list, Command::Extend(vec![empty])) {
                Ok(_) => {
                    levels += 1;
                    list = id(store.perform(list, Command::Nested(Place::Index(0), Kind::List)));
                }
                Err(Refusal::TooDeep) => break,
                Err(other) => panic!("{other:?}"),
            }
            assert!(levels <= MOST_DEPTH);
        }
        assert!(levels > 50, "{levels}");
    }

    #[test]
    fn a_refused_command_changes_nothing() {
        let mut store = Store::default();
        let list = id(store.create(Kind::List, nested()));
        let before = store.count();
        let too_deep = (0..MOST_DEPTH).fold(Datum::None, |inner, _| Datum::List(vec![inner]));
        for command in [
            Command::Set(Place::Index(2), nested()),
            Command::Set(Place::Key(1.into()), nested()),
            Command::Add(Place::Index(0), 1.into()),
            Command::Extend(vec![nested(), too_deep.clone()]),
            Command::Insert(0, too_deep),
            Command::Sort,
            Command::Keys,
        ] {
            let name = format!("{command:?}");
            assert!(store.perform(list, command).is_err(), "{name}");
            assert_eq!(store.count(), before, "{name}");
        }
    }
}
