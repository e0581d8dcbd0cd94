//! The ports of the machine: who can be reached at which.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use explorer::model::fork::in_shared_memory;

use super::Arc;
use super::lock::Mutex;

/// The first one that the system chooses where nobody says which.
const FIRST: u16 = 40_000;

/// Whoever can be reached there.
pub(crate) type Host = Arc<dyn Any + Send + Sync>;

std::thread_local! {
    // Of the explorer's own thread. What is at a port is an object of the execution; that there is such a port is none.
    static PORTS: RefCell<BTreeMap<u16, Arc<Mutex<Option<Host>>>>> = const { RefCell::new(BTreeMap::new()) };
}

/// A new execution begins.
pub(super) fn begin() {
    drop(PORTS.take());
}

fn port(number: u16) -> Arc<Mutex<Option<Host>>> {
    PORTS.with_borrow_mut(|ports| {
        let port = ports.entry(number);
        port.or_insert_with(|| Arc::new(Mutex::new(None))).clone()
    })
}

fn take(number: u16, host: &Host) -> bool {
    let port = port(number);
    in_shared_memory(|| {
        let mut there = port.lock();
        let free = there.is_none();
        if free {
            *there = Some(host.clone());
        }
        free
    })
}

/// Listens at this port, or at one that is free (0); at which.
pub(crate) fn listen(number: u16, host: &Host) -> io::Result<u16> {
    let taken = if number == 0 {
        (FIRST..).find(|number| take(*number, host))
    } else {
        take(number, host).then_some(number)
    };
    taken.ok_or_else(|| io::ErrorKind::AddrInUse.into())
}

/// Does something with whoever listens there; nobody comes or goes meanwhile.
pub(crate) fn visit<H: 'static, R>(number: u16, f: impl FnOnce(&H) -> R) -> Option<R> {
    let port = port(number);
    in_shared_memory(|| {
        let there = port.lock();
        Some(f(there.as_ref()?.downcast_ref()?))
    })
}

/// This one listens there no more; `farewell` is said before anybody else comes or goes.
pub(crate) fn leave(number: u16, host: &Host, farewell: impl FnOnce()) {
    let port = port(number);
    in_shared_memory(|| {
        let mut there = port.lock();
        let same = |there: &Host| std::ptr::addr_eq(Arc::as_ptr(there), Arc::as_ptr(host));
        if there.as_ref().is_some_and(same) {
            *there = None;
        }
        farewell();
    });
}
