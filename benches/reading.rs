//! How fast standards are read.

use cailiang::reading::read;

fn main() {
    divan::main();
}

const STANDARDS: &[&str] = &[
    "责令限期改正，处二万元以上五万元以下罚款",
    "责令停止违法行为，限期采取治理措施，消除污染，处十万元以上二十万元以下罚款",
    "处五十万元以上七十万元以下的罚款，并对建设单位的法定代表人和其他直接责任人员，处五万元以上七万元以下的罚款",
    "没收违法所得，并处违法所得一倍以上三倍以下罚款，最高不超过三万元；没有违法所得的，处一万元以下罚款",
];

#[divan::bench(args = STANDARDS)]
fn standard(text: &str) -> usize {
    read(divan::black_box(text)).measures.len()
}

#[divan::bench]
fn a_thousand_standards() -> usize {
    (0..250).flat_map(|_| STANDARDS).map(|text| read(divan::black_box(text)).measures.len()).sum()
}
