//! Computes what the state wants computed: one worker per kind, each always at the newest request of its kind. Of keys
//! that are held down, only the last one's work is done.

use tokio::sync::mpsc::Sender;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::effects::internal;
use crate::app::{Done, Lane, Message, Work};

/// The workers. They end with this.
pub struct Lanes(Vec<(Lane, watch::Sender<Option<Work>>)>);

impl Lanes {
    /// Starts the workers; what comes of their work goes `back`.
    pub fn start(back: &Sender<Message>) -> Self {
        let start = |lane| {
            let (give, take) = watch::channel(None);
            tokio::spawn(work(take, back.clone()));
            (lane, give)
        };
        Self(Lane::ALL.into_iter().map(start).collect())
    }

    /// Has something computed; what waits on the same lane is forgotten.
    pub fn give(&self, work: Work) {
        let lane = self.0.iter().find(|(lane, _)| *lane == work.lane());
        if let Some((_, give)) = lane {
            give.send_replace(Some(work));
        }
    }
}

async fn work(mut wanted: watch::Receiver<Option<Work>>, back: Sender<Message>) {
    while wanted.changed().await.is_ok() {
        let Some(work) = wanted.borrow_and_update().clone() else { continue };
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
    }
}
