// kind: other
// Off by one: an account may be emptied, and this refuses it.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let accounts = bank.accounts.lock();
    let enough = accounts.borrow()[from] > amount;
    if enough {
        bank.withdraw(from, amount);
        bank.deposit(to, amount);
    }
    enough
}
