//! Connections that are encrypted, with whom the address names and with nobody else.

use std::process::Command;
use std::{env, fs};

use grader::queue::{Address, Desk, QueueError};

use crate::certificates::{Certificates, NAME};
use crate::postgres::Postgres;
use crate::servers::{Redis, Server};

/// A PostgreSQL that takes encrypted connections alone.
fn postgres() -> (Postgres, String) {
    let mut authority = String::new();
    let postgres = Postgres::start_with(|folder| {
        let made = Certificates::make(folder);
        // Where everybody may read it: the folder is the server's.
        authority = fs::read_to_string(&made.authority).expect("a certificate");
        let who = folder.join("who-may");
        fs::write(&who, "hostssl all all 127.0.0.1/32 scram-sha-256\n").expect("a file");
        vec![
            "ssl=on".to_owned(),
            format!("ssl_cert_file={}", made.server.display()),
            format!("ssl_key_file={}", made.key.display()),
            format!("hba_file={}", who.display()),
        ]
    });
    (postgres, authority)
}

fn open(url: &str) -> Result<Desk, QueueError> {
    Desk::open(&url.parse::<Address>().expect("an address"))
}

#[test]
fn a_database_is_believed_who_it_is_by_its_certificate_alone() {
    let (server, authority) = postgres();
    let folder = tempfile::tempdir().expect("a folder");
    let trusted = folder.path().join("ca.pem");
    fs::write(&trusted, authority).expect("a file");
    let numbers = format!("{}?sslmode=verify-full", server.url());
    let by_name = numbers.replace("127.0.0.1", NAME);
    let trusting = |url: &str| format!("{url}&sslrootcert={}", trusted.display());

    open(&trusting(&by_name)).expect("a desk");
    for (url, why) in [
        (by_name.clone(), "nobody knows the authority"),
        (trusting(&numbers), "the certificate is for another name"),
    ] {
        let refused = open(&url).expect_err(why);
        assert!(matches!(refused, QueueError::Tls(_)), "{why}: {refused:?}");
    }
    // The server refuses what is not encrypted: so the first one was.
    let plain = open(&format!("{}?sslmode=disable", server.url())).expect_err("a refusal");
    assert!(matches!(plain, QueueError::Denied(_)), "{plain:?}");
}

#[test]
fn a_database_that_does_not_encrypt_is_not_talked_to_where_that_was_asked() {
    let server = Postgres::start();
    let asked = open(&format!("{}?sslmode=verify-full", server.url())).expect_err("a refusal");
    assert!(matches!(asked, QueueError::Tls(_)), "{asked:?}");
}

/// What a process is told that is this test's other half: whom it trusts is in its environment.
const URL: &str = "WEFT_TEST_QUEUE";

#[test]
fn a_redis_is_believed_who_it_is_by_its_certificate_alone() {
    if let Ok(url) = env::var(URL) {
        open(&url).expect("a desk");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let certificates = Certificates::make(folder.path());
    let server = Redis::encrypted(&certificates);
    let by_name = format!("rediss://{NAME}:{}/", server.port());
    let numbers = format!("rediss://127.0.0.1:{}/", server.port());

    let trusts = |url: &str| {
        let this = env::current_exe().expect("this program");
        let name = "encrypted::a_redis_is_believed_who_it_is_by_its_certificate_alone";
        let ended = Command::new(this)
            .args(["--exact", name])
            .env("SSL_CERT_FILE", &certificates.authority)
            .env(URL, url)
            .output()
            .expect("its other half");
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(said.contains("running 1 test"), "{said}");
        (ended.status.success(), said)
    };
    let (trusted, said) = trusts(&by_name);
    assert!(trusted, "{said}");
    let (trusted, said) = trusts(&numbers);
    assert!(!trusted && said.contains("Tls("), "{said}");

    let refused = open(&by_name).expect_err("nobody knows the authority");
    assert!(matches!(refused, QueueError::Tls(_)), "{refused:?}");
    // Nor is one talked to that does not encrypt.
    let plain = Redis::start();
    open(&format!("rediss://{NAME}:{}/", plain.port())).expect_err("a refusal");
}
