// kind: racy
// A lock of its own keeps transfers apart, but the auditor does not know it.
static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());

fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let _guard = ONE_AT_A_TIME.lock().unwrap();
    let enough = bank.withdraw(from, amount);
    if enough {
        bank.deposit(to, amount);
    }
    enough
}
