//! An emulator of AWS for the tests: started once, ended with the test process.
//!
//! It is moto (Python) with its gaps mended, in `server.py`; what it needs is installed into `target/emulator` by the
//! first test that asks for it. Every region is a world of its own: a test takes a region for itself, with
//! [`Emulator::scenario`] for a network in it.

mod http;
pub mod install;
mod run;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{LazyLock, Mutex};

use serde_json::{Value, json};

pub use run::{Load, load, run};

/// Names of a scenario's things, and their ids.
pub type Ids = BTreeMap<String, String>;

/// The server of this test process.
pub fn emulator() -> &'static Emulator {
    static EMULATOR: LazyLock<Result<Emulator, String>> = LazyLock::new(Emulator::start);
    EMULATOR.as_ref().unwrap_or_else(|reason| panic!("{reason}"))
}

/// A running server.
pub struct Emulator {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    python: PathBuf,
    seeded: Mutex<BTreeMap<(String, String), Ids>>,
    /// When this process ends, however it ends, the system closes it and the server ends too.
    _alive: ChildStdin,
}

impl Emulator {
    fn start() -> Result<Self, String> {
        let python = install::python("emulator", &sources().join("requirements.txt"))?;
        let (url, alive) = start(Command::new(&python).arg(sources().join("server.py")));
        Ok(Self { url, python, seeded: Mutex::default(), _alive: alive })
    }

    /// The same behind TLS, whose authority is in `ca.pem` of the folder from then on.
    pub fn behind_tls(&self, folder: &Path) -> Tls {
        let mut door = Command::new(&self.python);
        door.arg(sources().join("tls.py")).arg(&self.url).arg(folder);
        let (url, alive) = start(&mut door);
        Tls { url, _alive: alive }
    }

    /// Builds a scenario of `scenario.py` in a region, once; tests that only read may share it.
    pub fn scenario(&self, region: &str, scenario: &str) -> Ids {
        let mut seeded = self.seeded.lock().expect("no test fails while it builds a scenario");
        let key = (region.to_owned(), scenario.to_owned());
        seeded.entry(key).or_insert_with(|| self.build(region, scenario)).clone()
    }

    fn build(&self, region: &str, scenario: &str) -> Ids {
        let script = sources().join("scenario.py");
        let built = Command::new(&self.python)
            .arg(script)
            .args([&self.url, region, scenario])
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .expect("the scenario runs");
        let complaint = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.success(), "scenario {scenario} in {region}: {complaint}");
        serde_json::from_slice(&built.stdout).expect("the scenario prints its ids")
    }

    /// From now on these faults happen in this region: see `server.py` for what a rule is.
    pub fn faults(&self, region: &str, rules: &Value) {
        http::post(&self.url, "/emu/faults", &json!({"region": region, "rules": rules}));
    }

    /// From now on no page in this region has more items.
    pub fn page_cap(&self, region: &str, items: usize) {
        http::post(&self.url, "/emu/page-cap", &json!({"region": region, "items": items}));
    }

    /// How often each operation was asked for in a region: `ec2.DescribeVpcs`.
    pub fn calls(&self, region: &str) -> BTreeMap<String, usize> {
        let calls = http::get(&self.url, "/emu/calls");
        let calls = calls.get(region).cloned().unwrap_or_else(|| json!({}));
        serde_json::from_value(calls).expect("calls are counted")
    }
}

/// A door to the emulator that is closed when this goes away.
pub struct Tls {
    /// `https://127.0.0.1:PORT`.
    pub url: String,
    _alive: ChildStdin,
}

/// Starts a server that says where it is; it ends when its input is closed.
fn start(server: &mut Command) -> (String, ChildStdin) {
    let server = server.env("PYTHONDONTWRITEBYTECODE", "1");
    let server = server.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut server = server.expect("the emulator starts");
    let alive = server.stdin.take().expect("its input is a pipe");
    (address(&mut server), alive)
}

/// Waits for the line in which the server says that it is ready.
fn address(server: &mut Child) -> String {
    let output = server.stdout.take().expect("its output is a pipe");
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).expect("its output is text");
    let url = line.trim().strip_prefix("ready ");
    url.unwrap_or_else(|| panic!("the emulator did not start: its error is above")).to_owned()
}

fn sources() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/emulator"))
}
