//! The task queue, on Redis and in a file.

use std::ffi::OsString;
use std::net::TcpStream;
use std::path::Path;

use exercises::lesson::Scene;
use exercises::squirrel::tasks::{Broker, Kind, Place};
use recorder::document::Status;

use crate::alone::alone;
use crate::versions::played;

/// For as long as this lives, no program is found.
pub struct NoPrograms(Option<OsString>);

impl NoPrograms {
    pub fn begin() -> NoPrograms {
        let path = std::env::var_os("PATH");
        // SAFETY: the tests that read or write the environment run one at a time (`alone`).
        unsafe { std::env::set_var("PATH", "/nonexistent") };
        NoPrograms(path)
    }
}

impl Drop for NoPrograms {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            // SAFETY: as above.
            unsafe { std::env::set_var("PATH", path) };
        }
    }
}

#[test]
fn the_lesson_keeps_its_contract_on_redis_and_in_a_file() {
    let _alone = alone();
    for kind in [Kind::Redis, Kind::Sqlite] {
        let _hidden = (kind == Kind::Sqlite).then(NoPrograms::begin);
        for scene in Scene::ALL {
            for seed in 0..3 {
                let document = played("s3e9", scene, |request| {
                    request.params.insert("n_sites".to_owned(), 20);
                    request.seed = Some(seed);
                    request.shake_ms = 2 * seed;
                });
                let what = format!("{kind:?} scenario {}: {:?}", scene.number(), document.error);
                assert_eq!(document.status, Status::Ok, "{what}");
                assert!(document.keeps_its_contract(), "{what}");
                assert_eq!(
                    document.result["queue"],
                    kind.word(),
                    "{what}: is redis-server installed?"
                );
                assert_eq!(document.result["queued"], 20, "{what}");
                assert_eq!(document.lines[0].what, "queue", "{what}");
                assert_eq!(document.lines[0].value, kind.word(), "{what}");
                let (field, count) = match scene {
                    Scene::First => ("down", 2),
                    Scene::Second => ("waiting", 20),
                    Scene::Third => ("unknown", 20),
                };
                assert_eq!(document.result[field], count, "{what}");
            }
        }
    }
}

#[test]
fn a_redis_of_our_own_answers_only_to_its_password_and_ends_with_its_broker() {
    let _alone = alone();
    let broker = Broker::redis().expect("redis-server must be installed for this test");
    assert_eq!(broker.kind(), Kind::Redis);
    let Place::Redis(address) = broker.place().clone() else {
        panic!("not on Redis");
    };
    let host = address
        .split('@')
        .next_back()
        .unwrap()
        .trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    let answer = {
        use std::io::{Read, Write};
        stream.write_all(b"DBSIZE\r\n").unwrap();
        let mut buffer = [0; 128];
        let count = stream.read(&mut buffer).unwrap();
        String::from_utf8_lossy(&buffer[..count]).into_owned()
    };
    assert!(answer.starts_with("-NOAUTH"), "{answer}");
    drop(broker);
    assert!(TcpStream::connect(host).is_err(), "Redis still listens");
}

#[test]
fn without_redis_the_queue_is_a_file() {
    let _alone = alone();
    let _hidden = NoPrograms::begin();
    let folder = Path::new("/somewhere");
    let error = Broker::redis().unwrap_err().to_string();
    assert!(error.contains("apt install"), "{error}");
    let broker = Broker::start(folder).unwrap();
    assert_eq!(broker.kind(), Kind::Sqlite);
    assert_eq!(*broker.place(), Place::Sqlite(folder.join("tasks.db")));
}
