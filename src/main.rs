//! The `cailiang` program.
fn main() {}
