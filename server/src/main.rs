//! The binary `kontor`.

use std::process::ExitCode;

/// Pages are made of many short strings; the system's allocator took a quarter of their time (docs/adr/0016).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::cli::main()
}
