#[path = "@home@"]
mod secret;

fn square(n: u64) -> u64 {
    n * n
}
