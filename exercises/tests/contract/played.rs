//! Playing a scenario in a test.

use exercises::catalogue;
use exercises::lesson::{Lesson, Scene};
use exercises::run::{Request, run};
use recorder::document::{Document, Status};

/// All sleeps of the tests are a twentieth of what a student sees.
pub const TIME_SCALE: f64 = 0.05;

/// Plays a request and asks for status and contract.
#[track_caller]
pub fn kept(request: Request) -> Document {
    let (id, scene) = (request.lesson.id, request.scene.number());
    let asked = format!(
        "{id} scenario {scene} {:?} seed {:?} shake {}",
        request.params, request.seed, request.shake_ms
    );
    let mut live = Vec::new();
    let document = run(request, &mut |line| live.push(line.clone())).expect(&asked);
    assert_eq!(document.status, Status::Ok, "{asked}: {:?}", document.error);
    let broken: Vec<_> = document
        .order
        .guaranteed
        .iter()
        .filter(|rule| !rule.holds)
        .collect();
    assert!(
        broken.is_empty(),
        "{asked}: {broken:?}\n{}",
        serde_json::to_string_pretty(&document).expect("a document is JSON")
    );
    assert!(
        !document.order.guaranteed.is_empty(),
        "{asked}: nothing is promised"
    );
    assert_eq!(document.lost, 0, "{asked}: the journal was too small");
    let lines: Vec<_> = document
        .lines
        .iter()
        .map(|printed| printed.line.clone())
        .collect();
    assert_eq!(
        live, lines,
        "{asked}: the lines handed out live are not those of the document"
    );
    document
}

/// A scenario at the time scale of the tests.
pub fn request(lesson: &'static Lesson, scene: Scene, seed: u64) -> Request {
    let mut request = Request::new(lesson, scene);
    request.seed = Some(seed);
    request.time_scale = Some(TIME_SCALE);
    request
}

/// The same with this many of whatever the exercise counts, as far as it allows.
pub fn sized(lesson: &'static Lesson, scene: Scene, seed: u64, n: i64) -> Request {
    let mut request = request(lesson, scene, seed);
    if let Some(count) = lesson.parameters.first() {
        let n = n.clamp(count.min.into(), count.max.into());
        request.params.insert(count.name.to_owned(), n);
    }
    request
}

/// The name of the exercise's count, if it has one.
pub fn count_name(lesson: &Lesson) -> Option<&'static str> {
    lesson.parameters.first().map(|parameter| parameter.name)
}

/// How many it was; 0 for an exercise that counts nothing.
pub fn count_of(document: &Document) -> usize {
    let lesson = catalogue::find(&document.exercise).expect("an exercise of the catalogue");
    count_name(lesson).map_or(0, |count| document.params[count] as usize)
}

/// Every scenario of every exercise whose id begins so; all of them for `""`.
pub fn scenarios(series: &str) -> impl Iterator<Item = (&'static Lesson, Scene)> {
    catalogue::all()
        .iter()
        .filter(move |lesson| lesson.id.starts_with(series))
        .flat_map(|lesson| Scene::ALL.map(|scene| (*lesson, scene)))
}
