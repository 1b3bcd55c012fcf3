//! The real binary in a real pseudo-terminal: what it writes goes through a terminal emulator on a thread of its own,
//! and a test waits for what it wants to see on the screen, never for time.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take on the slowest machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// The binary on a screen.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    shared: Arc<Shared>,
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    /// A frame has begun and is not complete: nobody may look at half of one.
    in_frame: bool,
    ended: bool,
}

/// How to start it.
pub struct Start<'a> {
    /// Columns and rows.
    pub size: (u16, u16),
    /// Arguments.
    pub arguments: &'a [&'a str],
    /// Variables on top of a plain environment.
    pub environment: &'a [(&'a str, &'a str)],
}

impl Pty {
    /// Starts `vpctui demo lambda-rds`.
    pub fn demo(columns: u16, rows: u16) -> Self {
        let arguments = ["demo", "lambda-rds"];
        Self::start(&Start { size: (columns, rows), arguments: &arguments, environment: &[] })
    }

    /// Starts the binary.
    pub fn start(start: &Start<'_>) -> Self {
        Self::run(env!("CARGO_BIN_EXE_vpctui"), start)
    }

    /// Starts a shell, which has jobs that can be stopped and continued.
    #[cfg(unix)]
    pub fn shell(columns: u16, rows: u16) -> Self {
        let environment = [("PS1", "prompt> "), ("ENV", "")];
        let size = (columns, rows);
        Self::run("sh", &Start { size, arguments: &["-i"], environment: &environment })
    }

    fn run(program: &str, start: &Start<'_>) -> Self {
        let (cols, rows) = start.size;
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(start.arguments);
        for variable in ["NO_COLOR", "TMUX", "STY", "VPCTUI_PANIC", "VPCTUI_CONFIG", "COLORTERM"] {
            command.env_remove(variable);
        }
        command.env("TERM", "xterm-256color");
        command.env("RUST_BACKTRACE", "0");
        // The tests' terminal answers no questions, and the user's own settings are none of theirs.
        command.env("VPCTUI_THEME", "dark");
        command.env("VPCTUI_STATE", "false");
        command.env("XDG_CONFIG_HOME", "/nonexistent");
        for (name, value) in start.environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the binary starts");
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().expect("its output");
        let keys = pair.master.take_writer().expect("its input");
        let parser = vt100::Parser::new(cells(rows), cells(cols), 0);
        let seen = Mutex::new(Seen { parser, bytes: Vec::new(), in_frame: false, ended: false });
        let shared = Arc::new(Shared { seen, changed: Condvar::new() });
        let for_reader = Arc::clone(&shared);
        thread::spawn(move || watch(reader, &for_reader));
        Self { master: pair.master, keys, child, shared }
    }

    /// Types text; `\u{1b}` is Esc, `\r` is Enter.
    pub fn keys(&mut self, text: &str) {
        self.keys.write_all(text.as_bytes()).expect("it reads keys");
        self.keys.flush().expect("it reads keys");
    }

    /// Changes the size of the terminal.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.seen().parser.screen_mut().set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("a new size");
    }

    /// Waits until a text is on the screen.
    pub fn wait_for(&self, text: &str) {
        self.wait(&format!("{text:?}"), |screen| screen.contents().contains(text));
    }

    /// Waits until the screen is as wanted; fails with what is on it instead.
    pub fn wait(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        self.wait_on(what, |seen| wanted(seen.parser.screen()));
    }

    /// Waits until it has written something.
    pub fn wait_for_bytes(&self, wanted: &[u8]) {
        self.wait_on("bytes", |seen| seen.bytes.windows(wanted.len()).any(|some| some == wanted));
    }

    /// Waits until the program has ended, and tells its exit code.
    pub fn wait_for_end(&mut self) -> u32 {
        self.wait_on("the end", |seen| seen.ended);
        self.child.wait().expect("it ended").exit_code()
    }

    /// What is on the screen.
    pub fn screen(&self) -> vt100::Screen {
        self.seen().parser.screen().clone()
    }

    /// Everything that it has written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }

    /// Sends its process a signal.
    #[cfg(unix)]
    pub fn signal(&self, signal: rustix::process::Signal) {
        let process = self.child.process_id().expect("it runs").cast_signed();
        let process = rustix::process::Pid::from_raw(process).expect("it is a process");
        rustix::process::kill_process(process, signal).expect("it is ours");
    }

    fn wait_on(&self, what: &str, wanted: impl Fn(&Seen) -> bool) {
        let until = Instant::now() + DEADLINE;
        let mut seen = self.seen();
        while seen.in_frame || !wanted(&seen) {
            let left = until.saturating_duration_since(Instant::now());
            let contents = seen.parser.screen().contents();
            assert!(!left.is_zero(), "waited in vain for {what}; on the screen:\n{contents}");
            assert!(!seen.ended, "ended before {what}; on the screen:\n{contents}");
            seen = self.shared.changed.wait_timeout(seen, left).expect("the reader lives").0;
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.seen.lock().expect("the reader lives")
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // Already ended, unless the test failed.
        let _ = self.child.kill();
    }
}

/// Whether the last mark in the output is that of a frame's beginning (private mode 2026).
fn is_in_frame(bytes: &[u8]) -> bool {
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|window| window == mark);
    last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has a size")
}

fn watch(mut reader: Box<dyn Read + Send>, shared: &Shared) {
    let mut chunk = [0; 8192];
    loop {
        let length = reader.read(&mut chunk).unwrap_or(0);
        let Ok(mut seen) = shared.seen.lock() else { return };
        let read = chunk.get(..length).unwrap_or_default();
        seen.parser.process(read);
        seen.bytes.extend_from_slice(read);
        seen.in_frame = is_in_frame(&seen.bytes);
        seen.ended = length == 0;
        shared.changed.notify_all();
        if length == 0 {
            return;
        }
    }
}
