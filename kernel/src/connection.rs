//! The connection file: where the sockets are, and the key messages are signed with.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A connection file is a few hundred bytes; anything near this is something else.
const LARGEST_FILE: u64 = 64 * 1024;

/// What Jupyter writes for a kernel before it starts it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConnectionFile {
    /// How the sockets are reached.
    pub transport: Transport,
    /// Address (`tcp`), or the beginning of a path (`ipc`).
    pub ip: String,
    /// Requests.
    pub shell_port: u16,
    /// Everything the kernel broadcasts.
    pub iopub_port: u16,
    /// Questions to the user.
    pub stdin_port: u16,
    /// Urgent requests.
    pub control_port: u16,
    /// Echo.
    pub hb_port: u16,
    /// Key of the signatures; empty where messages are not signed.
    #[serde(default)]
    pub key: String,
    /// Only `hmac-sha256` exists in practice.
    #[serde(default = "default_scheme")]
    pub signature_scheme: String,
}

fn default_scheme() -> String {
    "hmac-sha256".to_owned()
}

/// How sockets are reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// Over the network, usually the loopback.
    Tcp,
    /// Over sockets in the file system.
    Ipc,
}

/// Why a connection file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    /// It cannot be read.
    #[error("cannot read the connection file {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is not what Jupyter writes.
    #[error("{path} is not a connection file: {source}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// It asks for signatures this kernel does not know.
    #[error("signature scheme {0:?} is not supported, only hmac-sha256 is")]
    Scheme(String),
}

impl ConnectionFile {
    /// Reads and checks a connection file.
    pub fn load(path: &Path) -> Result<ConnectionFile, ConnectionError> {
        let read = |source| ConnectionError::Read {
            path: path.to_owned(),
            source,
        };
        let mut text = Vec::new();
        std::fs::File::open(path)
            .map_err(read)?
            .take(LARGEST_FILE)
            .read_to_end(&mut text)
            .map_err(read)?;
        let file: ConnectionFile =
            serde_json::from_slice(&text).map_err(|source| ConnectionError::Parse {
                path: path.to_owned(),
                source,
            })?;
        file.check()?;
        Ok(file)
    }

    /// Whether this kernel can serve it.
    pub fn check(&self) -> Result<(), ConnectionError> {
        if !self.key.is_empty() && self.signature_scheme != default_scheme() {
            return Err(ConnectionError::Scheme(self.signature_scheme.clone()));
        }
        Ok(())
    }

    /// The address of one of the ports, as ZeroMQ spells it.
    pub fn endpoint(&self, port: u16) -> String {
        match self.transport {
            Transport::Tcp => format!("tcp://{}:{port}", self.ip),
            Transport::Ipc => format!("ipc://{}-{port}", self.ip),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_transports_have_their_own_spelling() {
        let text = r#"{"transport":"ipc","ip":"/run/k","shell_port":1,"iopub_port":2,"stdin_port":3,
            "control_port":4,"hb_port":5,"key":"","signature_scheme":"hmac-sha256","kernel_name":"weft"}"#;
        let mut file: ConnectionFile = serde_json::from_str(text).unwrap();
        assert_eq!(file.endpoint(file.hb_port), "ipc:///run/k-5");
        file.transport = Transport::Tcp;
        file.ip = "127.0.0.1".into();
        assert_eq!(file.endpoint(file.shell_port), "tcp://127.0.0.1:1");
    }

    #[test]
    fn a_strange_signature_scheme_is_refused_unless_nothing_is_signed() {
        let text = r#"{"transport":"tcp","ip":"127.0.0.1","shell_port":1,"iopub_port":2,"stdin_port":3,
            "control_port":4,"hb_port":5,"key":"k","signature_scheme":"hmac-md5"}"#;
        let mut file: ConnectionFile = serde_json::from_str(text).unwrap();
        assert!(matches!(file.check(), Err(ConnectionError::Scheme(_))));
        file.key.clear();
        assert!(file.check().is_ok());
    }
}
