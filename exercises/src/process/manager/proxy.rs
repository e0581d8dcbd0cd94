//! The handles on a manager's objects.

use super::ManagerError;
use super::client::Client;
use super::command::{Command, Kind, Place, Reply, Request};
use super::key::Key;
use super::store::ObjectId;
use super::value::{Datum, Dict};
use crate::primitive::Arc;
use std::fmt;

#[derive(Clone)]
pub(super) struct Proxy {
    client: Arc<Client>,
    id: ObjectId,
}

impl Proxy {
    pub fn new(client: Arc<Client>, id: ObjectId) -> Proxy {
        Proxy { client, id }
    }

    fn ask(&self, command: Command) -> Result<Reply, ManagerError> {
        self.client.ask(&Request::Do(self.id, command))
    }

    fn done(&self, command: Command) -> Result<(), ManagerError> {
        self.ask(command).map(|_| ())
    }

    fn maybe(&self, command: Command) -> Result<Option<Datum>, ManagerError> {
        match self.ask(command)? {
            Reply::Datum(value) => Ok(Some(value)),
            Reply::Nothing => Ok(None),
            _ => Err(ManagerError::NotAManager),
        }
    }

    fn value(&self, command: Command) -> Result<Datum, ManagerError> {
        self.maybe(command)?.ok_or(ManagerError::NotAManager)
    }

    fn len(&self) -> Result<usize, ManagerError> {
        match self.value(Command::Len)? {
            Datum::Int(length) => usize::try_from(length).map_err(|_| ManagerError::NotAManager),
            _ => Err(ManagerError::NotAManager),
        }
    }

    fn nested(&self, place: Place, kind: Kind) -> Result<Proxy, ManagerError> {
        match self.ask(Command::Nested(place, kind))? {
            Reply::Object(id) => Ok(Proxy::new(self.client.clone(), id)),
            _ => Err(ManagerError::NotAManager),
        }
    }

    fn fmt(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("server", &self.client.server)
            .field("object", &self.id)
            .finish()
    }
}

macro_rules! proxies {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            proxy: Proxy,
        }

        impl $name {
            pub(super) fn of(proxy: Proxy) -> $name {
                $name { proxy }
            }

            /// The server's process, where that is known.
            pub fn server(&self) -> Option<i32> {
                self.proxy.client.server
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.proxy.fmt(stringify!($name), f)
            }
        }
    )+};
}

proxies! {
    /// A dictionary in a [`Manager`](super::Manager). Keys stay in the order in which they came.
    DictProxy;
    /// A list in a [`Manager`](super::Manager). Negative indices count from the end.
    ListProxy;
    /// A single value in a [`Manager`](super::Manager).
    ValueProxy;
    /// Values by name in a [`Manager`](super::Manager): Python's `Namespace`, whose attributes are
    /// set from outside.
    Namespace;
}

impl DictProxy {
    /// Sets a key. A key that is there keeps its place.
    pub fn set(&self, key: impl Into<Key>, value: impl Into<Datum>) -> Result<(), ManagerError> {
        self.proxy
            .done(Command::Set(Place::Key(key.into()), value.into()))
    }

    /// A copy of the value of a key, with all that is in it; none if there is no such key.
    pub fn get(&self, key: impl Into<Key>) -> Result<Option<Datum>, ManagerError> {
        self.proxy.maybe(Command::Get(Place::Key(key.into())))
    }

    /// The list under a key, to be changed in place.
    pub fn list_at(&self, key: impl Into<Key>) -> Result<ListProxy, ManagerError> {
        let place = Place::Key(key.into());
        Ok(ListProxy::of(self.proxy.nested(place, Kind::List)?))
    }

    /// The dictionary under a key, to be changed in place.
    pub fn dict_at(&self, key: impl Into<Key>) -> Result<DictProxy, ManagerError> {
        let place = Place::Key(key.into());
        Ok(DictProxy::of(self.proxy.nested(place, Kind::Dict)?))
    }

    /// Takes a key out, and gives its value.
    pub fn remove(&self, key: impl Into<Key>) -> Result<Option<Datum>, ManagerError> {
        self.proxy.maybe(Command::Remove(Place::Key(key.into())))
    }

    /// Adds to the number under a key (0 if there is none) in one command, so that nobody comes
    /// between; the sum.
    pub fn add(
        &self,
        key: impl Into<Key>,
        number: impl Into<Datum>,
    ) -> Result<Datum, ManagerError> {
        self.proxy
            .value(Command::Add(Place::Key(key.into()), number.into()))
    }

    /// Whether the key is there.
    pub fn contains(&self, key: impl Into<Key>) -> Result<bool, ManagerError> {
        Ok(self.get(key)?.is_some())
    }

    /// The keys in order.
    pub fn keys(&self) -> Result<Vec<Key>, ManagerError> {
        match self.proxy.ask(Command::Keys)? {
            Reply::Keys(keys) => Ok(keys),
            _ => Err(ManagerError::NotAManager),
        }
    }

    /// A copy of the whole.
    pub fn snapshot(&self) -> Result<Dict, ManagerError> {
        match self.proxy.value(Command::Snapshot)? {
            Datum::Dict(dict) => Ok(dict),
            _ => Err(ManagerError::NotAManager),
        }
    }

