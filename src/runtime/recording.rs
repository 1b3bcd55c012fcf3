//! Records what the terminal is sent, as it happens.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::path::Path;
use std::rc::Rc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::tour::record::{Cast, Header, Version};

/// What a recording begins with: an empty screen, for the first frame draws only what is on it.
const CLEAR: &str = "\u{1b}[?25l\u{1b}[2J\u{1b}[H";
/// The cursor is given back at the end.
const END: &str = "\u{1b}[0m\u{1b}[?25h\r\n";

/// A recording in progress. Each holder writes to the same one.
#[derive(Clone)]
pub struct Recording(Rc<RefCell<Tape>>);

struct Tape {
    cast: Cast<BufWriter<File>>,
    began: Instant,
    size: (u16, u16),
    /// The first thing that went wrong: the session goes on without the recording.
    failed: Option<io::Error>,
}

impl Recording {
    /// Begins one in a new file: what was recorded before is never written over.
    pub fn begin(path: &Path, version: Version, header: Header) -> io::Result<Self> {
        let file = BufWriter::new(File::create_new(path)?);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
        let header = Header { recorded_at: now, ..header };
        let cast = Cast::begin(file, version, &header)?;
        let tape = Tape { cast, began: Instant::now(), size: header.size, failed: None };
        let recording = Self(Rc::new(RefCell::new(tape)));
        recording.output(CLEAR);
        Ok(recording)
    }

    /// The terminal was sent this.
    pub fn output(&self, text: &str) {
        self.tape(|tape| tape.cast.output(tape.began.elapsed(), text));
    }

    /// The terminal has this size.
    pub fn size(&self, size: (u16, u16)) {
        self.tape(|tape| {
            if tape.size == size {
                return Ok(());
            }
            tape.size = size;
            tape.cast.resize(tape.began.elapsed(), size)
        });
    }

    /// Ends the recording; tells what went wrong, if anything did.
    pub fn end(&self) -> io::Result<()> {
        self.output(END);
        self.tape(|tape| tape.cast.flush());
        self.0.borrow_mut().failed.take().map_or(Ok(()), Err)
    }

    fn tape(&self, write: impl FnOnce(&mut Tape) -> io::Result<()>) {
        let mut tape = self.0.borrow_mut();
        if tape.failed.is_none()
            && let Err(why) = write(&mut tape)
        {
            tape.failed = Some(why);
        }
    }
}

/// The terminal; what it is sent is recorded frame by frame.
pub struct Recorded {
    out: Stdout,
    recording: Option<Recording>,
    frame: Vec<u8>,
}

impl Recorded {
    /// Sends to the terminal, and to a recording if there is one.
    pub fn new(recording: Option<Recording>) -> Self {
        Self { out: stdout(), recording, frame: Vec::new() }
    }
}

impl Write for Recorded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        if self.recording.is_some() {
            self.frame.extend_from_slice(bytes.get(..written).unwrap_or_default());
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()?;
        if let Some(recording) = self.recording.as_ref().filter(|_| !self.frame.is_empty()) {
            // ratatui flushes whole frames, so no character is cut here.
            recording.output(&String::from_utf8_lossy(&self.frame));
            self.frame.clear();
        }
        Ok(())
    }
}
