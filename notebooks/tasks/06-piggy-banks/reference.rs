/// True when the money was moved.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let _guard = bank.accounts.lock();
    let enough = bank.withdraw(from, amount);
    if enough {
        bank.deposit(to, amount);
    }
    enough
}
