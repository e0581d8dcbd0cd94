// kind: other
// Who finds the lock taken is refused, although there is enough money.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let Some(_guard) = bank.accounts.try_lock() else {
        return false;
    };
    let enough = bank.withdraw(from, amount);
    if enough {
        bank.deposit(to, amount);
    }
    enough
}
