// kind: luck
// Moves the money itself: right sums, but the two functions that the bank has for it are not used.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let accounts = bank.accounts.lock();
    let mut amounts = accounts.borrow_mut();
    let enough = amounts[from] >= amount;
    if enough {
        amounts[from] -= amount;
        amounts[to] += amount;
    }
    enough
}
