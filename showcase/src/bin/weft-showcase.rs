//! The showcase alone, for its tests and benchmarks: `weft-showcase ADDRESS`. `weft serve` is what people use.

use std::process::ExitCode;

use showcase::{Player, Settings};

fn main() -> ExitCode {
    showcase::player::dispatch();
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("weft-showcase: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<(), Box<dyn std::error::Error>> {
    // Also called as `weft serve --addr ADDRESS` is.
    let address = std::env::args().skip(1).last();
    let address = address.as_deref().unwrap_or("127.0.0.1:8080").parse()?;
    let settings = Settings::new(address, Player::new(std::env::current_exe()?));
    showcase::server::serve(settings, |address| println!("http://{address}/"))?;
    Ok(())
}
