//! How long the loader waits for an answer, and how often it asks again. Everything has an end: no call waits for ever.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;

/// Limits of one request to AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// For one attempt.
    pub attempt: Duration,
    /// For all attempts and the pauses between them.
    pub operation: Duration,
    /// Attempts in all.
    pub attempts: u32,
    /// The first pause; each further one is twice as long, and all are shortened at random.
    pub first_pause: Duration,
    /// No pause is longer.
    pub longest_pause: Duration,
    /// Between two questions to CloudTrail, which takes two in a second.
    pub between_lookups: Duration,
}

/// EC2 takes ten seconds for its largest pages.
impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(30),
            attempt: Duration::from_mins(1),
            operation: Duration::from_secs(150),
            attempts: 5,
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(8),
            between_lookups: Duration::from_millis(500),
        }
    }
}

impl Patience {
    pub(super) fn timeouts(&self) -> TimeoutConfig {
        TimeoutConfig::builder()
            .connect_timeout(self.connect)
            .read_timeout(self.read)
            .operation_attempt_timeout(self.attempt)
            .operation_timeout(self.operation)
            .build()
    }

    pub(super) fn retries(&self) -> RetryConfig {
        RetryConfig::standard()
            .with_max_attempts(self.attempts)
            .with_initial_backoff(self.first_pause)
            .with_max_backoff(self.longest_pause)
    }
}
