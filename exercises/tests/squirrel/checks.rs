//! One check, and how the owner hears of it.

use std::time::{Duration, Instant};

use exercises::primitive::settings;
use exercises::squirrel::{
    CheckError, Notify, Patient, Settings, Site, TestServer, Verdict, Webhook, check,
};

use crate::alone::alone;

const LOCAL: Settings = Settings {
    timeout: Duration::from_secs(20),
    proxy: false,
};

#[test]
fn every_answer_has_its_verdict() {
    let _alone = alone();
    let server = TestServer::start(Duration::ZERO).unwrap();
    let client = Patient::new(LOCAL).unwrap();
    for (address, verdict) in [
        (server.up(1), Verdict::Up(200)),
        (server.no_head(2), Verdict::Up(200)),
        (server.status(204, 3), Verdict::Up(204)),
        // A redirection is an answer; it is not followed.
        (server.status(301, 4), Verdict::Up(301)),
        (server.status(400, 5), Verdict::Down(400)),
        (server.status(404, 6), Verdict::Down(404)),
        (server.status(405, 7), Verdict::Down(405)),
        (server.status(500, 8), Verdict::Down(500)),
        (server.status(501, 9), Verdict::Down(501)),
        (server.refused(10), Verdict::Refused),
        (server.unknown(11), Verdict::BadName),
        ("http://no-such-host.INVALID./".to_owned(), Verdict::BadName),
    ] {
        assert_eq!(client.check(&address).unwrap(), verdict, "{address}");
    }
    let counts = server.counts().unwrap();
    assert_eq!((counts.heads, counts.gets), (9, 3));
    assert_eq!(counts.most_at_once, 1);
    server.stop().unwrap();
}

#[test]
fn a_site_that_never_answers_costs_the_time_out_and_no_more() {
    let _alone = alone();
    let server = TestServer::start(Duration::ZERO).unwrap();
    let settings = Settings {
        timeout: Duration::from_millis(300),
        ..LOCAL
    };
    let begin = Instant::now();
    assert_eq!(
        check(&server.slow(0), &settings).unwrap(),
        Verdict::TimedOut
    );
    let took = begin.elapsed();
    assert!(took >= settings.timeout, "{took:?}");
    assert!(took < Duration::from_secs(10), "{took:?}");
    server.stop().unwrap();
}

#[test]
fn what_does_not_speak_http_is_down_and_not_an_error() {
    let _alone = alone();
    let server = TestServer::start(Duration::ZERO).unwrap();
    // Encrypted words at a port that speaks plainly.
    let address = server.up(0).replace("http://", "https://");
    let verdict = check(&address, &LOCAL).unwrap();
    assert!(matches!(verdict, Verdict::Failed(_)), "{verdict:?}");
    server.stop().unwrap();

    for no_address in [
        "",
        "example.org",
        "ftp://a.example/",
        "http://",
        "http://a b",
    ] {
        let error = check(no_address, &LOCAL).unwrap_err();
        assert!(
            matches!(error, CheckError::NotAnAddress { .. }),
            "{no_address}: {error}"
        );
    }
}

#[test]
fn a_time_out_is_never_scaled_below_its_floor() {
    let _alone = alone();
    let before = settings::time_scale();
    let two = Duration::from_secs(2);
    for (scale, scaled) in [(0.0, Settings::FLOOR), (0.1, Settings::FLOOR), (1.0, two)] {
        settings::set_time_scale(scale);
        assert_eq!(Settings::scaled(two), scaled, "scale {scale}");
    }
    settings::set_time_scale(before);
}

#[test]
fn the_owner_hears_by_a_webhook_and_a_deaf_owner_is_an_error() {
    let _alone = alone();
    let server = TestServer::start(Duration::ZERO).unwrap();
    let site = Site {
        number: 3,
        address: "http://a.example/".to_owned(),
    };
    let webhook = Webhook::new(server.hook(), LOCAL).unwrap();
    webhook.notify(&site, &Verdict::Down(404)).unwrap();
    webhook.notify(&site, &Verdict::Refused).unwrap();
    assert_eq!(server.counts().unwrap().notified, 2);

    for (address, said) in [
        (server.status(500, 0), "status 500"),
        (server.refused(0), "cannot reach"),
        ("nowhere".to_owned(), "http://"),
    ] {
        let deaf = Webhook::new(address, LOCAL).unwrap();
        let error = deaf.notify(&site, &Verdict::TimedOut).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
    server.stop().unwrap();
}
