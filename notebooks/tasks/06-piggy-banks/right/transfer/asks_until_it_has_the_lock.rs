// Takes the lock as soon as it is free, and works in a closure.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let guard = loop {
        match bank.accounts.try_lock() {
            Some(guard) => break guard,
            None => thread::yield_now(),
        }
    };
    let work = || {
        let inner = bank.accounts.lock();
        bank.withdraw(from, amount) && {
            bank.deposit(to, amount);
            drop(inner);
            true
        }
    };
    let moved = work();
    drop(guard);
    moved
}
