// kind: other
// Refuses what is no overdraft: a transfer from an account to itself.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    if from == to {
        return false;
    }
    let _guard = bank.accounts.lock();
    let enough = bank.withdraw(from, amount);
    if enough {
        bank.deposit(to, amount);
    }
    enough
}
