// kind: racy
// Looks whether there is enough, gives the lock back, and believes it a moment later.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let enough = bank.accounts.lock().borrow()[from] >= amount;
    if enough {
        let _guard = bank.accounts.lock();
        bank.withdraw(from, amount);
        bank.deposit(to, amount);
    }
    enough
}
