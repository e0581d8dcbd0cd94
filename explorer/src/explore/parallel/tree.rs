//! The upper part of the tree: which branches of a state were given out, in which order, and which are demanded.
use super::board::Way;
use crate::search::node::Node;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A state the parent keeps the books of.
pub(super) struct Spot {
    /// Itself and those above it.
    pub(super) path: Vec<usize>,
    /// The states above it, as they were when the branch that leads here was given out.
    above: Rc<Vec<Node>>,
    /// `done` has every branch that was given out.
    pub(super) node: Node,
    /// Branches of which it is known whether they only look.
    pub(super) known: u64,
    pub(super) ways: Vec<Way>,
}

impl Spot {
    pub(super) fn wants_somebody(&self) -> bool {
        !self.ways.is_empty() || self.node.open() != 0
    }

    /// The next branch, and the state as whoever takes it must see it.
    pub(super) fn take(&mut self) -> Option<Node> {
        let mut node = self.node;
        if let Some(way) = self.ways.pop() {
            (node.thread, node.choice, node.choices) = (way.thread, way.choice, way.choices);
            node.done = way.done;
        } else {
            let open = self.node.open();
            // What sleeps must be known exactly, or a class would be explored twice.
            if open == 0 || self.node.done & !self.known != 0 {
                return None;
            }
            (node.thread, node.choice, node.choices) = (open.trailing_zeros() as u8, 0, 1);
            self.node.done |= 1 << node.thread;
        }
        node.backtrack |= self.node.done;
        Some(node)
    }
}

#[derive(Default)]
pub(super) struct Tree {
    pub(super) spots: Vec<Spot>,
    /// Those with something to do, the uppermost first.
    open: BTreeSet<(usize, usize)>,
}

impl Tree {
    pub(super) fn add(
        &mut self,
        path: &[usize],
        above: &Rc<Vec<Node>>,
        node: Node,
        known: u64,
    ) -> usize {
        let number = self.spots.len();
        let path = path.iter().copied().chain([number]).collect();
        self.spots.push(Spot {
            path,
            above: Rc::clone(above),
            node,
            known,
            ways: Vec::new(),
        });
        self.review(number);
        number
    }

    pub(super) fn review(&mut self, number: usize) {
        let spot = &self.spots[number];
        let key = (spot.path.len(), number);
        if spot.wants_somebody() {
            self.open.insert(key);
        } else {
            self.open.remove(&key);
        }
    }

    /// The stack of a search that stops here: all of it is ours from now on.
    pub(super) fn plant(&mut self, stack: &[Node]) {
        let mut path = Vec::new();
        for (depth, node) in stack.iter().enumerate() {
            let mut node = *node;
            let known = node.done | node.looking;
            let last = depth + 1 == stack.len();
            let bit = 1 << node.thread;
            let above = Rc::new(stack[..depth].to_vec());
            let way = Way {
                thread: node.thread,
                choice: node.choice + u8::from(!last),
                choices: node.choices,
                done: node.done,
            };
            // The last of them has chosen a branch, but not begun it.
            let begun = !last || node.choice > 0;
            if begun {
                node.done |= bit;
            }
            let number = self.add(&path, &above, node, if begun { known | bit } else { known });
            if begun && way.choice < way.choices {
                self.spots[number].ways.push(way);
                self.review(number);
            }
            path.push(number);
        }
    }

    /// The next branch to be given out: the states that lead to it, and where it begins.
    pub(super) fn take(&mut self) -> Option<(usize, Vec<Node>)> {
        let open: Vec<usize> = self.open.iter().map(|&(_, number)| number).collect();
        for number in open {
            if let Some(node) = self.spots[number].take() {
                self.review(number);
                let mut path = self.spots[number].above.to_vec();
                path.push(node);
                return Some((number, path));
            }
        }
        None
    }
}
