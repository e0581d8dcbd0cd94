//! What stays unseen in a program: what its outputs may depend on, and no operation announces.
//!
//! - how many `Arc`s and `Weak`s there are, where it is asked, and who drops the last one, where that is an operation or
//!   a print of the program's own;
//! - the order in which a `HashMap` goes through what it has;
//! - atomics reached through `core`, past the model;
//! - `unsafe`, where it touches anything but a `static mut` that was made visible.
//!
//! It is read word by word, so that what stands in a macro counts like everything else. What cannot be told apart is
//! named: a remark too many costs a proof, a missing one makes a proof of what is none.
mod dropped;
mod text;
mod unsafe_code;

use crate::NotModelled;
use proc_macro2::TokenStream;
use std::collections::BTreeSet;
use text::{Text, Word, flatten, split};

/// Names that ask how many there are, whoever has them.
const COUNTS: &[&str] = &[
    "strong_count",
    "weak_count",
    "try_unwrap",
    "unwrap_or_clone",
    "make_mut",
];
/// Names that do so only where they are `Arc`'s: others have them too.
const COUNTS_OF_ARC: &[&str] = &["get_mut", "into_inner", "is_unique"];
/// What goes through its elements in an order that is drawn.
const DRAWN: &[&str] = &["HashMap", "HashSet", "RandomState"];

/// What stays unseen in a text in which these `static mut` are announced.
pub fn remarks(text: &str, announced: &BTreeSet<String>) -> Vec<NotModelled> {
    let mut words = Vec::new();
    match text.parse::<TokenStream>() {
        Ok(tokens) => flatten(tokens, &mut words),
        Err(_) => words = split(text),
    }
    find(&words, announced)
}

/// The same for a text that is too deep for any parser.
pub fn remarks_of_unread(text: &str) -> Vec<NotModelled> {
    let words = split(text);
    let mut found = find(&words, &BTreeSet::new());
    let declared = words
        .windows(3)
        .filter(|three| three[0].text == "static" && three[1].text == "mut");
    found.extend(declared.map(|three| NotModelled {
        what: format!("static mut {}", three[2].text),
        line: three[0].line,
    }));
    found
}

fn find(words: &[Word], announced: &BTreeSet<String>) -> Vec<NotModelled> {
    let text = Text::new(words);
    let mut found = Vec::new();
    text.counts(&mut found);
    text.drawn(&mut found);
    text.past_the_facade(&mut found);
    text.dropped_by_the_last(&mut found);
    text.unsafe_code(announced, &mut found);
    found
}

