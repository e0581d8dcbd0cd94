// found: deadlock 3 4
fn transfer(from: &Account, to: &Account, amount: i64) -> bool {
    let mut source = from.money.lock().unwrap();
    let mut target = to.money.lock().unwrap();
    if *source < amount {
        return false;
    }
    *source -= amount;
    *target += amount;
    true
}
