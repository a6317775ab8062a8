//! What the system asks of the program while it holds the terminal: to end, as where a connection is lost, and to go on
//! after it was stopped. Only Unix knows such signals.

use std::io;
use std::sync::mpsc::Sender;

use super::catalog::Ready;
use super::msg::Msg;
use crate::words;

/// The exit code of a program whose terminal is gone.
pub const HANGUP: u8 = 129;

/// Sends on what the system asks for. A second request to end is not waited with: the loop may hang in a terminal that
/// takes nothing any more.
#[cfg(unix)]
pub fn watch(send: Sender<Msg>) -> io::Result<()> {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::{flag, iterator::Signals};

    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
        flag::register_conditional_default(signal, Arc::clone(&asked))?;
        flag::register(signal, Arc::clone(&asked))?;
    }
    let mut signals = Signals::new([SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let msg = match u8::try_from(signal) {
                Ok(number) if signal != SIGCONT => Msg::End(128 + number),
                _ => Msg::Resumed,
            };
            if send.send(msg).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Whether the program can be stopped and called back.
pub fn may_stop() -> Ready {
    if cfg!(unix) {
        Ok(())
    } else {
        Err(words!("这个系统不能挂起程序。", "This system cannot suspend a program."))
    }
}

/// Stops the program, and whatever was started together with it, until the shell calls it back. Where no shell could,
/// the system lets it go on at once.
#[cfg(unix)]
pub fn stop() -> io::Result<()> {
    Ok(rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?)
}

#[cfg(not(unix))]
pub fn watch(_: Sender<Msg>) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub fn stop() -> io::Result<()> {
    Ok(())
}
