//! The user's own list of sites.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use exercises::lesson::Scene;
use exercises::run::{Request, RunError, run};
use exercises::squirrel::TestServer;
use recorder::document::{Document, Status};

use crate::alone::alone;
use crate::versions::{found, played};

struct List(PathBuf);

impl List {
    fn of(name: &str, text: &str) -> List {
        let name = format!("squirrel-list-{}-{name}.txt", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, text).unwrap();
        List(path)
    }

    fn choose(&self) -> impl FnOnce(&mut Request) {
        let path = self.0.clone();
        |request| drop(request.files.insert("sites".to_owned(), path))
    }
}

impl Drop for List {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

const VERSIONS: [&str; 6] = ["s3e4", "s3e5", "s3e6", "s3e7", "s3e8", "s3e9"];

#[test]
fn every_version_checks_the_sites_of_the_list_in_every_scenario() {
    let _alone = alone();
    let server = TestServer::start(Duration::ZERO).unwrap();
    let text = format!(
        "# mine\n{}\n{} # gone\n\n{}\n{}\n",
        server.up(0),
        server.status(404, 1),
        server.unknown(2),
        server.no_head(3)
    );
    let list = List::of("good", &text);
    for id in VERSIONS {
        for scene in Scene::ALL {
            let document = played(id, scene, list.choose());
            let what = format!("{id} scenario {}: {:?}", scene.number(), document.error);
            assert_eq!(document.status, Status::Ok, "{what}");
            assert!(
                document.keeps_its_contract(),
                "{what} {:?}",
                document.order.guaranteed
            );
            let verdicts: Vec<String> = found(&document)
                .into_values()
                .map(|(_, verdict)| verdict)
                .collect();
            if (id, scene) == ("s3e9", Scene::Second) {
                assert_eq!(document.result["waiting"], 4);
                assert!(verdicts.is_empty(), "{what}");
            } else {
                assert_eq!(verdicts, ["up", "404", "bad-name", "up"], "{what}");
            }
            let json = serde_json::to_value(&document).unwrap();
            assert_eq!(json["params"]["sites"], list.0.display().to_string());
            assert!(json["params"]["n_sites"].is_u64());
            let back: Document = serde_json::from_value(json).unwrap();
            assert_eq!(back, document);
        }
    }
    server.stop().unwrap();
}

#[test]
fn without_a_list_the_document_does_not_name_one() {
    let _alone = alone();
    let document = played("s3e4", Scene::Second, |request| {
        request.params.insert("n_sites".to_owned(), 1);
    });
    let json = serde_json::to_value(document).unwrap();
    assert_eq!(json["params"], serde_json::json!({"n_sites": 1}));
}

#[test]
fn a_list_with_a_mistake_names_the_line_and_checks_nothing() {
    let _alone = alone();
    let list = List::of("bad", "http://127.0.0.1:9/\nexample.org\n");
    for id in VERSIONS {
        let document = played(id, Scene::First, list.choose());
        assert_eq!(document.status, Status::Failed, "{id}");
        assert!(document.lines.is_empty(), "{id}");
        let error = document.error.expect("an error");
        assert!(
            error.contains("line 2") && error.contains("example.org"),
            "{error}"
        );
    }
    let document = played("s3e4", Scene::First, |request| {
        let gone = PathBuf::from("/no/such/list.txt");
        request.files.insert("sites".to_owned(), gone);
    });
    let error = document.error.expect("an error");
    assert!(error.contains("/no/such/list.txt"), "{error}");
}

#[test]
fn an_empty_list_is_a_round_without_sites() {
    let _alone = alone();
    let list = List::of("empty", "# none yet\n");
    for id in VERSIONS {
        let document = played(id, Scene::First, list.choose());
        assert_eq!(document.status, Status::Ok, "{id}: {:?}", document.error);
        assert!(document.keeps_its_contract(), "{id}");
    }
}

#[test]
fn a_list_is_taken_only_where_one_is_declared() {
    let _alone = alone();
    let lesson = exercises::catalogue::find("s3e3").unwrap();
    let mut request = Request::new(lesson, Scene::First);
    request.files.insert("sites".to_owned(), "x".into());
    assert!(matches!(
        run(request, &mut |_| {}),
        Err(RunError::UnknownParameter {
            exercise: "s3e3",
            ..
        })
    ));
}
