//! `weft serve`: the exercises as web pages and JSON.

use std::io::{ErrorKind, Write};
use std::net::SocketAddr;

use clap::{ArgAction, Command};
use showcase::server::ServeError;
use showcase::{Player, Settings};

use crate::cli::{Call, Subcommand, Words};
use crate::failure::{self, Exit, Failure};
use crate::install;
use crate::values;

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "serve",
    define,
    run,
};

const DEFAULT: SocketAddr = SocketAddr::V4(std::net::SocketAddrV4::new(
    std::net::Ipv4Addr::LOCALHOST,
    8080,
));
/// More at once would only take each other's time.
const MOST_AT_ONCE: u64 = 256;

fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-serve"))
        .arg(values::address_with_port(words.option(
            "addr",
            "ADDRESS",
            "help-serve-addr",
        )))
        .arg(
            words
                .option("name", "HOST", "help-serve-name")
                .action(ArgAction::Append),
        )
        .arg(words.flag("behind-proxy", "help-serve-behind-proxy"))
        .arg(values::whole::<u16>(
            words.option("runs", "N", "help-serve-runs"),
            1..=MOST_AT_ONCE,
        ))
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let player = install::this_program()?;
    let address = call.matches.get_one::<SocketAddr>("addr");
    let mut settings = Settings::new(*address.unwrap_or(&DEFAULT), Player::new(player));
    settings.language = call.language;
    let names = call.matches.get_many::<String>("name");
    settings.names = names.into_iter().flatten().cloned().collect();
    settings.behind_proxy = call.matches.get_flag("behind-proxy");
    if let Some(runs) = call.matches.get_one::<u16>("runs") {
        settings.at_once = usize::from(*runs);
    }
    let ready = |address: SocketAddr| {
        let url = [("url", format!("http://{address}/").into())];
        // A server whose output nobody reads is still a server.
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{}", call.format("serve-ready", &url));
        if !address.ip().is_loopback() {
            let open = [("address", address.to_string().into())];
            let _ = writeln!(out, "{}", call.format("serve-open-to-all", &open));
        }
        let _ = out.flush();
    };
    showcase::server::serve(settings, ready).map_err(|error| refused(&error))?;
    let _ = writeln!(std::io::stdout(), "{}", call.text("serve-ended"));
    Ok(())
}

fn refused(error: &ServeError) -> Failure {
    let ServeError::Listen { address, source } = error else {
        return Failure::new(Exit::Failed, "error-serve").with("reason", failure::reason(error));
    };
    let kind = match source.kind() {
        ErrorKind::AddrInUse => "taken",
        ErrorKind::AddrNotAvailable => "elsewhere",
        ErrorKind::PermissionDenied => "denied",
        _ => "other",
    };
    Failure::new(Exit::Failed, "error-serve-address")
        .with("address", address.to_string())
        .with("kind", kind)
        .with("reason", source.to_string())
}