impl Text<'_> {
    fn counts(&self, found: &mut Vec<NotModelled>) {
        if self.arcs.is_empty() {
            return;
        }
        let weak = self.has("Weak") || self.has("downgrade") || self.has("new_cyclic");
        for (at, word) in self.words.iter().enumerate() {
            let name = word.text.as_str();
            let own = |names: &[&str]| {
                let owner = self.owner(at).iter();
                owner
                    .map(|word| word.text.as_str())
                    .any(|text| names.contains(&text))
            };
            let of_arc = || {
                let owner = self.owner(at).iter();
                owner
                    .map(|word| word.text.as_str())
                    .any(|text| self.arcs.contains(text))
            };
            let counts = COUNTS.contains(&name) && !own(&["Rc"])
                || name == "upgrade" && weak
                || COUNTS_OF_ARC.contains(&name) && of_arc();
            if counts {
                self.remark(found, at, format!("Arc::{name}"));
            }
        }
    }

    fn drawn(&self, found: &mut Vec<NotModelled>) {
        let mut import = 0..0;
        for (at, word) in self.words.iter().enumerate() {
            if word.text == "use" {
                import = at..self.after(at, &[";"]);
            }
            let imported = import.contains(&at) && !self.is(at + 1, "as");
            if DRAWN.contains(&word.text.as_str()) && !imported {
                self.remark(found, at, word.text.clone());
            }
        }
    }

    fn past_the_facade(&self, found: &mut Vec<NotModelled>) {
        for at in 0..self.words.len() {
            if self.is(at, "include") && self.is(at + 1, "!") {
                self.remark(found, at, "include!".to_owned());
            }
            if !self.is(at, "core") {
                continue;
            }
            if self.is(at + 1, "as") {
                self.remark(found, at, "core".to_owned());
            } else if self.is_path(at + 1) {
                let inside = match self.word(at + 3) {
                    Some("{") => at + 3..self.closed(at + 3),
                    _ => at + 3..at + 4,
                };
                let all = self.words[inside.start.min(self.words.len())..]
                    .iter()
                    .take(inside.len());
                let glob = all.clone().any(|word| ["*", "self"].contains(&&*word.text));
                if self.mentions(inside, &["sync"]) {
                    self.remark(found, at, "core::sync".to_owned());
                } else if glob {
                    self.remark(found, at, "core".to_owned());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(String, u32)> {
        let announced = ["N".to_owned()].into();
        let found = remarks(text, &announced).into_iter();
        found.map(|one| (one.what, one.line)).collect()
    }

    #[test]
    fn whoever_asks_for_arcs_counts_is_named() {
        for (code, what) in [
            ("let n = Arc::strong_count(&a);", "Arc::strong_count"),
            (
                "println!(\"{}\", Arc::strong_count(&a));",
                "Arc::strong_count",
            ),
            ("let n = Arc::<u8>::weak_count(&a);", "Arc::weak_count"),
            ("let m = Arc::try_unwrap(a).ok();", "Arc::try_unwrap"),
            ("let m = Arc::into_inner(a);", "Arc::into_inner"),
            ("let m = std::sync::Arc::get_mut(&mut a);", "Arc::get_mut"),
            ("let m = <Arc<u8>>::get_mut(&mut a);", "Arc::get_mut"),
            ("let u = Arc::downgrade(&a).upgrade();", "Arc::upgrade"),
            (
                "let n = a.into_iter().map(Arc::into_inner);",
                "Arc::into_inner",
            ),
        ] {
            let text = format!("use std::sync::Arc;\nfn main() {{\n{code}\n}}");
            assert_eq!(named(&text), [(what.to_owned(), 3)], "{code}");
        }
        let alias = "use std::sync::Arc as Shared;\nfn main() { Shared::get_mut(&mut a); }";
        assert_eq!(named(alias), [("Arc::get_mut".to_owned(), 2)]);
    }

    #[test]
    fn what_depends_on_no_order_is_not_named() {
        for code in [
            "let b = Arc::clone(&a); let c = a.clone(); Arc::ptr_eq(&b, &c);",
            "let v = m.into_inner().unwrap(); map.get_mut(&1); Mutex::into_inner(m);",
            "// strong_count\nprintln!(\"Arc::strong_count unsafe HashMap\");",
            "let n = Rc::strong_count(&r);",
            "let n = core::mem::take(&mut x);",
        ] {
            let text = format!("use std::sync::Arc;\nuse std::rc::Rc;\nfn main() {{ {code} }}");
            assert_eq!(named(&text), [], "{code}");
        }
    }

    #[test]
    fn orders_that_are_drawn_are_named_by_whatever_name() {
        for (text, what, line) in [
            (
                "use std::collections::HashMap;\nfn main() { let m = HashMap::new(); }",
                "HashMap",
                2,
            ),
            (
                "use std::collections::HashSet as Set;\nfn main() { Set::new(); }",
                "HashSet",
                1,
            ),
            (
                "fn main() {\nprintln!(\"{:?}\", RandomState::new()); }",
                "RandomState",
                2,
            ),
        ] {
            assert_eq!(named(text), [(what.to_owned(), line)], "{text}");
        }
        assert_eq!(named("use std::collections::HashMap;\nfn main() {}"), []);
    }

    #[test]
    fn ways_past_the_facade_are_named() {
        for (text, what) in [
            ("use core::sync::atomic::AtomicU8;", "core::sync"),
            ("use core::{mem, sync::atomic::AtomicU8};", "core::sync"),
            (
                "static N: u8 = core::sync::atomic::AtomicU8::new(0);",
                "core::sync",
            ),
            ("use core::*;", "core"),
            ("use core as c;", "core"),
            ("include!(\"other.rs\");", "include!"),
        ] {
            assert_eq!(named(text), [(what.to_owned(), 1)], "{text}");
        }
    }

    #[test]
    fn a_destructor_of_what_is_shared_is_named_and_no_other() {
        let text = |rest: &str| {
            format!(
                "use std::sync::Arc;\nstruct D;\nimpl Drop for D {{ fn drop(&mut self) {{}} }}\n{rest}"
            )
        };
        for rest in [
            "fn main() { let a = Arc::new(D); }",
            "fn main() { let d = D; let a = Arc::new(Mutex::new(d)); }",
            "struct S { d: D } fn main() { let a: Arc<S> = Default::default(); }",
            "fn made() -> D { D } fn main() { let a = Arc::from(made()); }",
            "fn main() { let a: Arc<dyn Any> = make(); }",
        ] {
            assert_eq!(named(&text(rest)), [("Drop".to_owned(), 3)], "{rest}");
        }
        for rest in [
            "fn main() { let d = D; let a = Arc::new(1); }",
            "struct P { d: D } impl P { fn new() -> P { P { d: D } } } fn main() { let p = P::new(); let (tx, rx) = channel(); let rx = Arc::new(Mutex::new(rx)); }",
            "fn main() { let (tx, rx) = channel(); let rx = Arc::new(Mutex::new(rx)); let b = Arc::clone(&rx); let d = D; }",
        ] {
            assert_eq!(named(&text(rest)), [], "{rest}");
        }
        assert_eq!(
            named("struct D;\nimpl Drop for D { fn drop(&mut self) {} }"),
            []
        );
    }

    #[test]
    fn unsafe_is_named_where_it_is_for_more_than_an_announced_static() {
        for (code, what) in [
            ("unsafe { *p = 1 }", "unsafe"),
            ("println!(\"{}\", unsafe { *cell.get() });", "unsafe"),
            ("unsafe { N += *p; }", "unsafe"),
            ("unsafe { N = 1; N2 = std::ptr::read(p); }", "unsafe"),
            ("unsafe { N = f(); }", "unsafe"),
            ("unsafe { g(); }", "unsafe"),
            ("unsafe {}", "unsafe"),
        ] {
            let text = format!(
                "extern \"C\" {{ fn f() -> i32; }}\nunsafe fn g() {{ N = 1; }}\nfn main() {{\n{code}\n}}"
            );
            let expected: &[_] = if code.contains("g()") {
                &[]
            } else {
                &[(what.to_owned(), 4)]
            };
            assert_eq!(named(&text), expected, "{code}");
        }
        for code in [
            "unsafe { N += 1; }",
            "unsafe { let c = N; thread::yield_now(); N = c * 2; }",
            "println!(\"{}\", unsafe { N });",
            "safe();",
        ] {
            let text = format!("fn safe() {{}}\nfn main() {{ {code} }}");
            assert_eq!(named(&text), [], "{code}");
        }
        let text = "struct S(UnsafeCell<i32>);\nunsafe impl Sync for S {}\n#[unsafe(no_mangle)]\nfn f() {}";
        assert_eq!(named(text), [("unsafe impl Sync".to_owned(), 2)]);
    }
}
