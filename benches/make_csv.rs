//! Writes a published table for measuring: `make_csv ROWS TIERS_AN_ITEM > table.csv`.

mod sample;

use std::io::{BufWriter, Write};

fn main() -> std::io::Result<()> {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let [rows, tiers] = numbers[..] else {
        eprintln!("usage: make_csv ROWS TIERS_AN_ITEM > table.csv");
        std::process::exit(2);
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    sample::write_csv(&mut out, rows, tiers.max(1))?;
    out.flush()
}
