// kind: racy
// `let _ =` keeps nothing: the guard is gone before the first step.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let _ = bank.accounts.lock();
    let enough = bank.withdraw(from, amount);
    if enough {
        bank.deposit(to, amount);
    }
    enough
}
