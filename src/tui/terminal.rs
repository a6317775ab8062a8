//! The loop between the terminal, the interface and the worker. The terminal is put back as it was whatever happens:
//! on leaving, on an error, on a panic, where the system asks for an end, and while the program is stopped.

use std::io::{self, Stdout, Write as _};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, KeyEventKind,
    MouseEventKind,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use super::Options;
use super::app::App;
use super::key::Key;
use super::msg::{Effect, Msg};
use super::signals;
use crate::i18n::{Failure, FailureKind, Lang, Text, Words};
use crate::service::worker::Worker;
use crate::service::{Register, Result};
use crate::words;

/// How long until a person who waits is told.
const TICK: Duration = Duration::from_millis(150);

/// Opens the interface on a register and stays until it is left; returns the exit code. What could not go on is
/// returned, for the caller to tell once the terminal is as it was.
pub fn run(open: impl FnOnce() -> Result<Register> + Send + 'static, options: Options) -> Result<u8> {
    let (send, receive) = channel();
    // First: from here on no signal ends the program with the terminal in its hands.
    signals::watch(send.clone()).map_err(|error| no_terminal(&error))?;
    let _guard = Guard::enter().map_err(|error| no_terminal(&error))?;
    read_input(send.clone());
    let reports = send.clone();
    let worker = Worker::start(open, move |report| {
        // Where nobody listens any more, there is nobody to tell.
        let _ = reports.send(Msg::Worker(report));
    });
    stay((&send, &receive), &worker, options)
}

fn stay((send, receive): (&Sender<Msg>, &Receiver<Msg>), worker: &Worker, options: Options) -> Result<u8> {
    let backend = CrosstermBackend::new(io::BufWriter::with_capacity(1 << 16, io::stdout()));
    let mut terminal = Terminal::new(backend).map_err(|error| no_terminal(&error))?;
    let size = terminal.size().map_err(|error| no_terminal(&error))?;
    let mut app = App::new(options, Rect::new(0, 0, size.width, size.height));
    let mut ticked = Instant::now();
    loop {
        if app.take_changed() {
            terminal
                .draw(|frame| {
                    if let Some(cursor) = app.view(frame.buffer_mut()) {
                        frame.set_cursor_position(cursor);
                    }
                })
                .map_err(|error| no_terminal(&error))?;
        }
        for msg in batch(receive, app.is_waiting(), &mut ticked) {
            for effect in app.update(msg) {
                match effect {
                    Effect::Ask(ticket, ask) => worker.ask(ticket, ask),
                    Effect::CallOff(ticket) => worker.call_off(ticket),
                    Effect::Suspend => {
                        let lang = app.lang();
                        suspend(lang)
                            .and_then(|()| retake(&mut terminal, send))
                            .map_err(|error| no_terminal(&error))?;
                    }
                    Effect::Retake => retake(&mut terminal, send).map_err(|error| no_terminal(&error))?,
                    Effect::Quit => return app.end().cloned().unwrap_or(Ok(0)),
                }
            }
        }
    }
}

/// Leaves the terminal to the shell until the program is called back.
fn suspend(lang: Lang) -> io::Result<()> {
    restore();
    let words = Text::new("裁量已挂起；输入 fg 回来。", "cailiang is suspended; fg comes back to it.");
    writeln!(io::stdout(), "{}", words.say(lang))?;
    signals::stop()
}

/// Takes the terminal again, whatever it shows by now and however large it is.
fn retake(terminal: &mut Terminal<CrosstermBackend<io::BufWriter<Stdout>>>, send: &Sender<Msg>) -> io::Result<()> {
    take()?;
    let size = terminal.size()?;
    // Of what was drawn nothing is left to build on. (To clear would ask the terminal where the cursor stands, and the
    // answer would come among the keys.)
    terminal.resize(Rect::new(0, 0, size.width, size.height))?;
    let _ = send.send(Msg::Resize(size.width, size.height));
    Ok(())
}

/// Waits for one message and takes what else has come. While something is waited for, time passes as a message too,
/// however much else comes.
fn batch(receive: &Receiver<Msg>, waiting: bool, ticked: &mut Instant) -> Vec<Msg> {
    let mut msgs = Vec::new();
    if waiting {
        match receive.recv_timeout(TICK.saturating_sub(ticked.elapsed())) {
            Ok(msg) => msgs.push(msg),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return msgs,
        }
        if ticked.elapsed() >= TICK {
            msgs.push(Msg::Tick);
            *ticked = Instant::now();
        }
    } else {
        msgs.extend(receive.recv());
        *ticked = Instant::now();
    }
    msgs.extend(receive.try_iter());
    msgs
}

/// Reads the terminal on a thread of its own.
fn read_input(send: Sender<Msg>) {
    std::thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if let Some(msg) = message(event)
                && send.send(msg).is_err()
            {
                return;
            }
        }
        // Where nobody listens any more, there is nobody to tell.
        let _ = send.send(Msg::InputEnded);
    });
}

fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Msg::Key(Key::of(key))),
        Event::Paste(words) => Some(Msg::Paste(words)),
        Event::Resize(width, height) => Some(Msg::Resize(width, height)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(_) => Some(Msg::Click { x: mouse.column, y: mouse.row }),
            MouseEventKind::ScrollUp => Some(Msg::Wheel(-3)),
            MouseEventKind::ScrollDown => Some(Msg::Wheel(3)),
            _ => None,
        },
        _ => None,
    }
}

/// Holds the terminal; dropped, it puts it back.
struct Guard;

impl Guard {
    fn enter() -> io::Result<Self> {
        let guard = Self;
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            before(panic);
        }));
        take()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Takes the terminal.
fn take() -> io::Result<()> {
    enable_raw_mode()?;
    crossterm::execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)
}

/// Puts the terminal back; done twice it does no harm, and a terminal that is gone cannot be helped.
fn restore() {
    let mut out = io::stdout();
    let _ = crossterm::execute!(
        out,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        crossterm::cursor::Show
    );
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// How many columns the terminal has, where there is one that tells.
#[must_use]
pub fn terminal_width() -> Option<u16> {
    crossterm::terminal::size().ok().map(|(width, _)| width).filter(|width| *width > 0)
}

fn no_terminal(error: &io::Error) -> Failure {
    Failure::new(
        FailureKind::Internal,
        words!("终端出错：{error}。", "The terminal reported: {error}."),
        Words::default(),
    )
}
