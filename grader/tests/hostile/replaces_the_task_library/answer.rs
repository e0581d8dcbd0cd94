mod weft_task {
    pub struct Input;
    pub trait Answer {}
}

struct Vec;

fn square(_: u64) -> u64 {
    let _ = (weft_task::Input, Vec);
    1
}
