//! The news of a reading on their way to the screen, and the word that it is called off on its way back.

use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;

use crate::app::{Loading, Message};

/// News that may wait; whoever reads waits when there are more.
pub(super) const WAITING: usize = 16;

/// Where whoever reads the network tells how it goes.
#[derive(Clone, Debug)]
pub struct News {
    channel: mpsc::Sender<Loading>,
    called_off: watch::Receiver<bool>,
}

/// A reading that is under way. When this goes away nobody wants it any more, and it ends.
#[derive(Debug)]
pub struct Reading {
    call_off: watch::Sender<bool>,
    forwarding: AbortHandle,
    arriving: mpsc::Receiver<Message>,
}

impl News {
    /// Where to tell, where the news arrive, and how to call off what is told of.
    pub(super) fn channel() -> (Self, mpsc::Receiver<Loading>, watch::Sender<bool>) {
        let (sender, told) = mpsc::channel(WAITING);
        let (call_off, called_off) = watch::channel(false);
        (Self { channel: sender, called_off }, told, call_off)
    }

    /// Tells, from a thread that may wait. A screen that is gone needs no news.
    pub fn tell(&self, news: Loading) {
        let _ = self.channel.blocking_send(news);
    }

    /// Tells, from a task.
    pub async fn send(&self, news: Loading) {
        let _ = self.channel.send(news).await;
    }

    /// Returns when no more is to be read: what came so far is still wanted, or nobody listens any more.
    pub async fn called_off(&self) {
        let mut called_off = self.called_off.clone();
        tokio::select! {
            // An error says that the other side is gone, which says the same.
            _ = called_off.wait_for(|off| *off) => {}
            () = self.channel.closed() => {}
        }
    }
}

impl Reading {
    pub(super) fn new(
        call_off: watch::Sender<bool>,
        forwarding: AbortHandle,
        arriving: mpsc::Receiver<Message>,
    ) -> Self {
        Self { call_off, forwarding, arriving }
    }

    /// The next news, prepared for the screen. After the last ones nothing comes any more.
    pub(super) async fn news(&mut self) -> Message {
        match self.arriving.recv().await {
            Some(message) => message,
            None => std::future::pending().await,
        }
    }

    /// News that are there already.
    pub(super) fn news_so_far(&mut self) -> Option<Message> {
        self.arriving.try_recv().ok()
    }

    /// Ends it; what came so far is still told.
    pub(super) fn call_off(&self) {
        self.call_off.send_replace(true);
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.forwarding.abort();
    }
}
