//! Signing, checking and framing of messages.
//!
//! A message on the wire is: identities, the delimiter, a signature, header, parent header,
//! metadata, content (four JSON objects), and any number of binary buffers. Nothing that comes
//! from outside gets past [`Session::unpack`] unless every part of that holds.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hmac::{Hmac, KeyInit, Mac};
use parking_lot::Mutex;
use serde_json::{Map, Value};
use sha2::Sha256;

use crate::wire::Outgoing;
use crate::wire::header::Header;

/// Separates the routing part of a message from the message itself.
pub const DELIMITER: &[u8] = b"<IDS|MSG>";

/// Signatures remembered to recognise a message that is sent a second time.
const SIGNATURES_REMEMBERED: usize = 65_536;
/// A header is repeated in every message that answers it, so it must be small.
const LARGEST_HEADER: usize = 16 * 1024;
/// Identities and buffers of one message.
const MOST_FRAMES: usize = 1024;

/// A message as ZeroMQ carries it.
pub type Frames = Vec<Vec<u8>>;

/// The header of the request that something answers: the very bytes that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent(Arc<[u8]>);

impl Parent {
    /// For what no request caused.
    pub fn none() -> Parent {
        Parent(Arc::from(&b"{}"[..]))
    }
}

/// A message that has passed all checks.
#[derive(Debug, Clone)]
pub struct Message {
    /// Who sent it; a reply goes back to these.
    pub identities: Frames,
    /// What it is.
    pub header: Header,
    /// Its header, to be the parent of every answer.
    pub parent: Parent,
    /// The header it answers itself; an empty object for a request.
    pub parent_header: Map<String, Value>,
    /// Hints beside the content.
    pub metadata: Map<String, Value>,
    /// What it says.
    pub content: Map<String, Value>,
    /// Binary data.
    pub buffers: Frames,
    /// Size of all frames, for queues that are bounded in bytes.
    pub size: usize,
}

impl Message {
    /// The identity of the notebook cell it comes from.
    pub fn cell_id(&self) -> Option<String> {
        Some(self.metadata.get("cellId")?.as_str()?.to_owned())
    }
}

/// Why a message was dropped.
#[derive(Debug, thiserror::Error)]
pub enum BadMessage {
    /// There is no `<IDS|MSG>`.
    #[error("no delimiter among {0} frames")]
    NoDelimiter(usize),
    /// Too few or too many parts.
    #[error("{0} frames after the delimiter, at least 5 are needed")]
    FrameCount(usize),
    /// More frames than any client sends.
    #[error("{0} frames are too many")]
    TooManyFrames(usize),
    /// Signed with another key, or altered.
    #[error("wrong signature")]
    Signature,
    /// This very message has arrived before.
    #[error("the message was already received once")]
    Replayed,
    /// A header of this size is no header.
    #[error("a header of {0} bytes")]
    HeaderSize(usize),
    /// A part is not the JSON it must be.
    #[error("{part} is not valid: {source}")]
    Json {
        /// Which of the four.
        part: &'static str,
        /// Why.
        source: serde_json::Error,
    },
}

/// One side of a conversation: its key and its identity.
pub struct Session {
    id: String,
    username: String,
    key: Option<Hmac<Sha256>>,
    counter: AtomicU64,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    set: HashSet<Vec<u8>>,
    order: VecDeque<Vec<u8>>,
}

impl Session {
    /// A new session; an empty key means that nothing is signed.
    pub fn new(key: &str, username: &str) -> Session {
        let key = if key.is_empty() {
            None
        } else {
            // HMAC takes keys of any length.
            Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()
        };
        Session {
            id: uuid::Uuid::new_v4().to_string(),
            username: username.to_owned(),
            key,
            counter: AtomicU64::new(0),
            seen: Mutex::default(),
        }
    }

