//! Computes what the state wants computed: one worker per kind, each always at the newest request of its kind. Of keys
//! that are held down, only the last one's work is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::mpsc::Sender;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::effects::internal;
use crate::app::{Done, Lane, Message, Work};

/// The workers. They end with this.
pub struct Lanes(Vec<Worker>);

struct Worker {
    lane: Lane,
    give: watch::Sender<Option<Request>>,
    /// Number of the newest request, and of the last one that was done.
    given: u64,
    done: Arc<AtomicU64>,
}

#[derive(Clone)]
struct Request {
    number: u64,
    work: Work,
}

impl Lanes {
    /// Starts the workers; what comes of their work goes `back`.
    pub fn start(back: &Sender<Message>) -> Self {
        let start = |lane| {
            let (give, take) = watch::channel(None);
            let done = Arc::new(AtomicU64::new(0));
            tokio::spawn(work(take, Arc::clone(&done), back.clone()));
            Worker { lane, give, given: 0, done }
        };
        Self(Lane::ALL.into_iter().map(start).collect())
    }

    /// Has something computed; what waits on the same lane is forgotten.
    pub fn give(&mut self, work: Work) {
        if let Some(worker) = self.0.iter_mut().find(|worker| worker.lane == work.lane()) {
            worker.given += 1;
            worker.give.send_replace(Some(Request { number: worker.given, work }));
        }
    }

    /// Whether everything is computed, and what came of it was sent back.
    pub fn are_idle(&self) -> bool {
        self.0.iter().all(|worker| worker.done.load(Ordering::Acquire) == worker.given)
    }
}

async fn work(
    mut wanted: watch::Receiver<Option<Request>>,
    finished: Arc<AtomicU64>,
    back: Sender<Message>,
) {
    while wanted.changed().await.is_ok() {
        let Some(Request { number, work }) = wanted.borrow_and_update().clone() else { continue };
        let tell = back.clone();
        let done = spawn_blocking(move || {
            work.run(&mut |message| {
                // Nobody hears it once the program ends.
                let _ = tell.blocking_send(message);
            });
        });
        if let Err(broken) = done.await {
            let _ = back.send(Message::Done(Done::Badly(internal(&broken)))).await;
        }
        finished.store(number, Ordering::Release);
    }
}
