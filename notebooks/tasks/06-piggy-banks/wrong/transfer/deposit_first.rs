// kind: other
// Deposits first: whoever transfers to himself has then enough for everything.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let _guard = bank.accounts.lock();
    bank.deposit(to, amount);
    let enough = bank.withdraw(from, amount);
    if !enough {
        bank.withdraw(to, amount);
    }
    enough
}
