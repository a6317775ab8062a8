//! The one integration test binary.

mod exchange_files;
mod exchange_real;
