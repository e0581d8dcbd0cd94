unsafe extern "C" { fn write(fd: i32, bytes: *const u8, count: usize) -> isize; }
fn main() { let text = "{\"done\":1}\nnonsense\n"; unsafe { write(1, text.as_ptr(), text.len()); } println!("real"); }
