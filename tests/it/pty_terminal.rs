//! The real program in a real pseudo-terminal, seen through a terminal's parser. Nothing sleeps: a test waits for a
//! text, and gives up after a time in which nothing like it came.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a text may take to come on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program in a terminal.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    write: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// Everything that came.
    pub all: Vec<u8>,
}

const fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    /// Starts a program in a terminal of that size.
    pub fn start(mut command: CommandBuilder, (width, height): (u16, u16)) -> Self {
        for name in ["NO_COLOR", "CAILIANG_PLAIN", "CAILIANG_WIDE", "CAILIANG_LANG", "CAILIANG_DB", "COLUMNS"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        let pair = native_pty_system().openpty(size(width, height)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut read = pair.master.try_clone_reader().unwrap();
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = read.read(&mut buffer) {
                if send.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let write = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(height, width, 0);
        Self { master: pair.master, child, write, bytes, screen, all: Vec::new() }
    }

    /// The program itself, in a home of its own.
    pub fn cailiang(home: &std::path::Path, arguments: &[&str], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cailiang"));
        command.args(arguments);
        command.env("HOME", home);
        command.env("XDG_DATA_HOME", home);
        command.env("XDG_CONFIG_HOME", home);
        command.cwd(home);
        Self::start(command, size)
    }

    /// Types.
    pub fn types(&mut self, keys: &str) -> &mut Self {
        self.write.write_all(keys.as_bytes()).unwrap();
        self.write.flush().unwrap();
        self
    }

    /// Sends a signal to the program.
    #[cfg(unix)]
    pub fn signal(&mut self, signal: rustix::process::Signal) -> &mut Self {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
        self
    }

    /// Whether the terminal is as a shell leaves it: no other screen, lines are edited and shown as they are typed.
    pub fn is_plain(&self) -> bool {
        let modes = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        !self.screen.screen().alternate_screen() && modes.contains("ECHO") && modes.contains("ICANON")
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub fn until(&mut self, wanted: &str, is: impl Fn(&str) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while !is(&self.text()) {
            match self.bytes.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("no {wanted} in\n{}", self.text()),
                Err(RecvTimeoutError::Disconnected) => panic!("it ended without {wanted}:\n{}", self.text()),
            }
        }
        self
    }

    /// Waits for a text.
    #[track_caller]
    pub fn sees(&mut self, words: &str) -> &mut Self {
        self.until(words, |text| text.contains(words))
    }

    /// Waits until a text is gone.
    #[track_caller]
    pub fn misses(&mut self, words: &str) -> &mut Self {
        self.until(&format!("end of {words}"), |text| !text.contains(words))
    }

    /// Where the terminal's cursor stands: column and line; `None` where it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let screen = self.screen.screen();
        let (line, column) = screen.cursor_position();
        (!screen.hide_cursor()).then_some((column, line))
    }

    /// Waits until the terminal's cursor stands at a place.
    #[track_caller]
    pub fn until_cursor(&mut self, place: (u16, u16)) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while self.cursor() != Some(place) {
            match self.bytes.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => {
                    panic!("{error}: the cursor is at {:?}, not at {place:?}:\n{}", self.cursor(), self.text())
                }
            }
        }
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.screen.screen_mut().set_size(height, width);
        self.master.resize(size(width, height)).unwrap();
        self
    }

    fn take(&mut self, bytes: &[u8]) {
        self.all.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    /// Waits for the end; the terminal must be as it was before. Returns the exit code.
    #[track_caller]
    pub fn ends(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        let code = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status.exit_code();
            }
            match self.bytes.recv_timeout(Duration::from_millis(50)) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => assert!(Instant::now() < end, "it did not end:\n{}", self.text()),
            }
        };
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(200)) {
            self.take(&bytes);
        }
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the other screen was left open");
        assert!(!screen.hide_cursor(), "the cursor was left hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste was left on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse was left captured");
        let modes = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        assert!(modes.contains("ECHO") && modes.contains("ICANON"), "the terminal was left raw: {modes}");
        code
    }
}

#[test]
fn a_table_of_the_command_line_fits_the_terminal_and_is_whole_elsewhere() {
    let home = tempfile::tempdir().unwrap();
    drop(cailiang::service::Register::demo(Some(&home.path().join("register.db")), &super::tui_desk::clock()).unwrap());
    let arguments = ["--db", "register.db", "--today", "2023-09-12", "--lang", "zh", "overdue"];
    for width in [50, 80, 140] {
        let mut terminal = Terminal::cailiang(home.path(), &arguments, (width, 24));
        assert_eq!(terminal.ends(), 0);
        let text = String::from_utf8(terminal.all.clone()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let widest = lines.iter().map(|line| cailiang::tui::width::Ruler::default().of(line)).max().unwrap();
        assert!(lines.len() > 90 && widest <= usize::from(width), "{width}: {widest}\n{text}");
        assert_eq!(text.contains('…'), width < 140, "{width}\n{text}");
    }
}
