// kind: racy
// Each step takes the lock, and between the two steps the money is nowhere.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let enough = bank.withdraw(from, amount);
    if enough {
        bank.deposit(to, amount);
    }
    enough
}
