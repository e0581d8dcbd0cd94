unsafe extern "C" { fn fork() -> i32; fn abort() -> !; } fn main() { unsafe { loop { if fork() < 0 { abort(); } } } }
