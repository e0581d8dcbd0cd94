// Looks into the account itself, under the lock that stays in its hand.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let accounts = bank.accounts.lock();
    if accounts.borrow()[from] < amount {
        return false;
    }
    assert!(bank.withdraw(from, amount));
    bank.deposit(to, amount);
    drop(accounts);
    true
}
