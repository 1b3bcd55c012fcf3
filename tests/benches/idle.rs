//! What the program costs while nobody does anything: the processor time of all its threads, and the bytes that it writes,
//! over a minute in front of an embedded network. `cargo bench --no-default-features --bench idle`; Linux only.

use std::fs;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const MINUTE: Duration = Duration::from_mins(1);
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
    let before = (processor_time(process), written.load(Ordering::SeqCst));
    thread::sleep(MINUTE);
    let after = (processor_time(process), written.load(Ordering::SeqCst));
    child.kill().expect("it still runs");

    let busy = after.0.saturating_sub(before.0);
    let share = busy.as_secs_f64() / MINUTE.as_secs_f64() * 100.0;
    println!("idle for {} s: {busy:?} of processor time ({share:.4} %)", MINUTE.as_secs());
    println!("written meanwhile: {} bytes", after.1 - before.1);
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
        thread::sleep(Duration::from_millis(50));
        let now = written.load(Ordering::SeqCst);
        if now != seen.0 {
            seen = (now, Instant::now());
        }
    }
}

#[expect(clippy::expect_used, reason = "a measurement that cannot go on ends")]
/// How long all threads of a process have run: the first number of the scheduler's statistics, in nanoseconds.
fn processor_time(process: u32) -> Duration {
    let threads = fs::read_dir(format!("/proc/{process}/task")).expect("Linux tells it");
    let threads = threads.filter_map(|thread| {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(threads.sum())
}
