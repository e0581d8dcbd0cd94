//! The lessons that are played: the exercises' own files.

macro_rules! lessons {
    ($($id:ident $path:literal)*) => {
        $(
            #[path = $path]
            pub mod $id;
        )*

        /// All of them.
        pub static ALL: &[&crate::lesson::Lesson] = &[$(&$id::LESSON),*];
    };
}

#[path = "../../../exercises/src/lessons/counting.rs"]
mod counting;
#[path = "../../../exercises/src/lessons/dishwashers.rs"]
mod dishwashers;
#[path = "../../../exercises/src/lessons/finished.rs"]
mod finished;
#[path = "../../../exercises/src/lessons/listing.rs"]
mod listing;
#[path = "../../../exercises/src/lessons/managed.rs"]
mod managed;
#[path = "../../../exercises/src/lessons/pooled.rs"]
mod pooled;
#[path = "../../../exercises/src/lessons/racers.rs"]
mod racers;
#[path = "../../../exercises/src/lessons/three_ways.rs"]
mod three_ways;

pub(crate) use finished::finish;
pub(crate) use listing::listed;

lessons! {
    s1e1 "../../../exercises/src/lessons/s1e1.rs"
    s1e2 "../../../exercises/src/lessons/s1e2.rs"
    s1e3 "../../../exercises/src/lessons/s1e3.rs"
    s1e4 "../../../exercises/src/lessons/s1e4.rs"
    s1e5 "../../../exercises/src/lessons/s1e5.rs"
    s1e6 "../../../exercises/src/lessons/s1e6.rs"
    s1e7 "../../../exercises/src/lessons/s1e7.rs"
    s2e1 "../../../exercises/src/lessons/s2e1.rs"
    s2e2 "../../../exercises/src/lessons/s2e2.rs"
    s2e3 "../../../exercises/src/lessons/s2e3.rs"
    s2e4 "../../../exercises/src/lessons/s2e4.rs"
    s2e5 "../../../exercises/src/lessons/s2e5.rs"
    s2e6 "../../../exercises/src/lessons/s2e6.rs"
    s2e7 "../../../exercises/src/lessons/s2e7.rs"
    s2e8 "../../../exercises/src/lessons/s2e8.rs"
    s3e1 "../../../exercises/src/lessons/s3e1.rs"
    s3e2 "../../../exercises/src/lessons/s3e2.rs"
    s4e4 "../../../exercises/src/lessons/s4e4.rs"
    s4e5 "../../../exercises/src/lessons/s4e5.rs"
    s4e7 "../../../exercises/src/lessons/s4e7.rs"
    s4e8 "../../../exercises/src/lessons/s4e8.rs"
    s4e9 "../../../exercises/src/lessons/s4e9.rs"
    s4e10 "../../../exercises/src/lessons/s4e10.rs"
    s4e11 "../../../exercises/src/lessons/s4e11.rs"
    s4e15 "../../../exercises/src/lessons/s4e15.rs"
    s5e1 "../../../exercises/src/lessons/s5e1.rs"
    s5e2 "../../../exercises/src/lessons/s5e2.rs"
    s5e3 "../../../exercises/src/lessons/s5e3.rs"
    s5e4 "../../../exercises/src/lessons/s5e4.rs"
    s5e5 "../../../exercises/src/lessons/s5e5.rs"
    s6e1 "../../../exercises/src/lessons/s6e1.rs"
    s6e2 "../../../exercises/src/lessons/s6e2.rs"
    s6e3 "../../../exercises/src/lessons/s6e3.rs"
    s6e4 "../../../exercises/src/lessons/s6e4.rs"
    s6e5 "../../../exercises/src/lessons/s6e5.rs"
    s6e6 "../../../exercises/src/lessons/s6e6.rs"
    s6e7 "../../../exercises/src/lessons/s6e7.rs"
    s6e8 "../../../exercises/src/lessons/s6e8.rs"
    s6e9 "../../../exercises/src/lessons/s6e9.rs"
    s6e10 "../../../exercises/src/lessons/s6e10.rs"
    s6e11 "../../../exercises/src/lessons/s6e11.rs"
    s6e12 "../../../exercises/src/lessons/s6e12.rs"
    s7e1 "../../../exercises/src/lessons/s7e1.rs"
    s7e2 "../../../exercises/src/lessons/s7e2.rs"
    s7e3 "../../../exercises/src/lessons/s7e3.rs"
    s7e4 "../../../exercises/src/lessons/s7e4.rs"
    s7e5 "../../../exercises/src/lessons/s7e5.rs"
    s7e6 "../../../exercises/src/lessons/s7e6.rs"
    s7e7 "../../../exercises/src/lessons/s7e7.rs"
    s7e8 "../../../exercises/src/lessons/s7e8.rs"
    s7e9 "../../../exercises/src/lessons/s7e9.rs"
    s7e10 "../../../exercises/src/lessons/s7e10.rs"
    s7e11 "../../../exercises/src/lessons/s7e11.rs"
    s7e12 "../../../exercises/src/lessons/s7e12.rs"
    s7e13 "../../../exercises/src/lessons/s7e13.rs"
    s7e14 "../../../exercises/src/lessons/s7e14.rs"
    s7e15 "../../../exercises/src/lessons/s7e15.rs"
    s7e16 "../../../exercises/src/lessons/s7e16.rs"
    s7e17 "../../../exercises/src/lessons/s7e17.rs"
}
