//! Boxes from outside: what holds, what is refused, and that nothing stays.

use std::io;
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::os::unix::fs::PermissionsExt;

use grader::sandbox::orders::{PACKET, receive, send_bytes};
use grader::sandbox::{Helper, Layer, Policy, Sandbox, SandboxError};
use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockType, send, socketpair};

fn helper() -> Helper {
    Helper {
        program: env!("CARGO_BIN_EXE_weft-box").into(),
        arguments: Vec::new(),
    }
}

#[test]
fn no_attempt_to_get_out_succeeds() {
    let sandbox = Sandbox::new(helper(), Policy::Strict).expect("a sandbox");
    let level = sandbox.level().expect("a level");
    let holes: Vec<_> = level.holes().collect();
    assert!(holes.is_empty(), "{holes:?}");
    assert_eq!(
        level.attempts.len(),
        grader::sandbox::escape::names().count()
    );
    assert_eq!(level.level, "strict");
}

#[test]
fn without_bubblewrap_nothing_is_run_unless_the_students_are_trusted() {
    let refused = Sandbox::with(helper(), Policy::Strict, None, None).map(drop);
    assert!(
        matches!(&refused, Err(SandboxError::Missing { layers, told: None }) if layers[..] == [Layer::Bubblewrap]),
        "{refused:?}"
    );
    // Without bubblewrap the box's user must reach the helper where it is, and that may be below root's own folder.
    let place = tempfile::Builder::new()
        .permissions(std::fs::Permissions::from_mode(0o755))
        .tempdir()
        .expect("a folder");
    let program = place.path().join("weft-box");
    std::fs::copy(helper().program, &program).expect("a copy");
    let helper = Helper {
        program,
        arguments: Vec::new(),
    };
    let sandbox = Sandbox::with(helper, Policy::TrustStudents, None, None).expect("a sandbox");
    let level = sandbox.level().expect("a level");
    assert_eq!(level.level, "trusted");
    assert_eq!(level.policy, Policy::TrustStudents);
    // The layers that are there still hold.
    let held = |name: &str| {
        let attempt = level.attempts.iter().find(|attempt| attempt.name == name);
        attempt.expect("the attempt").held
    };
    assert!(held("read-host-files") && held("trace") && held("io-uring"));
}

#[test]
fn a_box_that_cannot_have_what_compiling_needs_is_missed_before_grading_begins() {
    let place = tempfile::tempdir().expect("a folder");
    let refusing = place.path().join("bwrap");
    // As in a container whose engine masks parts of /proc: every box works but one with a /proc of its own.
    let script = "#!/bin/sh\nfor word; do [ \"$word\" = --proc ] && echo \"bwrap: Can't mount proc\" >&2 && exit 1; done\nexec bwrap \"$@\"\n";
    std::fs::write(&refusing, script).expect("a script");
    std::fs::set_permissions(&refusing, std::fs::Permissions::from_mode(0o755))
        .expect("permissions");
    let refused = Sandbox::with(helper(), Policy::Strict, Some(refusing), None).map(drop);
    let Err(SandboxError::Missing { layers, told }) = &refused else {
        panic!("{refused:?}");
    };
    assert_eq!(layers[..], [Layer::Bubblewrap]);
    let told = told.as_deref().unwrap_or_default();
    assert!(told.contains("Can't mount proc"), "{told}");
}

fn pair() -> (OwnedFd, OwnedFd) {
    let flags = SockFlag::SOCK_CLOEXEC;
    socketpair(AddressFamily::Unix, SockType::SeqPacket, None, flags).expect("two ends")
}

#[test]
fn the_longest_packet_arrives_whole_and_no_longer_one_is_sent() {
    let (ours, theirs) = pair();
    send_bytes(ours.as_fd(), &vec![7; PACKET], &[]).expect("sent");
    let refused = send_bytes(ours.as_fd(), &vec![7; PACKET + 1], &[]).unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::InvalidInput, "{refused}");
    let packet = receive(theirs.as_fd(), false).expect("received");
    assert_eq!(packet.expect("a packet").bytes, vec![7; PACKET]);
    let nothing = receive(theirs.as_fd(), false)
        .err()
        .map(|error| error.kind());
    assert_eq!(nothing, Some(io::ErrorKind::WouldBlock));
}

#[test]
fn a_packet_that_was_cut_is_an_error_and_the_next_one_arrives() {
    let (ours, theirs) = pair();
    let long = vec![7; PACKET + 1];
    send(ours.as_raw_fd(), &long, MsgFlags::empty()).expect("sent");
    send_bytes(ours.as_fd(), b"next", &[]).expect("sent");
    let cut = receive(theirs.as_fd(), false)
        .err()
        .map(|error| error.kind());
    assert_eq!(cut, Some(io::ErrorKind::InvalidData));
    let packet = receive(theirs.as_fd(), false).expect("received");
    assert_eq!(packet.expect("a packet").bytes, b"next");
}
