//! Waits for one thing: for commands that do nothing else meanwhile.

use std::future::Future;

/// Runs a future to its end, on this thread.
///
/// # Errors
/// If the system gives no event queue.
pub fn wait<T>(future: impl Future<Output = T>) -> std::io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(future))
}
