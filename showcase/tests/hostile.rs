//! Clients that mean harm, or are broken: they lose their connection, and nobody else notices.

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use common::{PATIENCE, Showcase, script, settings, sleeping, until};

fn connect(showcase: &Showcase) -> TcpStream {
    let stream = TcpStream::connect(showcase.address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    stream.set_write_timeout(Some(PATIENCE)).expect("a limit");
    stream
}

/// All that comes until the server closes the connection.
fn rest(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    // A connection that is reset has ended too.
    let _ = stream.read_to_end(&mut said);
    String::from_utf8_lossy(&said).into_owned()
}

fn works(showcase: &Showcase) {
    assert_eq!(showcase.get("/").status(), 200);
}

#[test]
fn who_sends_a_request_too_slowly_is_cut_off() {
    let mut settings = settings();
    settings.head = Duration::from_secs(2);
    let showcase = Showcase::with(settings);
    let mut slow: Vec<TcpStream> = (0..50).map(|_| connect(&showcase)).collect();
    let begun = Instant::now();
    for stream in &mut slow {
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-")
            .expect("sent");
    }
    works(&showcase);
    for stream in &mut slow {
        let said = rest(stream);
        assert!(!said.contains("200 OK"), "{said}");
    }
    assert!(begun.elapsed() < PATIENCE);
    works(&showcase);
}

#[test]
fn an_address_of_ten_megabytes_is_refused_before_it_is_read() {
    let showcase = Showcase::new();
    for request in [
        [b"GET /?q=".to_vec(), vec![b'a'; 10 << 20]].concat(),
        [
            b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ".to_vec(),
            vec![b'a'; 10 << 20],
        ]
        .concat(),
        b"GET / HTTP/1.1\r\n"
            .iter()
            .copied()
            .chain(b"X-A: b\r\n".repeat(100_000))
            .collect(),
    ] {
        let mut stream = connect(&showcase);
        // The server may close while we still send.
        let sent = stream.write_all(&request);
        let said = rest(&mut stream);
        assert!(
            sent.is_err() || said.starts_with("HTTP/1.1 4"),
            "{said:.100}"
        );
    }
    // As long as it may be, it is answered.
    let long = format!("/?q={}", "a".repeat(7_000));
    assert_eq!(showcase.get(&long).status(), 200);
}

#[test]
fn what_is_no_request_is_no_matter() {
    let showcase = Showcase::new();
    for nonsense in [
        &b"\0\0\0\0\0\0\0\0\r\n\r\n"[..],
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET http://evil.example/s1e1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"POST /room HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ] {
        let mut stream = connect(&showcase);
        stream.write_all(nonsense).expect("sent");
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let said = rest(&mut stream);
        assert!(!said.contains("evil.example"), "{said}");
    }
    works(&showcase);
}

#[test]
fn a_name_that_was_made_to_lead_here_gets_nothing() {
    let showcase = Showcase::new();
    let asked = |host: &str| {
        let mut stream = connect(&showcase);
        let request = format!("GET /s1e1 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        rest(&mut stream)
    };
    let refused = asked("evil.example:8080");
    assert!(refused.starts_with("HTTP/1.1 421 "), "{refused}");
    assert!(
        refused.contains("--name") && !refused.contains("s1e1"),
        "{refused}"
    );
    assert!(asked("localhost:8080").starts_with("HTTP/1.1 200 "));
}

#[test]
fn no_path_leads_out() {
    let showcase = Showcase::new();
    for path in [
        "/static/../Cargo.toml",
        "/static/..%2f..%2fCargo.toml",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/../../etc/passwd",
        "//etc/passwd",
        "/s1e1/../../etc/passwd",
        "/%00",
        "/s1e1%00",
        "/S1E1",
        "/run/../static/showcase.css/x",
        "/%ff%fe",
    ] {
        let mut stream = connect(&showcase);
        // By hand: a client would tidy the path up.
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .expect("sent");
        let said = rest(&mut stream);
        assert!(said.starts_with("HTTP/1.1 4"), "{path}: {said:.200}");
        assert!(
            !said.contains("root:") && !said.contains("[package]"),
            "{path}"
        );
    }
}

#[test]
fn one_connection_too_many_is_told_so_and_the_others_go_on() {
    let mut settings = settings();
    settings.connections = 4;
    let showcase = Showcase::with(settings);
    let idle: Vec<TcpStream> = (0..4).map(|_| connect(&showcase)).collect();
    let mut refused = String::new();
    let begun = Instant::now();
    while !refused.starts_with("HTTP/1.1 503") {
        assert!(begun.elapsed() < PATIENCE, "{refused}");
        refused = rest(&mut connect(&showcase));
    }
    assert!(refused.contains("Retry-After"));
    drop(idle);
    until("a free place", || {
        showcase
            .client()
            .get(showcase.url("/healthz"))
            .send()
            .is_ok_and(|answer| answer.status() == 200)
    });
}

#[test]
fn a_form_that_is_too_long_or_never_ends_is_refused() {
    let mut settings = settings();
    settings.answer = Duration::from_millis(300);
    let showcase = Showcase::with(settings);
    let mut stream = connect(&showcase);
    let head = "POST /room HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\nConnection: close\r\n\r\n";
    // The server may have answered and closed before all of it was sent.
    let _ = stream.write_all(format!("{head}{}", "a".repeat(1 << 20)).as_bytes());
    let said = rest(&mut stream);
    assert!(
        said.is_empty() || said.starts_with("HTTP/1.1 400"),
        "{said}"
    );
    let mut stream = connect(&showcase);
    stream
        .write_all(b"POST /room HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nConnection: close\r\n\r\nlang")
        .expect("sent");
    assert!(rest(&mut stream).starts_with("HTTP/1.1 400"));
}

#[test]
fn a_reader_who_leaves_takes_the_run_with_them() {
    let mut settings = settings();
    settings.player = script("sleep 4201");
    let showcase = Showcase::with(settings);
    let mut stream = connect(&showcase);
    stream
        .write_all(b"GET /s1e1?scenario=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .expect("sent");
    until("a player", || sleeping(4201) > 0);
    drop(stream);
    until("its end", || sleeping(4201) == 0);
    works(&showcase);
}

#[test]
fn a_reader_who_does_not_read_holds_nobody_up() {
    let line = r#"{"line":{"seq":1,"at_us":1,"lane":0,"who":"a","what":"call","value":null}}"#;
    let mut settings = settings();
    settings.player = script(&format!("yes '{line}' | head -n 50000; exec sleep 4202"));
    let mut showcase = Showcase::with(settings);
    let mut stream = connect(&showcase);
    stream
        .write_all(b"GET /s1e1?scenario=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .expect("sent");
    until("a player that has said all", || sleeping(4202) > 0);
    works(&showcase);
    let begun = Instant::now();
    showcase.end();
    assert!(begun.elapsed() < PATIENCE / 2);
    until("their end", || sleeping(4202) == 0);
}

#[test]
fn too_many_runs_are_told_when_to_come_again() {
    let mut settings = settings();
    settings.player = script("sleep 4203");
    settings.at_once = 1;
    settings.waiting = 0;
    let showcase = Showcase::with(settings);
    let mut first = connect(&showcase);
    first
        .write_all(b"GET /s1e1?scenario=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .expect("sent");
    until("a player", || sleeping(4203) > 0);
    for path in [
        "/s1e1?scenario=2",
        "/s1e1?scenario=2&Json=1",
        "/s1e1/live?scenario=2",
    ] {
        let answer = showcase.get(path);
        assert_eq!(answer.status(), 429, "{path}");
        let seconds: u64 = common::header(&answer, "retry-after")
            .parse()
            .expect("seconds");
        assert!(seconds >= 1, "{path}");
    }
    works(&showcase);
}

#[test]
fn a_page_of_another_site_starts_nothing() {
    let mut settings = settings();
    settings.player = script("sleep 4204");
    let showcase = Showcase::with(settings);
    let headers = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "no-cors"),
    ];
    let answer = showcase.get_with("/s1e1?scenario=1", &headers);
    assert_eq!(answer.status(), 403);
    until("their end", || sleeping(4204) == 0);
}
