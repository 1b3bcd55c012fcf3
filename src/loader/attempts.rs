//! Watches every attempt of every request: tells that it will be made again, and slows the service's pace down when that
//! says that it is too much.

use std::time::Instant;

use aws_runtime::retries::classifiers::THROTTLING_ERRORS;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, Metadata};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use super::pace::Pace;
use super::progress::{Place, Progress, Reporter};

/// The watch over the client of one service.
#[derive(Clone, Debug)]
pub(super) struct Attempts {
    pub(super) place: Place,
    pub(super) pace: Pace,
    pub(super) reporter: Reporter,
    /// How many there are in all.
    pub(super) most: u32,
}

#[dyn_dispatch_hint]
impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "Attempts"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match context.output_or_error() {
            Some(Ok(_)) => self.pace.answered(),
            _ => self.failed(context.response(), config),
        }
        Ok(())
    }
}

impl Attempts {
    fn failed(&self, response: Option<&HttpResponse>, config: &ConfigBag) {
        let reason = Reason::of(response);
        if reason == Reason::TooMuch {
            self.pace.throttled(Instant::now());
        }
        let attempt = config.load::<RequestAttempts>().map_or(1, RequestAttempts::attempts);
        if reason == Reason::Final || attempt >= self.most {
            return;
        }
        let operation = config.load::<Metadata>().map_or("a request", Metadata::name).to_owned();
        self.reporter.tell_now(Progress::Retry {
            place: self.place.clone(),
            operation,
            attempt: attempt + 1,
            most: self.most,
            throttled: reason == Reason::TooMuch,
        });
    }
}

/// Why an attempt failed, as far as it decides whether there is another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    TooMuch,
    Passing,
    Final,
}

impl Reason {
    fn of(response: Option<&HttpResponse>) -> Self {
        let Some(response) = response else { return Self::Passing };
        let status = response.status().as_u16();
        match code(response) {
            _ if status == 429 => Self::TooMuch,
            Some(code) if THROTTLING_ERRORS.contains(&code) => Self::TooMuch,
            _ if !(300..500).contains(&status) => Self::Passing,
            _ => Self::Final,
        }
    }
}

/// AWS's error code, in whichever of its formats: a header, `__type` in JSON, `Code` in XML.
pub(super) fn code(response: &HttpResponse) -> Option<&str> {
    if let Some(header) = response.headers().get("x-amzn-errortype") {
        return header.split(':').next();
    }
    let body = std::str::from_utf8(response.body().bytes()?).ok()?;
    let in_xml = || body.split_once("<Code>")?.1.split_once('<').map(|(code, _)| code);
    let in_json = || {
        let code = body.split_once("\"__type\"")?.1.split('"').nth(1)?;
        Some(code.rsplit('#').next().unwrap_or(code))
    };
    in_xml().or_else(in_json)
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_types::body::SdkBody;

    use super::Reason;

    fn reason(status: u16, body: &'static str) -> Reason {
        let response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
        Reason::of(Some(&response))
    }

    #[test]
    fn the_code_tells_too_much_from_a_passing_fault() {
        for (status, body, wanted) in [
            (
                503,
                "<Errors><Error><Code>RequestLimitExceeded</Code></Error></Errors>",
                Reason::TooMuch,
            ),
            (400, "<ErrorResponse><Error><Code>Throttling</Code>", Reason::TooMuch),
            (400, r#"{"__type": "com.amazon#ThrottlingException"}"#, Reason::TooMuch),
            (429, "", Reason::TooMuch),
            (503, "<Code>Unavailable</Code>", Reason::Passing),
            (200, "<broken", Reason::Passing),
            (403, "<Code>UnauthorizedOperation</Code>", Reason::Final),
            (400, "Throttling", Reason::Final),
        ] {
            assert_eq!(reason(status, body), wanted, "{status} {body}");
        }
        assert_eq!(Reason::of(None), Reason::Passing);
    }
}
