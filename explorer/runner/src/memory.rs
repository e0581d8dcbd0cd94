//! The memory of a program's processes: its statics, and its heap (see [`heap`]). There is one of each, in which the
//! running process's is; the others' are kept here.
use crate::heap;
use crate::program::Part;
use explorer::model::fork::Images;
use std::cell::RefCell;
use std::rc::Rc;

/// What a process that does not run has.
#[derive(Default)]
struct Image {
    statics: Vec<Vec<u8>>,
    heap: Vec<u8>,
    stacks: Vec<Stack>,
}

/// A part of a stack, of which several processes have a copy: the one that runs there, and children whose closures borrow
/// from it.
#[derive(Clone)]
struct Stack {
    from: usize,
    bytes: Vec<u8>,
}

impl Stack {
    /// What is there now.
    fn keep(&mut self) {
        let there = std::ptr::with_exposed_provenance::<u8>(self.from);
        // SAFETY: the part belongs to the stack of a thread of the program, which has not ended and does not run; or it
        // runs, has just called, and the part ends where its callers' frames begin.
        let there = unsafe { std::slice::from_raw_parts(there, self.bytes.len()) };
        self.bytes.copy_from_slice(there);
    }

    fn put_back(&self) {
        let there = std::ptr::with_exposed_provenance_mut(self.from);
        // SAFETY: these bytes were read from there, and no thread of the program runs. The thread whose stack it is goes
        // on only when its own process's are there again.
        unsafe { std::ptr::copy_nonoverlapping(self.bytes.as_ptr(), there, self.bytes.len()) };
    }
}

/// All of them. What it has room for is kept from one execution to the next.
#[derive(Clone)]
pub struct Memory {
    statics: Rc<[Part]>,
    has_heap: bool,
    running: usize,
    /// By the process; of the one that runs it is not as it is now.
    images: Rc<RefCell<Vec<Image>>>,
}

impl Memory {
    /// Of a program with these statics.
    pub fn new(statics: Rc<[Part]>) -> Self {
        Self {
            statics,
            has_heap: false,
            running: 0,
            images: Rc::default(),
        }
    }

    /// Keeps what is in place for a process.
    fn keep(&self, process: usize) {
        let mut images = self.images.borrow_mut();
        if images.len() <= process {
            images.resize_with(process + 1, Image::default);
        }
        let image = &mut images[process];
        image.stacks.iter_mut().for_each(Stack::keep);
        image.statics.resize_with(self.statics.len(), Vec::new);
        for (part, kept) in self.statics.iter().zip(&mut image.statics) {
            kept.clear();
            // SAFETY: the part belongs to the program's statics, and no thread of it runs.
            kept.extend_from_slice(unsafe { part.now() });
        }
        image.heap.clear();
        if self.has_heap {
            let (start, bytes) = heap::used();
            // SAFETY: so much of the area is used, by nobody who runs.
            let used = unsafe { std::slice::from_raw_parts(start, bytes) };
            image.heap.extend_from_slice(used);
        }
    }

    /// Puts in place what was kept of a process.
    fn put_back(&self, process: usize) {
        let images = self.images.borrow();
        let Some(image) = images.get(process) else {
            return;
        };
        for (part, kept) in self.statics.iter().zip(&image.statics) {
            // SAFETY: these bytes were read from there, and no thread of the program runs.
            unsafe { part.put_back(kept) };
        }
        image.stacks.iter().for_each(Stack::put_back);
        if self.has_heap {
            let (start, _) = heap::used();
            // SAFETY: these bytes were read from there, and no thread of the program runs.
            unsafe { std::ptr::copy_nonoverlapping(image.heap.as_ptr(), start, image.heap.len()) };
        }
    }
}

impl Images for Memory {
    fn begin(&mut self) {
        self.running = 0;
        self.has_heap = false;
        for image in self.images.borrow_mut().iter_mut() {
            image.stacks.clear();
        }
    }

    fn fork(&mut self, child: usize) {
        self.keep(child);
        let mut images = self.images.borrow_mut();
        let mut inherited = images
            .get(self.running)
            .map_or_else(Vec::new, |image| image.stacks.clone());
        inherited.iter_mut().for_each(Stack::keep);
        images[child].stacks = inherited;
    }

    fn copy_stack(&mut self, child: usize, from: usize, to: usize) -> bool {
        let mut images = self.images.borrow_mut();
        if images.len() <= self.running {
            images.resize_with(self.running + 1, Image::default);
        }
        let mut part = Stack {
            from,
            bytes: vec![0; to.saturating_sub(from)],
        };
        part.keep();
        for process in [self.running, child] {
            let stacks = &mut images[process].stacks;
            if !stacks
                .iter()
                .any(|known| known.from <= from && known.from + known.bytes.len() == to)
            {
                stacks.push(part.clone());
            }
        }
        true
    }

    fn switch(&mut self, to: usize) {
        self.keep(self.running);
        self.put_back(to);
        self.running = to;
    }

    fn take_heap(&mut self) -> bool {
        self.has_heap = heap::begin();
        self.has_heap
    }
}
