//! One reader cannot take all places: over HTTP, from several addresses of this machine.

mod common;

use std::cell::Cell;
use std::net::Ipv4Addr;

use common::{Showcase, client, header, script, settings, sleeping, until};
use reqwest::blocking::{Client, Response};
use showcase::Settings;

/// Two play and two wait, for as long as the test takes.
fn crowded(seconds: u32) -> Settings {
    let mut settings = settings();
    settings.player = script(&format!("sleep {seconds}"));
    settings.at_once = 2;
    settings.waiting = 2;
    settings
}

/// Asks for runs that are all different; the answers are the runs' events, and stay open.
struct Asking<'a> {
    showcase: &'a Showcase,
    asked: Cell<u32>,
}

impl Asking<'_> {
    fn run(&self, client: &Client, headers: &[(&str, &str)]) -> Response {
        self.asked.set(self.asked.get() + 1);
        let path = format!("/s1e1/live?scenario=1&seed={}&lang=en", self.asked.get());
        let request = client.get(self.showcase.url(&path));
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        request.send().expect("an answer")
    }
}

fn is_refused(answer: Response, said: &str) {
    assert_eq!(answer.status(), 429);
    let seconds: u64 = header(&answer, "retry-after").parse().expect("seconds");
    assert!(seconds >= 1);
    let text = answer.text().expect("text");
    assert!(text.contains(said), "{text}");
}

const OWN: &str = "Too many runs from your address";
const ALL: &str = "Too many runs are waiting";

#[test]
fn a_reader_who_takes_all_she_can_leaves_room_for_the_others() {
    let showcase = Showcase::with(crowded(4301));
    let [greedy, second, third] = [2, 3, 4].map(|last| client(Ipv4Addr::new(127, 0, 0, last)));
    let asking = Asking {
        showcase: &showcase,
        asked: Cell::new(0),
    };
    let hers: Vec<Response> = (0..2).map(|_| asking.run(&greedy, &[])).collect();
    assert!(hers.iter().all(|answer| answer.status() == 200));
    until("her player", || sleeping(4301) == 1);
    is_refused(asking.run(&greedy, &[]), OWN);
    // What she says of herself changes nothing.
    is_refused(
        asking.run(&greedy, &[("x-forwarded-for", "198.51.100.7")]),
        OWN,
    );
    // The second plays at once, although one of hers was waiting; the third waits.
    let other = asking.run(&second, &[]);
    assert_eq!(other.status(), 200);
    until("the other player", || sleeping(4301) == 2);
    let waits = asking.run(&third, &[]);
    assert_eq!(waits.status(), 200);
    // Now all places are taken, which is told in other words.
    is_refused(asking.run(&third, &[]), ALL);
    // Pages are there for everybody all the same.
    assert_eq!(
        greedy
            .get(showcase.url("/s1e1"))
            .send()
            .expect("a page")
            .status(),
        200
    );
    // The server notices a moment later that she has gone.
    drop(hers);
    until("room again", || asking.run(&greedy, &[]).status() == 200);
    drop((other, waits));
    until("the end of all", || sleeping(4301) == 0);
}

#[test]
fn a_proxy_is_believed_when_the_server_was_told_of_it() {
    let mut settings = crowded(4302);
    settings.behind_proxy = true;
    let showcase = Showcase::with(settings);
    let proxy = client(Ipv4Addr::LOCALHOST);
    let asking = Asking {
        showcase: &showcase,
        asked: Cell::new(0),
    };
    let greedy = [("x-forwarded-for", "198.51.100.7")];
    let hers: Vec<Response> = (0..2).map(|_| asking.run(&proxy, &greedy)).collect();
    assert!(hers.iter().all(|answer| answer.status() == 200));
    is_refused(asking.run(&proxy, &greedy), OWN);
    // She cannot pass for somebody else: the proxy's word stands behind hers.
    let forged = [("x-forwarded-for", "203.0.113.9, 198.51.100.7")];
    is_refused(asking.run(&proxy, &forged), OWN);
    let other = asking.run(&proxy, &[("x-forwarded-for", "198.51.100.8")]);
    assert_eq!(other.status(), 200);
    until("both players", || sleeping(4302) == 2);
}
