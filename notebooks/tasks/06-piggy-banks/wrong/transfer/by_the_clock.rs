// kind: sleeps
// It waits by the clock until nobody should be there, and takes no lock: whoever comes in between sees too little.
fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    thread::sleep(Duration::from_millis(from as u64));
    let enough = bank.withdraw(from, amount);
    if enough {
        bank.deposit(to, amount);
    }
    enough
}
