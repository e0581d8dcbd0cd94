use super::*;

const HEAD: &str = "#![allow(dead_code)]\n";
const TAIL: &str =
    "#[unsafe(no_mangle)]\npub extern \"C\" fn run_user_code_3(s: *mut u8) -> *mut u8 { s }\n";

/// What the compiler gets for these items, in a cell with this text.
fn shared(items: &str, cell: &str, record: &mut Record) -> String {
    let source = format!("{HEAD}{items}{TAIL}");
    let file = syn::parse_file(&source).expect("Rust");
    let text = share(&source, &file, cell, &BTreeMap::new(), record).text;
    assert_eq!(
        text.lines().count(),
        source.lines().count(),
        "lines stay in place"
    );
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    record.attempt = 0;
    text
}

const COUNTER: &str = "pub static C: AtomicU32 =\n    AtomicU32::new(0);\n";

#[test]
fn a_static_is_exported_once_and_imported_afterwards() {
    let mut record = Record::default();
    let first = shared(COUNTER, COUNTER, &mut record);
    assert!(first.contains("_1_0\")] pub static C"), "{first}");
    assert!(first.contains(&format!(
        "static {MARK}: u8 = 0; #[unsafe(no_mangle)]\npub extern"
    )));
    let later = shared(COUNTER, "C.load(SeqCst)", &mut record);
    assert!(
        later.contains("_1_0\"] pub safe static C: AtomicU32; }\n\n"),
        "{later}"
    );
    assert!(!later.contains(MARK) && record.renewed.is_empty());
}

#[test]
fn a_cell_that_runs_again_defines_anew_and_says_so() {
    let mut record = Record::default();
    shared(COUNTER, COUNTER, &mut record);
    let again = shared(COUNTER, &format!("use std::io;\n{COUNTER}"), &mut record);
    assert!(again.contains("_2_0\")] pub static C"), "{again}");
    assert_eq!(record.renewed, BTreeSet::from(["C".to_owned()]));
}

#[test]
fn a_static_is_new_when_a_type_behind_it_has_changed() {
    let stat = "static S: Mutex<Outer> = make();\n";
    let outer = "struct Outer { inner: Inner }\n";
    let mut record = Record::default();
    let with = |inner: &str| format!("{inner}{outer}{stat}");
    shared(&with("struct Inner(u8);\n"), stat, &mut record);
    assert!(shared(&with("struct Inner(u8);\n"), "1", &mut record).contains("safe static S"));
    let other = format!("{}struct Unrelated;\n", with("struct Inner(u8);\n"));
    assert!(shared(&other, "1", &mut record).contains("safe static S"));
    let changed = shared(&with("struct Inner(u64);\n"), "1", &mut record);
    assert!(changed.contains("_2_0\")] static S"), "{changed}");
}

#[test]
fn what_a_glob_a_constant_or_a_crate_means_counts_too() {
    let stat = "static S: Mutex<Option<[P; size()]>> = make();\n";
    let with = |inside: &str, size: &str| {
        format!(
            "use shapes::*;\nmod shapes {{ pub struct P({inside}); }}\nconst fn size() -> usize {{ {size} }}\n{stat}"
        )
    };
    let mut record = Record::default();
    shared(&with("u8", "1"), stat, &mut record);
    assert!(shared(&with("u8", "1"), "1", &mut record).contains("safe static S"));
    assert!(!shared(&with("u64", "1"), "1", &mut record).contains("safe static S"));
    assert!(!shared(&with("u64", "2"), "1", &mut record).contains("safe static S"));
    let source = format!("{HEAD}static T: Option<thing::T> = None;\n{TAIL}");
    let file = syn::parse_file(&source).expect("Rust");
    let crates = |version: &str| BTreeMap::from([("thing".to_owned(), version.to_owned())]);
    let mut with =
        |version: &str, cell: &str| share(&source, &file, cell, &crates(version), &mut record).text;
    with("1", "static T: Option<thing::T> = None;");
    assert!(with("1", "1").contains("safe static T"));
    assert!(!with("2", "1").contains("safe static T"));
}

#[test]
fn statics_in_functions_methods_and_modules_are_shared_too() {
    let items = "fn f() -> u32 { static N: A = A::new(0); { static N: A = A::new(1); N.get() } }\n\
                 impl T { fn g() { static G: A = A::new(0); } }\nmod m { pub(super) static P: A = A::new(0); }\n";
    let mut record = Record::default();
    let first = shared(items, items, &mut record);
    assert_eq!(first.matches("export_name").count(), 4, "{first}");
    assert_eq!(record.defined.len(), 4, "{record:?}");
    let later = shared(items, "f()", &mut record);
    assert_eq!(later.matches("safe static").count(), 4, "{later}");
}

#[test]
fn thread_locals_in_functions_are_shared_by_their_keys() {
    let items = "fn f() {\n    thread_local! {\n        static A: Cell<u8> = const { Cell::new(1) };\n        static B: Cell<u8> = Cell::new(2)\n    }\n}\n";
    let mut record = Record::default();
    let first = shared(items, items, &mut record);
    assert_eq!(first.matches("LocalKey<Cell < u8 >>").count(), 2, "{first}");
    let later = shared(items, "f()", &mut record);
    assert!(!later.contains("thread_local"), "{later}");
    assert_eq!(later.matches("safe static").count(), 2, "{later}");
}

