//! Refuses XML that breaks off: the SDK's parsers take the end of the text for the end of every list in it, so that half
//! of the security groups would pass for all of them.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, InterceptorContext,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use thiserror::Error;

/// Makes an error of such an answer, after which it is asked for again.
#[derive(Clone, Copy, Debug)]
pub(super) struct WholeAnswers;

#[derive(Debug, Error)]
#[error("the answer breaks off before its end")]
struct BreaksOff;

#[dyn_dispatch_hint]
impl Intercept for WholeAnswers {
    fn name(&self) -> &'static str {
        "WholeAnswers"
    }

    // Not earlier: the body is read just before it is parsed.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if breaks_off(context.response()) { Err(BreaksOff.into()) } else { Ok(()) }
    }
}

impl ClassifyRetry for WholeAnswers {
    fn name(&self) -> &'static str {
        "WholeAnswers"
    }

    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
            Some(response) if breaks_off(response) => RetryAction::transient_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::transient_error_classifier()
    }
}

fn breaks_off(response: &HttpResponse) -> bool {
    let body = response.body().bytes().unwrap_or_default();
    response.status().is_success() && root(body).is_some_and(|root| !ends_with(body, root))
}

/// The name of the outermost element; none if this is no XML.
fn root(body: &[u8]) -> Option<&[u8]> {
    let mut rest = body;
    loop {
        let start = rest.iter().position(|byte| *byte == b'<')?;
        let is_before_all = rest.get(..start)?.iter().all(|byte| !byte.is_ascii_alphanumeric());
        rest = rest.get(start + 1..).filter(|_| is_before_all)?;
        match rest.first()? {
            // A declaration or a comment.
            b'?' | b'!' => rest = rest.get(rest.iter().position(|byte| *byte == b'>')? + 1..)?,
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
                return rest.get(..rest.iter().position(ends).unwrap_or(rest.len()));
            }
        }
    }
}

/// Whether the last thing in it is the end of this element.
fn ends_with(body: &[u8], root: &[u8]) -> bool {
    let body = body.trim_ascii_end();
    let last = body.iter().rposition(|byte| *byte == b'<').and_then(|at| body.get(at + 1..));
    let Some(last) = last else { return false };
    let closes = || last.strip_prefix(b"/").and_then(|name| name.strip_suffix(b">")) == Some(root);
    let is_empty = || last.starts_with(root) && last.ends_with(b"/>");
    closes() || is_empty()
}

#[cfg(test)]
mod tests {
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_types::body::SdkBody;

    use super::breaks_off;

    fn is_torn(status: u16, body: &'static str) -> bool {
        breaks_off(&HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body)))
    }

    const ANSWER: &str = "<?xml version=\"1.0\"?>\n<A xmlns=\"x\"><b><c>1</c></b></A>";

    #[test]
    fn an_answer_is_whole_with_the_end_of_its_first_element() {
        for whole in [ANSWER, "<A></A>\n", "<A/>", "", "{\"a\": \"<b>\"}", "<!-- note --><A>1</A>"]
        {
            assert!(!is_torn(200, whole), "{whole}");
        }
        assert!(!is_torn(500, "<html>"), "an error says what it says");
    }

    #[test]
    fn wherever_it_is_cut_it_breaks_off() {
        let root = ANSWER.find("<A").unwrap();
        for end in root + 2..ANSWER.len() {
            assert!(is_torn(200, &ANSWER[..end]), "{}", &ANSWER[..end]);
        }
    }
}
