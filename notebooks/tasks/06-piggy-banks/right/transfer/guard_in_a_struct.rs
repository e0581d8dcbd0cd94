// The guard lives in a struct, which is used up by the transfer.
struct Counter<'a, G> {
    bank: &'a Bank,
    _guard: G,
}

impl<G> Counter<'_, G> {
    fn pay(self, from: usize, to: usize, amount: i64) -> bool {
        match self.bank.withdraw(from, amount) {
            true => self.bank.deposit(to, amount),
            false => return false,
        }
        true
    }
}

fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
    let _guard = bank.accounts.lock();
    Counter { bank, _guard }.pay(from, to, amount)
}
