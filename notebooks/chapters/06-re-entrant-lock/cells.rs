//! The cells of chapter 6, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::sync::ReentrantLock;
    use std::cell::{Cell, RefCell};
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::thread;
    use std::time::Duration;
    // end cell

    // cell: plain
    {
        let lock = Mutex::new(0);
        let _guard = lock.lock().unwrap();
        println!("a second time: {}", lock.try_lock().is_ok());
    }
    // end cell

    // cell: re-entrant
    {
        let lock = ReentrantLock::new(0);
        let _first = lock.lock();
        let second = lock.try_lock();
        println!("a second time: {}", second.is_some());
        let other = thread::scope(|s| s.spawn(|| lock.try_lock().is_some()).join().unwrap());
        println!("another thread: {other}");
    }
    // end cell

    // cell: items
    struct Items {
        total: ReentrantLock<Cell<i64>>,
    }

    impl Items {
        fn new() -> Items {
            Items {
                total: ReentrantLock::new(Cell::new(0)),
            }
        }

        fn execute(&self, change: i64) {
            // The same thread takes the lock a second time.
            let total = self.total.lock();
            total.set(total.get() + change);
        }

        fn add(&self) {
            let _guard = self.total.lock();
            self.execute(1);
        }

        fn remove(&self) {
            let _guard = self.total.lock();
            self.execute(-1);
        }

        fn total(&self) -> i64 {
            self.total.lock().get()
        }
    }

    fn adder(items: &Items, how_many: u32, pause: Duration) {
        println!("{how_many} items to ADD");
        for remaining in (0..how_many).rev() {
            items.add();
            println!("+ One item ADDED, {remaining} remained.");
            thread::sleep(pause);
        }
    }

    fn remover(items: &Items, how_many: u32, pause: Duration) {
        println!("{how_many} items to REMOVE");
        for remaining in (0..how_many).rev() {
            items.remove();
            println!("- One item REMOVED, {remaining} remained.");
            thread::sleep(pause);
        }
    }
    // end cell

    // cell: with-pause
    fn both_at_once(pause: Duration) {
        let items = Items::new();
        thread::scope(|s| {
            s.spawn(|| adder(&items, 12, pause));
            s.spawn(|| remover(&items, 6, pause));
        });
        println!("total: {}", items.total());
    }

    both_at_once(Duration::from_millis(20));
    // end cell

    // cell: no-pause
    both_at_once(Duration::ZERO);
    // end cell

    // cell: joined
    {
        let items = Items::new();
        thread::scope(|s| {
            s.spawn(|| adder(&items, 12, Duration::ZERO))
                .join()
                .unwrap();
            s.spawn(|| remover(&items, 6, Duration::ZERO))
                .join()
                .unwrap();
        });
        println!("total: {}", items.total());
    }
    // end cell

    // cell: never-released
    use exercises::sync::{self, Lock};

    fn both(wants: impl Fn(&str) + Sync) {
        thread::scope(|s| {
            for name in ["thread 1", "thread 2"] {
                let wants = &wants;
                s.spawn(move || {
                    println!("{name} wants the lock");
                    wants(name);
                });
            }
        });
    }

    const PATIENCE: Duration = Duration::from_millis(50);

    {
        let lock = sync::Mutex::new(());
        both(|name| match lock.lock_timeout(PATIENCE) {
            Some(guard) => {
                println!("{name} has the lock");
                std::mem::forget(guard);
            }
            None => println!("{name} has waited in vain"),
        });
        if lock.is_locked() {
            println!("Both threads have ended; the lock is still held");
        }
    }
    // end cell

    // cell: never-released-twice
    {
        let lock = ReentrantLock::new(());
        both(|name| match lock.lock_timeout(PATIENCE) {
            Some(first) => {
                println!("{name} has the lock");
                let second = lock.lock();
                println!("{name} has the lock a second time");
                std::mem::forget((first, second));
            }
            None => println!("{name} has waited in vain"),
        });
        if lock.is_locked() {
            println!("Both threads have ended; the lock is still held");
        }
    }
    // end cell

    // cell: who-may
    {
        let lock = Lock::new();
        thread::scope(|s| {
            let first = s.spawn(|| {
                lock.acquire();
                println!("thread 1 has the lock");
                if !lock.acquire_timeout(PATIENCE) {
                    println!("thread 1 has waited in vain");
                }
            });
            first.join().unwrap();
            let second = s.spawn(|| {
                lock.release().unwrap();
                println!("thread 2 has released the lock");
                if lock.release().is_err() {
                    println!("thread 2 may not release it: nobody holds the lock");
                }
            });
            second.join().unwrap();
            let own = ReentrantLock::new(());
            s.spawn(move || {
                let _first = own.lock();
                println!("thread 3 has the lock");
                let _second = own.lock();
                println!("thread 3 has the lock a second time");
            });
        });
    }
    // end cell

    // cell: mistake-no-lock
    {
        let total = AtomicI64::new(0);
        let change = |by: i64| {
            for _ in 0..1000 {
                let read = total.load(Ordering::SeqCst);
                thread::yield_now();
                total.store(read + by, Ordering::SeqCst);
            }
        };
        thread::scope(|s| {
            s.spawn(|| change(1));
            s.spawn(|| change(-1));
        });
        println!(
            "1000 added, 1000 removed, total: {}",
            total.load(Ordering::SeqCst)
        );
    }
    // end cell

    // cell: mended-lock
    {
        let items = Items::new();
        thread::scope(|s| {
            s.spawn(|| (0..1000).for_each(|_| items.add()));
            s.spawn(|| (0..1000).for_each(|_| items.remove()));
        });
        println!("1000 added, 1000 removed, total: {}", items.total());
    }
    // end cell

    // cell: pass-the-guard
    struct PlainItems {
        total: Mutex<i64>,
    }

    impl PlainItems {
        /// Does the work, and knows nothing of locks.
        fn execute(total: &mut i64, change: i64) {
            *total += change;
        }

        fn add_two(&self) {
            let mut total = self.total.lock().unwrap();
            PlainItems::execute(&mut total, 1);
            PlainItems::execute(&mut total, 1);
        }
    }

    {
        let items = PlainItems {
            total: Mutex::new(0),
        };
        thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(|| items.add_two());
            }
        });
        println!("total: {}", items.total.into_inner().unwrap());
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: locked-twice
        use std::sync::Mutex;

        struct Items {
            total: Mutex<i64>,
        }

        impl Items {
            fn execute(&self, change: i64) {
                *self.total.lock().unwrap() += change;
            }

            fn add(&self) {
                let _guard = self.total.lock().unwrap();
                self.execute(1);
            }
        }

        let items = Items {
            total: Mutex::new(0),
        };
        items.add();
        println!("total: {}", items.total.lock().unwrap());
        // end cell
    };

    // cell: bank
    struct Bank {
        accounts: ReentrantLock<RefCell<Vec<i64>>>,
    }

    impl Bank {
        fn new(accounts: &[i64]) -> Bank {
            Bank {
                accounts: ReentrantLock::new(RefCell::new(accounts.to_vec())),
            }
        }

        /// Refuses to overdraw the account.
        fn withdraw(&self, from: usize, amount: i64) -> bool {
            let accounts = self.accounts.lock();
            let mut accounts = accounts.borrow_mut();
            let enough = accounts[from] >= amount;
            if enough {
                accounts[from] -= amount;
            }
            enough
        }

        fn deposit(&self, to: usize, amount: i64) {
            // A way to the bank that takes its time.
            thread::sleep(Duration::from_micros(200));
            let accounts = self.accounts.lock();
            accounts.borrow_mut()[to] += amount;
        }

        fn sum(&self) -> i64 {
            self.accounts.lock().borrow().iter().sum()
        }
    }
    // end cell

    // cell: transfer
    /// True when the money was moved.
    fn transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
        // Your code goes here.
        let _ = (bank.withdraw(from, 0), bank.deposit(to, 0), amount);
        false
    }
    // end cell

    // cell: check-transfer
    fn check_transfer(transfer: fn(&Bank, usize, usize, i64) -> bool) -> Result<(), String> {
        let bank = Bank::new(&[10, 0]);
        let moved = [(0, 1, 7), (0, 1, 7), (1, 1, 5), (1, 0, 7)]
            .map(|(from, to, amount)| transfer(&bank, from, to, amount));
        if moved != [true, false, true, true] || bank.sum() != 10 {
            return Err(format!("four transfers gave {moved:?}"));
        }
        let bank = Bank::new(&[100; 8]);
        let sums = thread::scope(|s| {
            let clerks: Vec<_> = (0..8usize)
                .map(|clerk| {
                    let bank = &bank;
                    s.spawn(move || {
                        for step in 0..20 {
                            transfer(bank, clerk, (clerk + step) % 8, 10);
                        }
                    })
                })
                .collect();
            let mut sums = Vec::new();
            while clerks.iter().any(|clerk| !clerk.is_finished()) {
                sums.push(bank.sum());
                thread::sleep(Duration::from_micros(100));
            }
            sums
        });
        match sums.iter().chain([&bank.sum()]).find(|sum| **sum != 800) {
            Some(sum) => Err(format!("the auditor found {sum} in place of 800")),
            None => Ok(()),
        }
    }

    match check_transfer(transfer) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_transfer(transfer).is_err());
    assert!(check_transfer(unprotected_transfer).is_err());
    assert_eq!(check_transfer(solved_transfer), Ok(()));

    fn unprotected_transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
        let enough = bank.withdraw(from, amount);
        if enough {
            bank.deposit(to, amount);
        }
        enough
    }

    fn solved_transfer(bank: &Bank, from: usize, to: usize, amount: i64) -> bool {
        let _guard = bank.accounts.lock();
        unprotected_transfer(bank, from, to, amount)
    }
}
