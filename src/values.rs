//! Values of options that are numbers or addresses: how they are read, and what they would have to be where they cannot.

use std::ffi::OsStr;
use std::marker::PhantomData;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::str::FromStr;

use clap::builder::TypedValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use crate::failure::Failure;

/// A whole number of this range, which may be written with a sign: then it is a wrong value, and not an unknown option.
pub fn whole<N>(arg: Arg, range: RangeInclusive<u64>) -> Arg
where
    N: FromStr + Clone + Send + Sync + 'static,
{
    arg.allow_negative_numbers(true)
        .value_parser(Reader::<N>::of(Takes::Whole(range)))
}

/// An address of a machine.
pub fn address(arg: Arg) -> Arg {
    arg.value_parser(Reader::<IpAddr>::of(Takes::Address))
}

/// An address of a machine and a port.
pub fn address_with_port(arg: Arg) -> Arg {
    arg.value_parser(Reader::<SocketAddr>::of(Takes::AddressWithPort))
}

/// The failure that says what the option takes, if a reader of this file has refused its value.
pub fn refused(error: &clap::Error) -> Option<Failure> {
    let Some(ContextValue::Strings(takes)) = error.get(ContextKind::Custom) else {
        return None;
    };
    let takes: Vec<&str> = takes.iter().map(String::as_str).collect();
    Some(match takes[..] {
        ["whole", least, most] => Failure::usage("error-value-whole")
            .with("least", least.to_owned())
            .with("most", most.to_owned()),
        ["address"] => Failure::usage("error-value-address"),
        ["address-with-port"] => Failure::usage("error-value-address-with-port"),
        _ => return None,
    })
}

/// What an option takes.
#[derive(Clone, Debug)]
enum Takes {
    Whole(RangeInclusive<u64>),
    Address,
    AddressWithPort,
}

impl Takes {
    /// For [`refused`]: the kind, and its bounds.
    fn told(&self) -> Vec<String> {
        match self {
            Takes::Whole(range) => vec![
                "whole".to_owned(),
                range.start().to_string(),
                range.end().to_string(),
            ],
            Takes::Address => vec!["address".to_owned()],
            Takes::AddressWithPort => vec!["address-with-port".to_owned()],
        }
    }

    /// Whether a value that can be read may be taken.
    fn allows(&self, value: &str) -> bool {
        match self {
            Takes::Whole(range) => value.parse().is_ok_and(|value: u64| range.contains(&value)),
            Takes::Address | Takes::AddressWithPort => true,
        }
    }
}

#[derive(Clone)]
struct Reader<T> {
    takes: Takes,
    read: PhantomData<fn() -> T>,
}

impl<T> Reader<T> {
    fn of(takes: Takes) -> Reader<T> {
        let read = PhantomData;
        Reader { takes, read }
    }
}

impl<T: FromStr + Clone + Send + Sync + 'static> TypedValueParser for Reader<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        let text = value.to_string_lossy();
        let read = text.parse().ok().filter(|_| self.takes.allows(&text));
        read.ok_or_else(|| {
            let mut error = clap::Error::new(ErrorKind::ValueValidation).with_cmd(command);
            let option = arg.map(ToString::to_string).unwrap_or_default();
            for (kind, what) in [
                (ContextKind::InvalidArg, ContextValue::String(option)),
                (
                    ContextKind::InvalidValue,
                    ContextValue::String(text.into_owned()),
                ),
                (
                    ContextKind::Custom,
                    ContextValue::Strings(self.takes.told()),
                ),
            ] {
                error.insert(kind, what);
            }
            error
        })
    }
}
