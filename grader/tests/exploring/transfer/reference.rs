fn transfer(from: &Account, to: &Account, amount: i64) -> bool {
    let (first, second) = if from.number < to.number { (from, to) } else { (to, from) };
    let mut first_money = first.money.lock().unwrap();
    let mut second_money = second.money.lock().unwrap();
    let (source, target) = if from.number < to.number {
        (&mut first_money, &mut second_money)
    } else {
        (&mut second_money, &mut first_money)
    };
    if **source < amount {
        return false;
    }
    **source -= amount;
    **target += amount;
    true
}
