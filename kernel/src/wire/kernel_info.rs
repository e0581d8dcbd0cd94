//! Who the kernel is.

use serde::Serialize;

use super::{PROTOCOL_VERSION, ReplyStatus, outgoing};
use crate::language::LanguageInfo;

/// Asks who the kernel is.
#[derive(Debug, Serialize)]
pub struct KernelInfoRequest {}

/// Says it.
#[derive(Debug, Serialize)]
pub struct KernelInfoReply<'a> {
    status: ReplyStatus,
    protocol_version: &'static str,
    implementation: &'a str,
    implementation_version: &'a str,
    language_info: Info<'a>,
    banner: &'a str,
    debugger: bool,
    help_links: Vec<HelpLink<'a>>,
    supported_features: [&'static str; 0],
}

#[derive(Debug, Serialize)]
struct Info<'a> {
    name: &'a str,
    version: &'a str,
    mimetype: &'a str,
    file_extension: &'a str,
    pygments_lexer: &'a str,
    codemirror_mode: &'a str,
    nbconvert_exporter: &'static str,
}

#[derive(Debug, Serialize)]
struct HelpLink<'a> {
    text: &'a str,
    url: &'a str,
}

impl<'a> KernelInfoReply<'a> {
    /// The reply for a language.
    pub fn new(info: &'a LanguageInfo) -> KernelInfoReply<'a> {
        KernelInfoReply {
            status: ReplyStatus::Ok,
            protocol_version: PROTOCOL_VERSION,
            implementation: &info.implementation,
            implementation_version: &info.implementation_version,
            language_info: Info {
                name: &info.name,
                version: &info.version,
                mimetype: &info.mimetype,
                file_extension: &info.file_extension,
                pygments_lexer: &info.pygments_lexer,
                codemirror_mode: &info.codemirror_mode,
                nbconvert_exporter: "script",
            },
            banner: &info.banner,
            debugger: false,
            help_links: info
                .help_links
                .iter()
                .map(|(text, url)| HelpLink { text, url })
                .collect(),
            // The optional features the protocol names are a debugger and subshells.
            supported_features: [],
        }
    }
}

outgoing! {
    KernelInfoRequest => "kernel_info_request",
    KernelInfoReply<'_> => "kernel_info_reply",
}