    /// The identity of this session in headers.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Makes the header of a new message.
    pub fn header(&self, msg_type: &str) -> Header {
        let number = self.counter.fetch_add(1, Ordering::Relaxed);
        Header {
            msg_id: format!("{}_{}_{number}", self.id, std::process::id()),
            session: self.id.clone(),
            username: self.username.clone(),
            date: now(),
            msg_type: msg_type.to_owned(),
            version: crate::wire::PROTOCOL_VERSION.to_owned(),
        }
    }

    /// Builds the frames of a message to these identities (or with this topic).
    pub fn pack<T: Outgoing>(
        &self,
        identities: &[Vec<u8>],
        parent: &Parent,
        metadata: &Map<String, Value>,
        content: &T,
    ) -> Result<Frames, serde_json::Error> {
        let header = self.header(content.msg_type());
        self.pack_with(&header, identities, parent, metadata, content)
    }

    /// As [`Session::pack`], with a header that was made before.
    pub fn pack_with<T: Outgoing>(
        &self,
        header: &Header,
        identities: &[Vec<u8>],
        parent: &Parent,
        metadata: &Map<String, Value>,
        content: &T,
    ) -> Result<Frames, serde_json::Error> {
        let header = serde_json::to_vec(header)?;
        let metadata = serde_json::to_vec(metadata)?;
        let mut body = Vec::with_capacity(content.size_hint());
        serde_json::to_writer(&mut body, content)?;
        let signature = self.sign([&header, &parent.0, &metadata, &body]);
        let mut frames = Vec::with_capacity(identities.len() + 6);
        frames.extend(identities.iter().cloned());
        frames.push(DELIMITER.to_vec());
        frames.push(signature);
        frames.push(header);
        frames.push(parent.0.to_vec());
        frames.push(metadata);
        frames.push(body);
        Ok(frames)
    }

    fn sign(&self, parts: [&[u8]; 4]) -> Vec<u8> {
        match &self.key {
            None => Vec::new(),
            Some(key) => {
                let mut mac = key.clone();
                for part in parts {
                    mac.update(part);
                }
                hex::encode(mac.finalize().into_bytes()).into_bytes()
            }
        }
    }

    /// Checks a message that arrived and takes it apart.
    pub fn unpack(&self, mut frames: Frames) -> Result<Message, BadMessage> {
        if frames.len() > MOST_FRAMES {
            return Err(BadMessage::TooManyFrames(frames.len()));
        }
        let size = frames.iter().map(Vec::len).sum();
        let Some(delimiter) = frames.iter().position(|frame| frame == DELIMITER) else {
            return Err(BadMessage::NoDelimiter(frames.len()));
        };
        let mut rest = frames.split_off(delimiter).into_iter();
        rest.next();
        let count = rest.len();
        let (Some(signature), Some(header), Some(parent), Some(metadata), Some(content)) = (
            rest.next(),
            rest.next(),
            rest.next(),
            rest.next(),
            rest.next(),
        ) else {
            return Err(BadMessage::FrameCount(count));
        };
        self.verify(&signature, [&header, &parent, &metadata, &content])?;
        if header.len() > LARGEST_HEADER {
            return Err(BadMessage::HeaderSize(header.len()));
        }
        let message = Message {
            identities: frames,
            header: object("header", &header)?,
            parent: Parent(Arc::from(header)),
            parent_header: object("parent header", &parent)?,
            metadata: object("metadata", &metadata)?,
            content: object("content", &content)?,
            buffers: rest.collect(),
            size,
        };
        Ok(message)
    }

    fn verify(&self, signature: &[u8], parts: [&[u8]; 4]) -> Result<(), BadMessage> {
        let Some(key) = &self.key else {
            return Ok(());
        };
        let claimed = hex::decode(signature).map_err(|_| BadMessage::Signature)?;
        let mut mac = key.clone();
        for part in parts {
            mac.update(part);
        }
        // Compares in constant time, so that the time taken says nothing about the right one.
        mac.verify_slice(&claimed)
            .map_err(|_| BadMessage::Signature)?;
        let mut seen = self.seen.lock();
        if !seen.set.insert(claimed.clone()) {
            return Err(BadMessage::Replayed);
        }
        seen.order.push_back(claimed);
        if seen.order.len() > SIGNATURES_REMEMBERED
            && let Some(oldest) = seen.order.pop_front()
        {
            seen.set.remove(&oldest);
        }
        Ok(())
    }
}