    /// How many keys there are.
    pub fn len(&self) -> Result<usize, ManagerError> {
        self.proxy.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> Result<bool, ManagerError> {
        Ok(self.len()? == 0)
    }

    /// Takes all keys out.
    pub fn clear(&self) -> Result<(), ManagerError> {
        self.proxy.done(Command::Clear)
    }
}

impl ListProxy {
    /// Puts an item at the end.
    pub fn push(&self, item: impl Into<Datum>) -> Result<(), ManagerError> {
        self.proxy.done(Command::Extend(vec![item.into()]))
    }

    /// Puts items at the end, in one command: nobody comes between.
    pub fn extend<V: Into<Datum>>(
        &self,
        items: impl IntoIterator<Item = V>,
    ) -> Result<(), ManagerError> {
        let items = items.into_iter().map(Into::into).collect();
        self.proxy.done(Command::Extend(items))
    }

    /// A copy of the item at an index, with all that is in it.
    pub fn get(&self, index: i64) -> Result<Datum, ManagerError> {
        self.proxy.value(Command::Get(Place::Index(index)))
    }

    /// Replaces the item at an index.
    pub fn set(&self, index: i64, item: impl Into<Datum>) -> Result<(), ManagerError> {
        self.proxy
            .done(Command::Set(Place::Index(index), item.into()))
    }

    /// The list at an index, to be changed in place.
    pub fn list_at(&self, index: i64) -> Result<ListProxy, ManagerError> {
        let place = Place::Index(index);
        Ok(ListProxy::of(self.proxy.nested(place, Kind::List)?))
    }

    /// The dictionary at an index, to be changed in place.
    pub fn dict_at(&self, index: i64) -> Result<DictProxy, ManagerError> {
        let place = Place::Index(index);
        Ok(DictProxy::of(self.proxy.nested(place, Kind::Dict)?))
    }

    /// Adds to the number at an index in one command; the sum.
    pub fn add(&self, index: i64, number: impl Into<Datum>) -> Result<Datum, ManagerError> {
        self.proxy
            .value(Command::Add(Place::Index(index), number.into()))
    }

    /// Puts an item before an index; beyond the ends means at the ends.
    pub fn insert(&self, index: i64, item: impl Into<Datum>) -> Result<(), ManagerError> {
        self.proxy.done(Command::Insert(index, item.into()))
    }

    /// Takes the item at an index out.
    pub fn remove(&self, index: i64) -> Result<Datum, ManagerError> {
        self.proxy.value(Command::Remove(Place::Index(index)))
    }

    /// Takes the last item out; none if there is none.
    pub fn pop(&self) -> Result<Option<Datum>, ManagerError> {
        self.proxy.maybe(Command::Pop)
    }

    /// Turns the order round.
    pub fn reverse(&self) -> Result<(), ManagerError> {
        self.proxy.done(Command::Reverse)
    }

    /// Sorts a list of numbers, or of text.
    pub fn sort(&self) -> Result<(), ManagerError> {
        self.proxy.done(Command::Sort)
    }

    /// A copy of the whole.
    pub fn snapshot(&self) -> Result<Vec<Datum>, ManagerError> {
        match self.proxy.value(Command::Snapshot)? {
            Datum::List(items) => Ok(items),
            _ => Err(ManagerError::NotAManager),
        }
    }

    /// How many items there are.
    pub fn len(&self) -> Result<usize, ManagerError> {
        self.proxy.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> Result<bool, ManagerError> {
        Ok(self.len()? == 0)
    }

    /// Takes all items out.
    pub fn clear(&self) -> Result<(), ManagerError> {
        self.proxy.done(Command::Clear)
    }
}

impl ValueProxy {
    /// A copy of it.
    pub fn get(&self) -> Result<Datum, ManagerError> {
        self.proxy.value(Command::Get(Place::Whole))
    }

    /// Replaces it.
    pub fn set(&self, value: impl Into<Datum>) -> Result<(), ManagerError> {
        self.proxy.done(Command::Set(Place::Whole, value.into()))
    }

    /// Adds to it in one command, if it is a number; the sum.
    pub fn add(&self, number: impl Into<Datum>) -> Result<Datum, ManagerError> {
        self.proxy.value(Command::Add(Place::Whole, number.into()))
    }
}

impl Namespace {
    /// Sets a name.
    pub fn set(&self, name: &str, value: impl Into<Datum>) -> Result<(), ManagerError> {
        self.proxy
            .done(Command::Set(Place::Key(name.into()), value.into()))
    }

    /// A copy of what has that name; [`ManagerError::NoSuchKey`] if nothing has.
    pub fn get(&self, name: &str) -> Result<Datum, ManagerError> {
        self.proxy
            .maybe(Command::Get(Place::Key(name.into())))?
            .ok_or(ManagerError::NoSuchKey)
    }

    /// Takes a name out.
    pub fn remove(&self, name: &str) -> Result<Option<Datum>, ManagerError> {
        self.proxy.maybe(Command::Remove(Place::Key(name.into())))
    }

    /// A copy of the whole.
    pub fn snapshot(&self) -> Result<Dict, ManagerError> {
        match self.proxy.value(Command::Snapshot)? {
            Datum::Dict(dict) => Ok(dict),
            _ => Err(ManagerError::NotAManager),
        }
    }
}
