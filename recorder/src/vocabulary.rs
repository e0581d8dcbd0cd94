//! The words for what happens and for what it happens to, as numbers with names.
//!
//! This file depends on nothing but `core`: it is part of the library for preloading as well (see
//! [`interpose`](crate::interpose)). How the words are read and written is in [`event`](crate::event).

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable word used in JSON.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The value with this number (as stored in the journal).
            pub fn from_code(code: u8) -> Option<$name> {
                Self::ALL.get(usize::from(code)).copied()
            }
        }
    };
}

named! {
    /// What happened.
    Kind {
        /// A thread is about to be started (object: its lane).
        Spawn = "spawn",
        /// A thread or process runs its first instruction of its own (object: its lane).
        Start = "start",
        /// A thread or process has done its work (object: its lane). A killed process has no such
        /// event.
        Exit = "exit",
        /// Somebody begins to wait for the end of a lane.
        JoinBegin = "join-begin",
        /// The lane has ended, or the wait was given up.
        JoinEnd = "join-end",
        /// A sleep begins.
        SleepBegin = "sleep-begin",
        /// A sleep is over.
        SleepEnd = "sleep-end",
        /// A blocking call really blocks.
        WaitBegin = "wait-begin",
        /// The blocked call goes on.
        WaitEnd = "wait-end",
        /// A lock, a permit, a passed barrier: what was released before is visible now.
        Acquire = "acquire",
        /// A lock or permit is given back; an arrival at a barrier.
        Release = "release",
        /// A message is about to become visible to receivers.
        Send = "send",
        /// A message was taken.
        Receive = "receive",
        /// A line was printed.
        Print = "print",
        /// A process is about to be forked (object: its lane).
        Fork = "fork",
        /// A process runs another program.
        Exec = "exec",
        /// A signal was sent to a process, or a condition or event was signalled.
        Signal = "signal",
        /// Anything worth a mark on the timeline.
        Mark = "mark",
    }
}

named! {
    /// What kind of thing an event is about.
    ObjectKind {
        /// Nothing in particular.
        None = "",
        /// A lane; its number is the identity.
        Lane = "lane",
        /// A lock.
        Lock = "lock",
        /// A condition variable.
        Condition = "condition",
        /// A barrier.
        Barrier = "barrier",
        /// A semaphore.
        Semaphore = "semaphore",
        /// An event (a flag one can wait for).
        Event = "event",
        /// A queue.
        Queue = "queue",
        /// A pipe.
        Pipe = "pipe",
        /// A process; its pid is the identity.
        Process = "process",
        /// A timer.
        Timer = "timer",
        /// A lock, condition or barrier that cannot be told apart from outside.
        Futex = "futex",
    }
}
