// kind: other
// Does not listen to what `withdraw` says: money comes from nothing.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let _guard = bank.accounts.lock();
    bank.withdraw(from, amount);
    bank.deposit(to, amount);
    true
}
