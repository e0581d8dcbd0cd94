//! A certification authority of a test's own, and a server's certificate by it. Nobody else trusts it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The only name the server's certificate is for.
pub const NAME: &str = "localhost";

/// Where the files are: the authority's certificate, the server's, and the server's key.
pub struct Certificates {
    pub authority: PathBuf,
    pub server: PathBuf,
    pub key: PathBuf,
}

impl Certificates {
    /// Makes them in a folder.
    pub fn make(folder: &Path) -> Certificates {
        let path = |name: &str| folder.join(name);
        let extensions = format!("subjectAltName=DNS:{NAME}\nextendedKeyUsage=serverAuth\n");
        std::fs::write(path("extensions"), extensions).expect("a file");
        let new = "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2";
        let authority = "-x509 -keyout ca.key -out ca.pem -subj /CN=authority \
                         -addext keyUsage=critical,keyCertSign";
        openssl(folder, &format!("{new} {authority}"));
        openssl(
            folder,
            &format!("{new} -keyout server.key -out server.csr -subj /CN=server"),
        );
        openssl(
            folder,
            "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
             -extfile extensions -out server.pem",
        );
        Certificates {
            authority: path("ca.pem"),
            server: path("server.pem"),
            key: path("server.key"),
        }
    }
}

fn openssl(folder: &Path, words: &str) {
    let made = Command::new("openssl")
        .args(words.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("openssl; tests/run installs it");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
}
