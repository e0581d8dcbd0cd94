//! Why there is no page, and where to go from there.

use maud::html;

use super::{Frame, menu};
use crate::words::Words;

/// A page that says one thing; with the menu where the address was wrong.
pub fn page(words: Words, said: &str, with_menu: bool) -> String {
    Frame {
        words,
        title: said,
        here: "/",
        bare: false,
        refresh: None,
    }
    .around(&html! {
        h1 { (said) }
        @if with_menu {
            p { (words.text("serve-choose")) }
            (menu::list(words, None))
        } @else {
            p { a href=(words.link("/")) { (words.text("serve-menu")) } }
        }
    })
}