fn object<T: serde::de::DeserializeOwned>(
    part: &'static str,
    bytes: &[u8],
) -> Result<T, BadMessage> {
    serde_json::from_slice(bytes).map_err(|source| BadMessage::Json { part, source })
}

/// The present moment as headers spell it.
pub fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::kernel_info::KernelInfoRequest;

    fn request(session: &Session) -> Frames {
        session
            .pack(
                &[b"peer".to_vec()],
                &Parent::none(),
                &Map::new(),
                &KernelInfoRequest {},
            )
            .unwrap()
    }

    #[test]
    fn what_one_side_packs_the_other_unpacks() {
        let (client, kernel) = (
            Session::new("secret", "client"),
            Session::new("secret", "kernel"),
        );
        let message = kernel.unpack(request(&client)).unwrap();
        assert_eq!(message.header.msg_type, "kernel_info_request");
        assert_eq!(message.identities, [b"peer".to_vec()]);
        assert_eq!(message.header.session, client.id());
    }

    #[test]
    fn a_message_is_accepted_only_once() {
        let (client, kernel) = (
            Session::new("secret", "client"),
            Session::new("secret", "kernel"),
        );
        let frames = request(&client);
        assert!(kernel.unpack(frames.clone()).is_ok());
        assert!(matches!(kernel.unpack(frames), Err(BadMessage::Replayed)));
    }

    #[test]
    fn a_changed_byte_a_wrong_key_and_a_signature_that_is_no_hex_are_refused() {
        let kernel = Session::new("secret", "kernel");
        let mut frames = request(&Session::new("secret", "client"));
        let last = frames.len() - 1;
        frames[last] = b"{\"a\":1}".to_vec();
        assert!(matches!(kernel.unpack(frames), Err(BadMessage::Signature)));
        let frames = request(&Session::new("other", "client"));
        assert!(matches!(kernel.unpack(frames), Err(BadMessage::Signature)));
        let mut frames = request(&Session::new("secret", "client"));
        frames[2] = vec![0xff; 64];
        assert!(matches!(kernel.unpack(frames), Err(BadMessage::Signature)));
        let mut frames = request(&Session::new("secret", "client"));
        frames[2].clear();
        assert!(matches!(kernel.unpack(frames), Err(BadMessage::Signature)));
    }

    #[test]
    fn without_a_key_nothing_is_signed_and_nothing_is_a_replay() {
        let session = Session::new("", "kernel");
        let frames = request(&session);
        assert!(frames[2].is_empty());
        assert!(session.unpack(frames.clone()).is_ok());
        assert!(session.unpack(frames).is_ok());
    }

    #[test]
    fn the_memory_of_signatures_is_bounded() {
        let (client, kernel) = (Session::new("k", "client"), Session::new("k", "kernel"));
        for _ in 0..SIGNATURES_REMEMBERED + 10 {
            kernel.unpack(request(&client)).unwrap();
        }
        let seen = kernel.seen.lock();
        assert_eq!(seen.set.len(), SIGNATURES_REMEMBERED);
        assert_eq!(seen.order.len(), SIGNATURES_REMEMBERED);
    }

    #[test]
    fn the_signature_is_the_one_of_the_protocol() {
        // HMAC-SHA256 of "{}{}{}{}" with the key "key", from another implementation.
        let session = Session::new("key", "kernel");
        let signature = session.sign([b"{}", b"{}", b"{}", b"{}"]);
        assert_eq!(
            String::from_utf8(signature).unwrap(),
            "ca767b02c5bc061ed184a9a029e7f93a7f2f7ed4e8fe74120fc1212f0b008fa3"
        );
    }
}
