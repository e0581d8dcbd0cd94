// verdict: TimeLimit
// kind: deadlock
// The lock is re-entrant for one thread: the one that deposits waits for the one that waits for it.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let _guard = bank.accounts.lock();
    let enough = bank.withdraw(from, amount);
    if enough {
        thread::scope(|s| {
            s.spawn(|| bank.deposit(to, amount));
        });
    }
    enough
}
