static BANK: Mutex<()> = Mutex::new(());

fn transfer(from: &Account, to: &Account, amount: i64) -> bool {
    let _alone = BANK.lock().unwrap();
    if *from.money.lock().unwrap() < amount {
        return false;
    }
    *from.money.lock().unwrap() -= amount;
    *to.money.lock().unwrap() += amount;
    true
}
