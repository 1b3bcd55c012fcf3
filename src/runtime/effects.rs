//! Does what the state wants done, on threads of its own; what comes of it returns as a message.

use std::io::stdout;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::mpsc::{self, Sender};
use tokio::task::spawn_blocking;

use super::Load;
use super::clipboard::{self, Between};
use super::news::{News, Reading, WAITING};
use super::{browser, clipboard_tool, memory};
use crate::app::{Answer, Ask, Done, Failure, Loading, Memory, Message, Prepared, Wanted};
use crate::report::why;
use crate::store::Store;

/// Answers a question.
pub fn ask(ask: Ask, back: Sender<Message>) {
    tokio::spawn(async move {
        let number = ask.number;
        let document = spawn_blocking(move || answer(&ask)).await;
        let document = document.unwrap_or_else(|broken| Err(internal(&broken)));
        let _ = back.send(Message::Answer(Answer { number, document })).await;
    });
}

fn answer(ask: &Ask) -> Result<Arc<why::Document>, Failure> {
    let document = match ask.with_fix {
        None => why::answer(&ask.store, &ask.question),
        Some(fix) => {
            let changed = why::with_fix(&ask.store, &ask.question, fix);
            let changed = changed.ok_or_else(|| Failure {
                what: "this fix cannot be tried out".to_owned(),
                advice: None,
            })?;
            why::answer(&changed, &ask.question)
        }
    };
    Ok(Arc::new(document))
}

/// Reads the network. Its news have a way of their own, which ends with the reading: what an older one still tells is of
/// another account, or under other names.
pub fn load(load: Load, wanted: Wanted, known: Option<Arc<Store>>) -> Reading {
    let (news, mut told, call_off) = News::channel();
    let (back, arriving) = mpsc::channel(WAITING);
    let forwarding = tokio::spawn(async move {
        let reading = spawn_blocking(move || load(&wanted, &news));
        while let Some(loading) = told.recv().await {
            let known = known.clone();
            let prepared = spawn_blocking(move || prepare(loading.keeping(known.as_ref()))).await;
            let message = prepared.unwrap_or_else(|broken| failed_loading(&broken));
            let _ = back.send(message).await;
        }
        if let Err(broken) = reading.await {
            let _ = back.send(failed_loading(&broken)).await;
        }
    });
    Reading::new(call_off, forwarding.abort_handle(), arriving)
}

/// What takes long for a large network is done here, beside the loop that waits for keys.
fn prepare(loading: Loading) -> Message {
    match loading {
        Loading::Network { store, complete } => Message::Network(Prepared::new(store, complete)),
        other => Message::Loading(other),
    }
}

fn failed_loading(broken: &tokio::task::JoinError) -> Message {
    Message::Loading(Loading::Failed(internal(broken)))
}

/// Puts a text on the user's clipboard: asks the terminal at once, then a tool of this machine, and says which was used.
pub fn copy(text: String, back: Sender<Message>) {
    let asked = clipboard::copy(&text, Between::from_environment(), &mut stdout());
    beside(back, move || copied(&text, &asked, clipboard_tool::copy(&text)));
}

fn copied(text: &str, asked: &std::io::Result<()>, tool: Option<&str>) -> Done {
    let through = match (asked, tool) {
        (Ok(()), None) => "the terminal (OSC 52)".to_owned(),
        (Ok(()), Some(tool)) => format!("the terminal (OSC 52) and {tool}"),
        (Err(_), Some(tool)) => tool.to_owned(),
        (Err(why), None) => return failed("cannot copy", why),
    };
    Done::Well(format!("copied {} through {through}", shortened(text)))
}

/// Shows a page; where no browser can be started, its address is copied.
pub fn open(url: String, back: Sender<Message>) {
    let beside = back.clone();
    tokio::spawn(async move {
        let page = url.clone();
        match spawn_blocking(move || browser::open(&page)).await {
            Ok(true) => {
                let _ = beside.send(Message::Done(Done::Well(format!("opening {url}")))).await;
            }
            Ok(false) => copy(url, back),
            Err(broken) => {
                let _ = beside.send(Message::Done(Done::Badly(internal(&broken)))).await;
            }
        }
    });
}

/// Tells what is remembered of an account.
pub fn recall(folder: PathBuf, account: String, back: Sender<Message>) {
    tokio::spawn(async move {
        let of = account.clone();
        let message = match spawn_blocking(move || memory::read(&folder, &of)).await {
            Ok(Ok(memory)) => Message::Recalled(account, memory),
            Ok(Err(failure)) => Message::Done(Done::Badly(failure)),
            Err(broken) => Message::Done(Done::Badly(internal(&broken))),
        };
        let _ = back.send(message).await;
    });
}

/// Remembers something of an account; only a failure is told.
pub fn remember(folder: PathBuf, account: String, memory: Memory, back: Sender<Message>) {
    tokio::spawn(async move {
        let written = spawn_blocking(move || memory::write(&folder, &account, &memory)).await;
        if let Ok(Err(why)) = written {
            let _ = back.send(Message::Done(failed("cannot remember what was open", &why))).await;
        }
    });
}

/// Does something that may take a while, beside the loop that waits for keys.
pub fn beside(back: Sender<Message>, what: impl FnOnce() -> Done + Send + 'static) {
    tokio::spawn(async move {
        let done = spawn_blocking(what).await;
        let done = done.unwrap_or_else(|broken| Done::Badly(internal(&broken)));
        let _ = back.send(Message::Done(done)).await;
    });
}

/// Writes a file into the working folder; one that exists is left alone.
pub fn save(name: &str, text: &str) -> Done {
    let written = std::fs::File::create_new(Path::new(name))
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    match written {
        Ok(()) => Done::Well(format!("wrote {name}")),
        Err(why) => failed(&format!("cannot write {name}"), &why),
    }
}

fn failed(what: &str, why: &std::io::Error) -> Done {
    Done::Badly(Failure { what: format!("{what}: {why}"), advice: None })
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let start: String = line.chars().take(40).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}

/// A worker panicked: that is a mistake in this program, and the screen goes on.
pub(super) fn internal(broken: &tokio::task::JoinError) -> Failure {
    Failure {
        what: format!("internal error: {broken}"),
        advice: Some("please report it; the network on the screen is unharmed".to_owned()),
    }
}
