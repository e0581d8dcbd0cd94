// verdict: RuntimeError
// kind: other
// The lock can be taken twice, what is inside cannot be borrowed twice: `withdraw` panics.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let accounts = bank.accounts.lock();
    let mut amounts = accounts.borrow_mut();
    let enough = bank.withdraw(from, amount);
    if enough {
        bank.deposit(to, amount);
        amounts[from] += 0;
    }
    enough
}
