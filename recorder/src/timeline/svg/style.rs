//! Colours, patterns and the shapes of glyphs.
//!
//! The four colours are told apart by all common kinds of colour blindness (Okabe and Ito's set);
//! the patterns (plain, dots, stripes, lattice) tell them apart in grey too.

use std::fmt::Write as _;

use super::paths::Number;
use crate::event::Kind;
use crate::timeline::layout::State;

/// The class of a band.
pub(super) fn class(state: State) -> &'static str {
    match state {
        State::Running => "r",
        State::Sleeping => "z",
        State::Waiting => "w",
        State::Blocked => "b",
    }
}

struct Theme {
    background: &'static str,
    ink: &'static str,
    /// Names of things, times, notes.
    quiet: &'static str,
    /// Lines of the grid.
    faint: &'static str,
    print: &'static str,
    /// Colour and ground of the states.
    states: [(&'static str, &'static str); 4],
}

const LIGHT: Theme = Theme {
    background: "#fff",
    ink: "#1b1b1b",
    quiet: "#555",
    faint: "#dcdcdc",
    print: "#0072b2",
    states: [
        ("#009e73", "#009e73"),
        ("#3b8fc4", "#d8edfa"),
        ("#b87a00", "#ffe9bd"),
        ("#c24e00", "#ffd3bd"),
    ],
};

const DARK: Theme = Theme {
    background: "#111",
    ink: "#ececec",
    quiet: "#b0b0b0",
    faint: "#363636",
    print: "#6cbcf5",
    states: [
        ("#15b088", "#15b088"),
        ("#7cc4f0", "#173446"),
        ("#e8ac30", "#46350f"),
        ("#f4803c", "#4f2308"),
    ],
};

/// The style sheet, the patterns and the glyphs.
pub(super) fn write(out: &mut String, mark: &str) {
    out.push_str("<style>");
    let _ = write!(
        out,
        "#{mark} text{{font-family:system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif}}\
         #{mark} .l text{{font-family:ui-monospace,'DejaVu Sans Mono','Noto Sans Mono',monospace}}\
         #{mark} .n{{font-size:10px}}#{mark} .k{{font-size:11px}}#{mark} .c{{font-size:8px}}\
         #{mark} .h{{font-size:13px;font-weight:600}}#{mark} .p{{font-weight:600}}\
         #{mark} .o,#{mark} .l text{{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}}\
         #{mark} .s{{stroke-width:.8px}}#{mark} .m{{shape-rendering:crispEdges}}\
         #{mark} .g,#{mark} .e{{fill:none;stroke-width:.7px}}\
         #{mark} .a{{fill:none;stroke-width:1px;opacity:.75}}\
         #{mark} .join{{stroke-dasharray:5 2}}#{mark} .wake{{stroke-dasharray:1.5 2}}\
         #{mark} .send{{stroke-width:1.5px}}\
         #{mark} .y,#{mark} .f,#{mark} .i{{stroke-width:1.2px;stroke-linejoin:round}}\
         #{mark} .many{{opacity:.4;stroke-width:.7px}}"
    );
    colours(out, mark, &LIGHT);
    out.push_str("@media (prefers-color-scheme:dark){");
    colours(out, mark, &DARK);
    out.push_str("}</style><defs>");
    patterns(out, mark);
    for kind in Kind::ALL {
        let (shape, _) = shape(*kind);
        if shape.is_empty() {
            continue;
        }
        let _ = write!(out, "<path id=\"{mark}{}\" d=\"{shape}\"/>", name(*kind));
    }
    out.push_str("</defs>");
}

fn colours(out: &mut String, mark: &str, theme: &Theme) {
    let Theme {
        background,
        ink,
        quiet,
        faint,
        print,
        ..
    } = theme;
    let _ = write!(
        out,
        "#{mark} .paper{{fill:{background}}}#{mark} text{{fill:{ink}}}#{mark} .n{{fill:{quiet}}}\
         #{mark} .o,#{mark} .l text{{stroke:{background}}}#{mark} .g,#{mark} .e{{stroke:{faint}}}\
         #{mark} .e{{stroke-dasharray:1 3}}\
         #{mark} .s{{fill:{background};stroke:{quiet}}}\
         #{mark} .a{{stroke:{quiet}}}#{mark} .y{{stroke:{ink};fill:none}}\
         #{mark} .f{{stroke:{ink};fill:{ink}}}\
         #{mark} .i{{fill:{print};stroke:{print}}}\
         #{mark} .wake{{stroke:{}}}#{mark} .send{{stroke:{print}}}",
        theme.states[State::Waiting as usize].0,
    );
    for state in State::ALL {
        let (colour, ground) = theme.states[state as usize];
        let class = class(state);
        let _ = match state {
            State::Running => write!(out, "#{mark} .r{{fill:{colour}}}"),
            _ => write!(
                out,
                "#{mark} .{class}{{fill:url(#{mark}{class});stroke:{colour};stroke-width:.6px}}\
                 #{mark} .{class}g{{fill:{ground}}}#{mark} .{class}s{{stroke:{colour}}}\
                 #{mark} .{class}d{{fill:{colour}}}"
            ),
        };
    }
}

