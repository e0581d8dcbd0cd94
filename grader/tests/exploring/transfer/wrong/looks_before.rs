// found: panic
fn transfer(from: &Account, to: &Account, amount: i64) -> bool {
    if *from.money.lock().unwrap() < amount {
        return false;
    }
    *from.money.lock().unwrap() -= amount;
    *to.money.lock().unwrap() += amount;
    true
}
