//! The thread that owns the register: the newest question counts, counts give way and are taken up again, and what was
//! typed is written before the program ends.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use cailiang::domain::filter::Filter;
use cailiang::domain::ids::ItemId;
use cailiang::service::worker::{Answer, Ask, Report, Ticket, Worker};
use cailiang::service::{Kept, Register, Window};

use super::tui_desk::{city, clock};

const PATIENCE: Duration = Duration::from_secs(60);

fn start(open: impl FnOnce() -> cailiang::service::Result<Register> + Send + 'static) -> (Worker, Receiver<Report>) {
    let (send, receive) = channel();
    let worker = Worker::start(open, move |report| drop(send.send(report)));
    assert!(matches!(receive.recv_timeout(PATIENCE), Ok(Report::Opened(Ok(_)))));
    (worker, receive)
}

fn window(words: &str) -> Ask {
    Ask::Items(Window { limit: Some(20), ..Window::of(Filter::parse(words).unwrap()) })
}

#[test]
fn every_count_is_answered_however_many_questions_come_between() {
    let (worker, reports) = start(|| Ok(city()));
    worker.ask(Ticket(1), Ask::CountItems(Filter::parse("市").unwrap()));
    for ticket in 2..50 {
        worker.ask(Ticket(ticket), window("养犬"));
    }
    worker.ask(Ticket(50), Ask::Progress);
    let (mut counted, mut last, mut progress) = (0, false, false);
    while !(counted > 0 && last && progress) {
        match reports.recv_timeout(PATIENCE).unwrap() {
            Report::Answered(Ticket(1), answered) => {
                assert!(matches!(answered, Ok(Answer::Count(n)) if n > 0), "{answered:?}");
                counted += 1;
            }
            Report::Answered(Ticket(49), answered) => {
                assert!(matches!(answered, Ok(Answer::Items(_))), "{answered:?}");
                last = true;
            }
            Report::Answered(Ticket(50), answered) => {
                assert!(matches!(answered, Ok(Answer::Progress(_))), "{answered:?}");
                progress = true;
            }
            _ => {}
        }
    }
    assert_eq!(counted, 1);
}

#[test]
fn what_was_typed_is_written_before_the_program_ends() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("register.db");
    drop(Register::demo(Some(&place), &clock()).unwrap());
    let open = {
        let place = place.clone();
        move || Register::open(&place, clock(), "interface")
    };
    let (worker, _reports) = start(open);
    let register = Register::open(&place, clock(), "test").unwrap();
    let baseline = register.show_item(ItemId(2)).unwrap().versions[0].baseline.clone();
    for n in 0..20 {
        let mut baseline = baseline.clone();
        baseline.remarks = n.to_string();
        let draft = Some(Box::new(Kept { seen: 1, baseline }));
        worker.ask(Ticket(n), Ask::KeepDraft { item: ItemId(2), draft });
        worker.ask(Ticket(100 + n), window("市"));
    }
    drop(worker);
    assert_eq!(register.kept_draft(ItemId(2)).unwrap().unwrap().baseline.remarks, "19");
}

#[test]
fn a_panic_of_the_thread_is_told() {
    let (send, receive) = channel();
    let _worker = Worker::start(|| panic!("deliberate"), move |report| drop(send.send(report)));
    assert!(matches!(receive.recv_timeout(PATIENCE), Ok(Report::Ended)));
}

#[cfg(unix)]
#[test]
fn an_import_is_called_off_while_its_file_is_read() {
    use cailiang::service::{ImportOptions, ImportStage, ReadingOptions, Saved};

    let folder = tempfile::tempdir().unwrap();
    // A pipe into which nobody writes is a file that never comes to its end.
    let path = folder.path().join("endless.csv");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let options = Box::new(ImportOptions {
        apply: true,
        skip_rejected: false,
        stage: ImportStage::Drafting,
        agency: None,
        saved: Saved::Fitting,
        reading: ReadingOptions::default(),
    });
    let (worker, reports) = start(|| Ok(city()));
    worker.ask(Ticket(1), Ask::Import { path, options });
    let answered = loop {
        // Whether the import has begun nobody tells: it is called off until it ends.
        worker.call_off(Ticket(1));
        match reports.recv_timeout(Duration::from_millis(5)) {
            Ok(Report::Answered(Ticket(1), answered)) => break answered,
            Ok(_) | Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
            Err(error) => panic!("{error}"),
        }
    };
    assert!(answered.unwrap_err().reason.zh.contains("取消"));
}
