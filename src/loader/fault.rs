//! What went wrong with one request, told by AWS's error code: never by a word in a message.

use std::error::Error;
use std::fmt::{self, Debug};

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use jiff::{SignedDuration, Timestamp};

/// A request that brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: Kind,
    /// For a person: code and message of AWS, or what the connection met.
    pub(super) message: String,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A permission is missing.
    Denied,
    /// New credentials are needed.
    Expired,
    /// AWS does not know these credentials, or not in this region.
    Rejected,
    /// The clock of this machine is wrong, so that no signature is good.
    WrongClock,
    /// There are no credentials.
    NoCredentials,
    /// There are, but the role that they are for is refused to them.
    Role,
    /// What was asked about has been deleted since it was listed.
    Gone,
    /// Nobody answered.
    Unreachable,
    /// Anything else: throttling, a fault of AWS.
    Other,
}

const DENIED: &[&str] = &[
    "UnauthorizedOperation",
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedException",
    "NotAuthorized",
];
const EXPIRED: &[&str] =
    &["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"];
const REJECTED: &[&str] = &[
    "AuthFailure",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "InvalidSignatureException",
    "IncompleteSignature",
    "MissingAuthenticationToken",
    "RequestTimeTooSkewed",
    "OptInRequired",
];

/// How the codes end for what is not there.
const GONE: [&str; 3] = ["NotFound", "NotFoundFault", "NotFoundException"];

/// AWS takes no signature that is older, or from further ahead.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(5);

impl Fault {
    pub(super) fn other(message: impl Into<String>) -> Self {
        Self { kind: Kind::Other, message: message.into() }
    }

    /// The same with how to get new credentials, where that is what it takes.
    pub(super) fn with_renewal(self, renewal: &str) -> Self {
        let Self { kind, message } = self;
        match kind {
            Kind::Expired => {
                Self { kind, message: format!("the login has expired: {renewal} ({message})") }
            }
            _ => Self { kind, message },
        }
    }

    /// What AWS told with a code. EC2 has one code for an old login and for an old signature.
    fn told(code: &str, message: Option<&str>, skew: Option<SignedDuration>) -> Self {
        let (kind, message) = (kind_of(code), with_message(code, message));
        match skew {
            Some(ahead) if matches!(kind, Kind::Expired | Kind::Rejected) => Self {
                kind: Kind::WrongClock,
                message: format!("{message}; {}", wrong_clock(ahead)),
            },
            _ => Self { kind, message },
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl<E> From<SdkError<E, HttpResponse>> for Fault
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        if let Some(code) = error.code() {
            let skew = error.raw_response().and_then(|response| skew(response, Timestamp::now()));
            return Self::told(code, error.message(), skew);
        }
        if let Some(cause) = credentials_error(&error) {
            return role_refused(cause)
                .unwrap_or_else(|| Self { kind: Kind::NoCredentials, message: chain(cause) });
        }
        if matches!(error, SdkError::DispatchFailure(_) | SdkError::TimeoutError(_)) {
            return Self { kind: Kind::Unreachable, message: chain(&error) };
        }
        let status = error.raw_response().map(|response| response.status().as_u16());
        Self::other(match status {
            Some(status) => {
                format!("HTTP {status} without an error code of AWS: {}", chain(&error))
            }
            None => chain(&error),
        })
    }
}

/// By how much the clock of this machine is ahead of AWS's, if that is too much for a signature.
fn skew(response: &HttpResponse, now: Timestamp) -> Option<SignedDuration> {
    let date = response.headers().get("date")?;
    let theirs = jiff::fmt::rfc2822::parse(date).ok()?.timestamp();
    let ahead = now.duration_since(theirs);
    (ahead.abs() > GOOD_FOR).then_some(ahead)
}

fn kind_of(code: &str) -> Kind {
    let gone = || GONE.iter().any(|end| code.ends_with(end));
    match code {
        code if DENIED.contains(&code) => Kind::Denied,
        code if EXPIRED.contains(&code) => Kind::Expired,
        code if REJECTED.contains(&code) => Kind::Rejected,
        _ if gone() => Kind::Gone,
        _ => Kind::Other,
    }
}

fn wrong_clock(ahead: SignedDuration) -> String {
    let way = if ahead.is_positive() { "ahead of" } else { "behind" };
    let minutes = ahead.abs().as_mins();
    format!("the clock of this machine is {minutes} minutes {way} AWS's: set it right")
}

fn with_message(code: &str, message: Option<&str>) -> String {
    match message.map(readable).filter(|text| !text.is_empty() && *text != code) {
        Some(message) => format!("{code}: {message}"),
        None => code.to_owned(),
    }
}

/// EC2 appends hundreds of characters that only `sts:DecodeAuthorizationMessage` can read.
fn readable(message: &str) -> &str {
    let encoded = message.find("Encoded authorization failure message");
    message[..encoded.unwrap_or(message.len())].trim()
}

fn credentials_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a CredentialsError> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// Why a role could not be taken on, if that is what happened.
fn role_refused(error: &(dyn Error + 'static)) -> Option<Fault> {
    let refused = causes(error).find_map(|cause| cause.downcast_ref::<AssumeRoleError>())?;
    let fault = Fault::told(refused.code()?, refused.message(), None);
    let kind = if fault.kind == Kind::Expired { Kind::Expired } else { Kind::Role };
    Some(Fault { kind, ..fault })
}

/// The whole story, outermost first, without what repeats itself.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut parts: Vec<String> = Vec::new();
    for text in causes(error).map(ToString::to_string) {
        if !parts.iter().any(|part| part.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ")
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause| cause.source())
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind_of, with_message};

    #[test]
    fn the_code_decides() {
        for (code, kind) in [
            ("UnauthorizedOperation", Kind::Denied),
            ("AccessDeniedException", Kind::Denied),
            ("ExpiredTokenException", Kind::Expired),
            ("AuthFailure", Kind::Rejected),
            ("InvalidVpcID.NotFound", Kind::Gone),
            ("DBProxyNotFoundFault", Kind::Gone),
            ("ResourceNotFoundException", Kind::Gone),
            ("RequestLimitExceeded", Kind::Other),
            ("NotAccessDenied", Kind::Other),
        ] {
            assert_eq!(kind_of(code), kind, "{code}");
        }
    }

    #[test]
    fn encoded_authorization_messages_are_left_out() {
        let message = "You are not authorized. Encoded authorization failure message: 3zY8s";
        let text = with_message("UnauthorizedOperation", Some(message));
        assert_eq!(text, "UnauthorizedOperation: You are not authorized.");
    }
}
