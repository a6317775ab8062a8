//! Work spread over threads: some read and cut the work into chunks, the others do it, and the results come back in the
//! order of the chunks.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Where a chunk came from and which one it is.
type Place = (usize, usize);

/// Chunks of one source, numbered, on their way to the workers.
type Job<J> = (Place, J);

/// How many threads work; at least one beside the one that reads.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Reads every path on one of several threads and works on their chunks on others. Per path: what reading it came to,
/// and the results of its chunks in their order.
pub(super) fn run<J: Send, R: Send, O: Send>(
    paths: &[PathBuf],
    read: impl Fn(&PathBuf, &mut dyn FnMut(J)) -> O + Sync,
    work: impl Fn(&PathBuf, J) -> R + Sync,
) -> Vec<(O, Vec<R>)> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    let results = Mutex::new(BTreeMap::new());
    let (send, receive) = sync_channel::<Job<J>>(2 * threads());
    let receive = Mutex::new(receive);
    std::thread::scope(|scope| {
        let (receive, results, outcomes, next) = (&receive, &results, &outcomes, &next);
        let (read, work) = (&read, &work);
        for _ in 0..threads() {
            let do_one = move |(from, _): Place, job| paths.get(from).map(|path| work(path, job));
            scope.spawn(move || work_off(receive, results, do_one));
        }
        for _ in 0..threads().min(paths.len()) {
            let send = send.clone();
            scope.spawn(move || {
                loop {
                    let from = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = paths.get(from) else { return };
                    let outcome = read(path, &mut sender(&send, from));
                    lock(outcomes).insert(from, outcome);
                }
            });
        }
        // The workers end when the last reader has let go of its end.
        drop(send);
    });
    let mut results: BTreeMap<Place, R> = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    let outcomes: BTreeMap<usize, O> = outcomes.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcomes
        .into_iter()
        .map(|(from, outcome)| {
            let later = results.split_off(&(from + 1, 0));
            (outcome, std::mem::replace(&mut results, later).into_values().collect())
        })
        .collect()
}

/// Does every job, each thread with tools of its own, and gives the results in the order of the jobs.
pub(super) fn each<J: Send, T, R: Send>(
    jobs: Vec<J>,
    tools: impl Fn() -> T + Sync,
    work: impl Fn(&T, J) -> R + Sync,
) -> Vec<R> {
    let jobs = Mutex::new(jobs.into_iter().enumerate());
    let results = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        let (jobs, results, tools, work) = (&jobs, &results, &tools, &work);
        for _ in 0..threads() {
            scope.spawn(move || {
                let tools = tools();
                loop {
                    let Some((at, job)) = lock(jobs).next() else { return };
                    let result = work(&tools, job);
                    lock(results).insert(at, result);
                }
            });
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

/// Numbers the chunks of one source and sends them on.
fn sender<J>(send: &SyncSender<Job<J>>, from: usize) -> impl FnMut(J) + '_ {
    let mut number = 0;
    move |job| {
        // The workers listen until every sender is gone; a chunk that nobody takes was lost to a panic that is told.
        let _ = send.send(((from, number), job));
        number += 1;
    }
}

fn work_off<J, R>(
    receive: &Mutex<Receiver<Job<J>>>,
    results: &Mutex<BTreeMap<Place, R>>,
    work: impl Fn(Place, J) -> Option<R>,
) {
    loop {
        let Ok((place, job)) = lock(receive).recv() else { return };
        if let Some(result) = work(place, job) {
            lock(results).insert(place, result);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_back_in_the_order_of_the_chunks() {
        let paths: Vec<PathBuf> = (0..7).map(|number: u32| PathBuf::from(number.to_string())).collect();
        let read = |path: &PathBuf, send: &mut dyn FnMut(u32)| {
            let number: u32 = path.display().to_string().parse().unwrap();
            (0..number).for_each(send);
            number
        };
        let done = run(&paths, read, |path, job| format!("{}.{job}", path.display()));
        let expected: Vec<(u32, Vec<String>)> =
            (0..7).map(|number| (number, (0..number).map(|job| format!("{number}.{job}")).collect())).collect();
        assert_eq!(done, expected);
        let squares = each((0..100_u32).collect(), || 1, |one, number| number * number * one);
        assert_eq!(squares, (0..100).map(|number| number * number).collect::<Vec<u32>>());
    }
}
