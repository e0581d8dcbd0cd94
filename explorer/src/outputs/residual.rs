//! What is left of a partial order after some of its events have happened.
//!
//! Residuals are interned: two orders that have become equal are one from there on, whatever came before. That keeps
//! the union of many classes small.
use std::collections::HashMap;

/// The number of a residual.
pub type ResidualId = u32;

/// What can happen first, each with what is left then.
type Successors = Box<[(u32, ResidualId)]>;

/// All residuals met so far.
#[derive(Debug, Default)]
pub struct Residuals {
    ids: HashMap<Box<[u32]>, ResidualId>,
    flat: Vec<Box<[u32]>>,
    successors: Vec<Option<Successors>>,
}

impl Residuals {
    /// The number of this order (see [`crate::class::Poset`]).
    pub fn intern(&mut self, flat: &[u32]) -> ResidualId {
        if let Some(&id) = self.ids.get(flat) {
            return id;
        }
        let id = self.flat.len() as ResidualId;
        self.ids.insert(flat.into(), id);
        self.flat.push(flat.into());
        self.successors.push(None);
        id
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.flat.len()
    }

    /// What can happen first, each with what is left then.
    pub fn successors(&mut self, id: ResidualId) -> Successors {
        if let Some(known) = &self.successors[id as usize] {
            return known.clone();
        }
        let flat = self.flat[id as usize].clone();
        let threads = flat[0] as usize;
        let stride = threads + 1;
        let mut found = Vec::new();
        let mut at = 1;
        for thread in 0..threads {
            let count = flat[at] as usize;
            if count > 0
                && flat[at + 2..at + 1 + stride]
                    .iter()
                    .all(|&needed| needed == 0)
            {
                let rest = without_first(&flat, threads, thread);
                found.push((flat[at + 1], self.intern(&rest)));
            }
            at += 1 + count * stride;
        }
        let found: Box<[_]> = found.into();
        self.successors[id as usize] = Some(found.clone());
        found
    }
}

/// The order without the first event of one thread.
fn without_first(flat: &[u32], threads: usize, gone: usize) -> Vec<u32> {
    let stride = threads + 1;
    let mut rest = Vec::with_capacity(flat.len());
    rest.push(flat[0]);
    let mut at = 1;
    for thread in 0..threads {
        let count = flat[at] as usize;
        let skip = usize::from(thread == gone);
        rest.push((count - skip) as u32);
        for event in skip..count {
            let start = at + 1 + event * stride;
            let copy = rest.len();
            rest.extend_from_slice(&flat[start..start + stride]);
            let needed = &mut rest[copy + 1 + gone];
            *needed = needed.saturating_sub(1);
        }
        at += 1 + count * stride;
    }
    rest
}
