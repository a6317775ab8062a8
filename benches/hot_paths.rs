//! The hot paths inside the process, on made-up registers of 10,000 and 100,000 items; of 1,000,000 too where
//! `CAILIANG_BENCH_MILLION` is set. Run with `cargo bench`, or `cargo bench -- search` for a part.

#![allow(clippy::unwrap_used)] // What goes wrong here ends the measurement.

mod sample;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use cailiang::domain::filter::Filter;
use cailiang::domain::label::Lang;
use cailiang::service::{
    Clock, ImportOptions, ImportStage, Key, NewAgency, NewRegister, Of, Question, ReadingOptions, Register, Saved,
    Window, parse_filter, parse_sort,
};
use divan::Bencher;

fn main() {
    divan::main();
}

fn sizes() -> Vec<u64> {
    let million = std::env::var_os("CAILIANG_BENCH_MILLION").map(|_| 1_000_000);
    [10_000, 100_000].into_iter().chain(million).collect()
}

/// Every size with every one of these questions.
fn crossed<T: Copy>(questions: &[T]) -> Vec<(u64, T)> {
    sizes().into_iter().flat_map(|size| questions.iter().map(move |question| (size, *question))).collect()
}

fn clock() -> Clock {
    Clock { day: "2026-09-20".parse().unwrap(), time: "09:00:00".to_owned(), told: false }
}

fn place(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for ending in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(ending);
        drop(std::fs::remove_file(file));
    }
    path
}

/// The made-up register of that size, filled once a run.
fn with_register<T>(items: u64, work: impl FnOnce(&Register) -> T) -> T {
    thread_local! {
        static REGISTERS: RefCell<BTreeMap<u64, Register>> = const { RefCell::new(BTreeMap::new()) };
    }
    REGISTERS.with_borrow_mut(|registers| {
        let fill = || Register::demo_of_size(&place(&format!("hot-{items}.db")), &clock(), items, |_| {}).unwrap();
        work(registers.entry(items).or_insert_with(fill))
    })
}

/// An empty register, and a published table to take in.
fn empty(rows: usize, tiers: usize) -> (Register, PathBuf) {
    let table = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("table-{rows}-{tiers}.csv"));
    if !table.exists() {
        let mut out = BufWriter::new(File::create(&table).unwrap());
        sample::write_csv(&mut out, rows, tiers).unwrap();
        out.flush().unwrap();
    }
    let new = NewRegister { city: "云泽市".to_owned(), year: None, plan: None, rehearsal: false };
    let mut register = Register::init(&place("import.db"), clock(), "bench", &new).unwrap();
    register.add_agency(&NewAgency { name: "云泽市城市管理局".to_owned(), ..NewAgency::default() }).unwrap();
    (register, table)
}

fn take_in(register: &mut Register, table: &Path) {
    let options = ImportOptions {
        apply: true,
        skip_rejected: false,
        stage: ImportStage::Drafting,
        agency: Some("云泽市城市管理局".to_owned()),
        saved: Saved::None,
        reading: ReadingOptions::default(),
    };
    assert!(register.import(table, &options, |_| {}).unwrap().written);
}

#[divan::bench(args = crossed(&[4, 1]), sample_count = 5, sample_size = 1)]
fn import_rows_by_tiers(bencher: Bencher, (rows, tiers): (u64, usize)) {
    let rows = usize::try_from(rows).unwrap();
    bencher.with_inputs(|| empty(rows, tiers)).bench_local_values(|(mut register, table)| {
        take_in(&mut register, &table);
        register
    });
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn search_index_after_import(bencher: Bencher, items: u64) {
    let filled = || {
        let (mut register, table) = empty(usize::try_from(items).unwrap(), 1);
        take_in(&mut register, &table);
        register
    };
    bencher.with_inputs(filled).bench_local_values(|register| {
        register.index_all().unwrap();
        register
    });
}

#[divan::bench(args = sizes())]
fn overdue_by_agency(bencher: Bencher, items: u64) {
    count(bencher, items, Of::Duties, &[Key::Agency, Key::Standing]);
}

#[divan::bench(args = sizes())]
fn status_by_stage(bencher: Bencher, items: u64) {
    count(bencher, items, Of::Items, &[Key::Stage]);
}

fn count(bencher: Bencher, items: u64, of: Of, keys: &[Key]) {
    with_register(items, |register| {
        let everything = Filter::Everything;
        bencher.bench_local(|| register.count(of, keys, &everything, Question::default()).unwrap());
    });
}

/// Common and rare pairs, three characters, one, initials of 2 to 6 letters, an agency with a word, no hit at all.
const WORDS: &[&str] = &[
    "噪声",
    "网格",
    "魑魅",
    "梅岭水",
    "第777网格",
    "场",
    "的",
    "zs",
    "csw",
    "jzlj",
    "wjpzw",
    "ggcdjy",
    "qqqqqq",
    "cgj",
    "sthjj",
    "csgl 占用",
    "sthj 噪声",
    "CG-0000029",
    "zz 噪声",
];

#[divan::bench(args = crossed(WORDS), max_time = 1)]
fn search(bencher: Bencher, (items, words): (u64, &str)) {
    with_register(items, |register| bencher.bench_local(|| register.find(words, 60).unwrap()));
}

/// A filter and an order.
const WINDOWS: &[(&str, &str)] = &[
    ("", ""),
    ("stage:drafting", ""),
    ("standing:overdue", ""),
    ("噪声", ""),
    ("agency:城管局", ""),
    ("", "due"),
    ("", "-due"),
    ("", "title"),
    ("", "code"),
    ("stage:drafting", "due"),
    ("agency:城管局", "due"),
];

#[divan::bench(args = crossed(WINDOWS), max_time = 1)]
fn list_first_60(bencher: Bencher, (items, (filter, sort)): (u64, (&str, &str))) {
    let sort = if sort.is_empty() { cailiang::domain::filter::Sort::default() } else { parse_sort(sort).unwrap() };
    let window = Window { sort, limit: Some(60), ..Window::of(parse_filter(filter).unwrap()) };
    with_register(items, |register| {
        bencher.bench_local(|| {
            let mut lines = Vec::new();
            let take = |line| {
                lines.push(line);
                Ok(())
            };
            register.each_item(&window, Question::default(), take).unwrap();
            lines
        });
    });
}

#[divan::bench(args = crossed(&["", "agency:城管局"]), max_time = 1)]
fn overdue_first_60(bencher: Bencher, (items, filter): (u64, &str)) {
    let window = Window { limit: Some(60), ..Window::of(parse_filter(&format!("standing:overdue {filter}")).unwrap()) };
    with_register(items, |register| {
        bencher.bench_local(|| {
            let mut lines = Vec::new();
            let take = |line| {
                lines.push(line);
                Ok(())
            };
            register.each_duty(&window, Question::default(), take).unwrap();
            lines
        });
    });
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn csv_out(bencher: Bencher, items: u64) {
    with_register(items, |register| {
        bencher.bench_local(|| register.export_csv(std::io::sink(), &Filter::Everything, Lang::Zh).unwrap());
    });
}

#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
fn xlsx_out(bencher: Bencher, items: u64) {
    with_register(items, |register| {
        bencher.bench_local(|| register.export_xlsx(std::io::sink(), &Filter::Everything, Lang::Zh).unwrap());
    });
}

#[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
fn json_out(bencher: Bencher, items: u64) {
    with_register(items, |register| {
        bencher.bench_local(|| register.export_json(&mut std::io::sink(), None).unwrap());
    });
}
