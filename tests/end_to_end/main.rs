//! Weft from the outside: the program as its users start it, the kernel as
//! Jupyter starts it, the notebooks as readers open them.
//!
//! One test program holds everything, because it is linked once. A test's name
//! says what holds; `support` keeps its processes and its time within bounds.
//! The parts that speak Jupyter's protocol are Python scripts (`tests/python`)
//! in an environment the tests make for themselves: the peers of a kernel are
//! Python programs, and a stand-in would prove little.

mod authors;
mod chapter_tasks;
mod docs;
mod document;
mod explore;
mod explored_chapters;
mod grading;
mod grading_jobs;
mod grading_mistakes;
mod grading_queue;
mod hard_coded;
mod install;
mod kernel;
mod lab;
mod languages;
mod library;
mod notebooks;
mod program;
mod scenarios;
mod showcase;
mod support;
mod timeline;
mod trace;
