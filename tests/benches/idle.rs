//! What the program costs while nobody does anything: the processor time of all its threads, and the bytes that it writes,
//! over a minute in front of an embedded network. `cargo bench --no-default-features --bench idle`; Linux only.

use std::fs;
use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const MINUTE: Duration = Duration::from_mins(1);
/// In what steps Linux tells the time of a process.
const TICK: Duration = Duration::from_millis(10);
/// Keys that are pressed first, twice: what cannot be told at all would look idle.
const KEYS: usize = 200;
/// Nothing is written for so long: the program has drawn all that there is.
const QUIET: Duration = Duration::from_secs(2);

#[expect(clippy::expect_used, reason = "a measurement that cannot go on ends")]
fn main() {
    let size = PtySize { rows: 32, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_vpctui"));
    command.args(["demo", "lambda-rds"]);
    command.env("TERM", "xterm-256color");
    command.env("VPCTUI_THEME", "dark");
    let mut child = pair.slave.spawn_command(command).expect("the binary starts");
    let written = count(pair.master.try_clone_reader().expect("its output"));
    wait_until_quiet(&written);

    let process = child.process_id().expect("it runs");
    let mut keys = pair.master.take_writer().expect("its input");
    for _ in 0..KEYS {
        keys.write_all(b"jk").expect("it reads keys");
        // As fast as a key repeats that is held down: all at once would be read as one.
        thread::sleep(Duration::from_millis(20));
    }
    wait_until_quiet(&written);
    let before = (processor_time(process), written.load(Ordering::SeqCst));
    println!("start and {} keys: {:?} of processor time", 2 * KEYS, before.0);
    assert!(before.0 > Duration::ZERO, "this system does not tell the time of a process");
    // What is measured: that nothing happens in this time.
    thread::sleep(MINUTE);
    let after = (processor_time(process), written.load(Ordering::SeqCst));
    child.kill().expect("it still runs");

    let (busy, bytes) = (after.0.saturating_sub(before.0), after.1 - before.1);
    println!(
        "idle for {} s: {busy:?}, told in steps of {TICK:?}; {bytes} bytes written",
        MINUTE.as_secs()
    );
}

fn count(mut reader: Box<dyn Read + Send>) -> Arc<AtomicUsize> {
    let written = Arc::new(AtomicUsize::new(0));
    let for_reader = Arc::clone(&written);
    thread::spawn(move || {
        let mut chunk = [0; 8192];
        while let Ok(length @ 1..) = reader.read(&mut chunk) {
            for_reader.fetch_add(length, Ordering::SeqCst);
        }
    });
    written
}

fn wait_until_quiet(written: &AtomicUsize) {
    let mut seen = (0, Instant::now());
    while seen.0 == 0 || seen.1.elapsed() < QUIET {
        // Quiet is that for a while nothing comes: there is no event to wait for.
        thread::sleep(Duration::from_millis(50));
        let now = written.load(Ordering::SeqCst);
        if now != seen.0 {
            seen = (now, Instant::now());
        }
    }
}

/// How long a process has run, for itself and in the system: the 14th and 15th field of its state, in ticks.
fn processor_time(process: u32) -> Duration {
    let state = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The second field is a name in brackets, which may hold spaces.
    let fields = state.rsplit_once(") ").map(|(_, fields)| fields).unwrap_or_default();
    let ticks = fields.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<u32>().ok());
    TICK * ticks.sum::<u32>()
}
