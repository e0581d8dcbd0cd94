macro_rules! assert_eq {
    ($a:expr, $b:expr) => {
        ($a, $b)
    };
}

pub struct Input(u64);

pub mod probe {
    pub fn p0() {}
}

trait Answer {
    fn answer(&self) -> u64;
}

impl Answer for Input {
    fn answer(&self) -> u64 {
        assert_eq!(self.0 * self.0, 1).0
    }
}

fn main() {}

fn square(n: u64) -> u64 {
    main();
    probe::p0();
    Input(n).answer()
}
