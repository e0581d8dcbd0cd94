fn transfer(from: &Account, to: &Account, amount: i64) -> bool {
    {
        let mut source = from.money.lock().unwrap();
        if *source < amount {
            return false;
        }
        *source -= amount;
    }
    *to.money.lock().unwrap() += amount;
    true
}
