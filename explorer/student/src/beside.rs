//! The crates that have a model beside std: a program may name them without saying where they come from.

/// Such a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Beside {
    Crossbeam,
    CrossbeamChannel,
    CrossbeamUtils,
    ParkingLot,
    /// Our own library.
    Exercises,
}

impl Beside {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Crossbeam,
        Self::CrossbeamChannel,
        Self::CrossbeamUtils,
        Self::ParkingLot,
        Self::Exercises,
    ];

    /// As a program names it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Crossbeam => "crossbeam",
            Self::CrossbeamChannel => "crossbeam_channel",
            Self::CrossbeamUtils => "crossbeam_utils",
            Self::ParkingLot => "parking_lot",
            Self::Exercises => "exercises",
        }
    }

    /// The target of what stands in for it.
    pub(crate) const fn stand_in(self) -> &'static str {
        match self {
            // Its own name is taken in the workspace.
            Self::Exercises => "stand_in_exercises",
            other => other.name(),
        }
    }

    /// The one with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Those whose names stand somewhere in a program's text, be it in a comment.
    pub(crate) fn mentioned(text: &str) -> Vec<Self> {
        let stands = |one: &Self| text.contains(one.name());
        Self::ALL.into_iter().filter(stands).collect()
    }

    /// Those that a compiler says it does not know: they stand in another file of the program.
    pub(crate) fn missed(said: &str) -> Vec<Self> {
        let unknown = |one: &Self| said.contains(&format!("`{}`", one.name()));
        Self::ALL.into_iter().filter(unknown).collect()
    }
}