/// Dots for sleeping, stripes for waiting, a lattice for blocked.
fn patterns(out: &mut String, mark: &str) {
    let _ = write!(
        out,
        "<pattern id=\"{mark}z\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
         <rect class=\"zg\" width=\"5\" height=\"5\"/><circle class=\"zd\" cx=\"2.5\" cy=\"2.5\" r=\"1\"/></pattern>\
         <pattern id=\"{mark}w\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
         <rect class=\"wg\" width=\"6\" height=\"6\"/>\
         <path class=\"ws\" d=\"M-1 7L7-1M-1 1L1-1M5 7L7 5\" stroke-width=\"1.2\"/></pattern>\
         <pattern id=\"{mark}b\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">\
         <rect class=\"bg\" width=\"4\" height=\"4\"/>\
         <path class=\"bs\" d=\"M0 0L4 4M4 0L0 4\" stroke-width=\"1\"/></pattern>"
    );
}

fn name(kind: Kind) -> char {
    char::from(b'A' + kind as u8)
}

/// One glyph.
pub(super) fn write_use(out: &mut String, mark: &str, kind: Kind, x: f64, y: f64) {
    let (name, x, y) = (name(kind), Number(x), Number(y));
    // What is used does not hear the style sheet; it inherits.
    let class = match (kind, shape(kind)) {
        (Kind::Print, _) => "i",
        (_, (_, true)) => "f",
        _ => "y",
    };
    let _ = write!(
        out,
        "<use class=\"{class}\" href=\"#{mark}{name}\" x=\"{x}\" y=\"{y}\"/>"
    );
}

/// The box around a number of so many digits.
pub(super) fn write_box(path: &mut String, digits: usize, x: f64, y: f64) {
    let (x, y, width) = (
        Number(x - 3.0),
        Number(y - 5.0),
        Number(4.0 + 4.8 * digits as f64),
    );
    let _ = write!(path, "M{x} {y}h{width}v10h-{width}z");
}

/// The outline of a glyph around the origin, and whether it is filled. Edges of bands have none.
fn shape(kind: Kind) -> (&'static str, bool) {
    match kind {
        Kind::Spawn => ("M-4 0H0L3.5-3.5M0 0L3.5 3.5", false),
        Kind::Fork => ("M-4-1.3H0L3.5-3.8M-4 1.3H0L3.5 3.8", false),
        Kind::Start => ("M-3-3.5L4 0L-3 3.5Z", true),
        Kind::Exit => ("M-3-3H3V3H-3Z", true),
        Kind::Print => ("M-3 0A3 3 0 1 0 3 0A3 3 0 1 0-3 0", true),
        Kind::Acquire => ("M-3 0H3V4H-3ZM-2 0V-2A2 2 0 0 1 2-2V0", false),
        Kind::Release => ("M-3 0H3V4H-3ZM2 0V-2.4A2 2 0 0 1 5.4-2.4", false),
        Kind::Send => ("M0-4L3.6 0H1.4V4H-1.4V0H-3.6Z", true),
        Kind::Receive => ("M0 4L3.6 0H1.4V-4H-1.4V0H-3.6Z", false),
        Kind::Exec => (
            "M0-4L1.2-1.2L4 0L1.2 1.2L0 4L-1.2 1.2L-4 0L-1.2-1.2Z",
            false,
        ),
        Kind::Signal => ("M1.5-4L-3 .8H.2L-1.5 4L3-.8H-.2Z", true),
        Kind::Mark => ("M-3 4V-4H3.5L1.5-2L3.5 0H-3", false),
        Kind::JoinBegin
        | Kind::JoinEnd
        | Kind::SleepBegin
        | Kind::SleepEnd
        | Kind::WaitBegin
        | Kind::WaitEnd => ("", false),
    }
}

/// A number in three characters, or four where there are very many.
pub(super) fn counted(count: usize) -> String {
    match count {
        0..=999 => count.to_string(),
        1_000..=999_999 => format!("{}k", count / 1_000),
        _ => format!("{}M", count / 1_000_000),
    }
}