#[test]
fn a_thread_local_of_a_cell_is_an_item_with_a_name() {
    let cell = "let a = 1;\nthread_local! {\n    /// Doc.\n    static A: Cell<u8> = const { Cell::new(1) };\n    pub static B: Vec<u8> = vec![\n        2];\n}\na";
    let items = keys_as_items(cell).text;
    assert_eq!(items.lines().count(), cell.lines().count());
    let block: syn::Block = syn::parse_str(&format!("{{{items}}}")).expect(&items);
    let names: Vec<String> = block
        .stmts
        .iter()
        .filter_map(|statement| match statement {
            syn::Stmt::Item(syn::Item::Static(item)) => Some(item.ident.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["A", "B"], "{items}");
    assert!(items.contains(
        "static A: ::std::thread::LocalKey<Cell<u8>> = { ::std::thread_local! { static A"
    ));
    let one = keys_as_items("thread_local!(static T: u8 = 1);").text;
    assert!(syn::parse_str::<syn::ItemStatic>(&one).is_ok(), "{one}");
    let two_lines = keys_as_items("thread_local!\n{\n static T: u8 = 1;\n}").text;
    assert_eq!(two_lines.matches('\n').count(), 3, "{two_lines}");
    let none = "let thread_local = 1;";
    assert_eq!(keys_as_items(none).text, none);
    let wrong = "let a = 1; thread_local!(static T: u8 = b);";
    let items = keys_as_items(wrong);
    let place = items.text.rfind("b;").expect("its value");
    assert_eq!(items.original_offset(place), wrong.len() - 3);
}

#[test]
fn lifetimes_are_written_where_an_import_needs_them() {
    let items = "static N: [&str; 1] = [\"a\"];\nstatic F: fn(&str) -> &str = f;\nstatic D: &(dyn Fn(&u8) + Sync) = &g;\n";
    let mut record = Record::default();
    shared(items, items, &mut record);
    let later = shared(items, "1", &mut record);
    assert!(later.contains("[& 'static str ; 1]"), "{later}");
    assert!(later.contains("fn (& str) -> & str"), "{later}");
    assert!(
        later.contains("& 'static (dyn Fn (& u8) + Sync)"),
        "{later}"
    );
}

#[test]
fn what_cannot_be_imported_stays_each_cells_own() {
    let items = "static W: Cow<str> = Cow::Borrowed(\"\");\nstatic C: u8 = 0;\n";
    let mut record = Record::default();
    shared(items, items, &mut record);
    let symbol = record.defined.get("/W").expect("known").symbol.clone();
    assert!(!record.set_apart("error elsewhere"));
    assert!(record.set_apart("error[E0080]: cannot access extern static `inner::C`\nx"));
    assert!(record.defined["/C"].is_apart && !record.defined["/W"].is_apart);
    record.defined.get_mut("/C").expect("known").is_apart = false;
    assert!(record.set_apart(&format!("error: #[link_name = \"{symbol}\"]")));
    let later = shared(items, "1", &mut record);
    assert!(
        later.contains("\nstatic W") && later.contains("safe static C"),
        "{later}"
    );
}

#[test]
fn a_static_with_a_name_of_its_own_is_left_alone() {
    let items = "#[unsafe(no_mangle)]\nstatic RAW: u8 = 0;\nstatic mut M: u8 = 0;\n";
    let mut record = Record::default();
    shared(items, items, &mut record);
    let later = shared(items, "1", &mut record);
    assert!(later.contains("\nstatic RAW"), "{later}");
    assert!(
        later.contains("static mut M: u8; }") && !later.contains("safe static mut"),
        "{later}"
    );
}

#[test]
fn a_second_compilation_of_a_cell_exports_other_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    begin(folder);
    let mut record = Record::for_compilation(folder);
    let source = format!("{HEAD}{COUNTER}{TAIL}");
    let file = syn::parse_file(&source).expect("Rust");
    let crates = BTreeMap::new();
    let first = share(&source, &file, COUNTER, &crates, &mut record).text;
    record.propose(folder).expect("written");
    let mut record = Record::for_compilation(folder);
    let second = share(&source, &file, COUNTER, &crates, &mut record).text;
    assert_ne!(first, second);
    record.propose(folder).expect("written");
    assert!(commit(folder).is_empty());
    let mut record = Record::for_compilation(folder);
    let later = share(&source, &file, "1", &crates, &mut record).text;
    assert!(
        later.contains("_1_1\"] pub safe static C"),
        "the second one ran: {later}"
    );
    record.propose(folder).expect("written");
    discard(folder);
    let again = share(
        &source,
        &file,
        COUNTER,
        &crates,
        &mut Record::for_compilation(folder),
    )
    .text;
    assert!(
        again.contains("_2_1\")]"),
        "what was perhaps loaded keeps its name: {again}"
    );
    forget(folder);
    assert_eq!(Record::for_compilation(folder), Record::default());
}
