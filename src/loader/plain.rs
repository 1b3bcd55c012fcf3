//! A client for services of which one operation is wanted: signed, retried, watched and guarded like the others, without
//! a crate with all of the service's operations. Questions and answers are JSON whose fields are those of the AWS CLI,
//! whichever of AWS's protocols the service speaks.

use std::fmt;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_smithy_runtime::client::orchestrator::operation::{Operation, OperationBuilder};
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::SigningName;
use aws_types::region::{Region, SigningRegion};
use aws_types::service_config::ServiceConfigKey;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer_xml;
use super::attempts::{Attempts, code};
use super::fault::{Fault, chain};
use super::guard::{ReadOnly, name_in_sdk};
use crate::model::catalogue;

/// What there is to know of a service.
#[derive(Debug)]
pub(super) struct Service {
    /// Which one it is.
    pub(super) of: catalogue::Service,
    /// Before the region in the name of the host, and in signatures.
    pub(super) host: &'static str,
    /// How it is spoken to.
    pub(super) protocol: Protocol,
}

/// How operations, questions and answers are written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Protocol {
    /// JSON; a header names the operation.
    Json {
        /// Before the operation's name.
        target: &'static str,
    },
    /// A form; the answer is XML.
    Query {
        /// Of the API.
        version: &'static str,
    },
    /// A page under a path, of which the question is the query.
    Rest {
        /// The only one that is asked for.
        path: &'static str,
    },
}

/// Asks one service in one region.
#[derive(Clone, Debug)]
pub(super) struct Client {
    service: &'static Service,
    region: Region,
    config: SdkConfig,
    attempts: Attempts,
}

impl Client {
    pub(super) fn new(
        service: &'static Service,
        region: Region,
        config: &SdkConfig,
        attempts: Attempts,
    ) -> Self {
        Self { service, region, config: config.clone(), attempts }
    }

    /// Asks, and reads the answer as far as `T` wants it.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        question: Value,
    ) -> Result<T, Fault> {
        let answer = self.operation(operation).invoke(question).await?;
        let answer = serde_path_to_error::deserialize(answer);
        answer.map_err(|error| Fault::other(format!("an answer that is not understood: {error}")))
    }

    fn operation(&self, name: &'static str) -> Operation<Value, Value, Refusal> {
        let protocol = self.service.protocol;
        let builder = OperationBuilder::new()
            .service_name(name_in_sdk(self.service.of))
            .operation_name(name)
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&self.endpoint())
            .retry_classifier(AwsErrorCodeClassifier::<Refusal>::default())
            .retry_classifier(TransientErrorClassifier::<Refusal>::new())
            .retry_classifier(HttpStatusCodeClassifier::default())
            .interceptor(ReadOnly)
            .interceptor(self.attempts.clone())
            .runtime_plugin(self.signing());
        self.as_configured(builder)
            .serializer(move |question: Value| Ok(protocol.request(name, &question)?))
            .deserializer(move |response: &HttpResponse| protocol.answer(response))
            .build()
    }

    /// The settings that every client of this configuration has.
    fn as_configured(&self, mut builder: OperationBuilder) -> OperationBuilder {
        let config = &self.config;
        if let Some(client) = config.http_client() {
            builder = builder.http_client(client);
        }
        if let Some(retries) = config.retry_config() {
            builder = builder.standard_retry(retries);
        }
        if let Some(timeouts) = config.timeout_config() {
            builder = builder.timeout_config(timeouts.clone());
        }
        if let Some(sleep) = config.sleep_impl() {
            builder = builder.sleep_impl(sleep);
        }
        if let Some(time) = config.time_source() {
            builder = builder.time_source(time);
        }
        builder
    }

    fn signing(&self) -> StaticRuntimePlugin {
        let mut settings = Layer::new("signing");
        settings.store_put(SigV4OperationSigningConfig {
            region: Some(SigningRegion::from(self.region.clone())),
            name: Some(SigningName::from_static(self.service.host)),
            ..SigV4OperationSigningConfig::default()
        });
        settings.store_put(AuthSchemeOptionResolverParams::new(()));
        let schemes = StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]);
        let mut parts = RuntimeComponentsBuilder::new("signing")
            .with_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()))
            .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(schemes)))
            .with_identity_cache(self.config.identity_cache());
        if let Some(provider) = self.config.credentials_provider() {
            parts.set_identity_resolver(SCHEME_ID, SharedIdentityResolver::new(provider));
        }
        StaticRuntimePlugin::new().with_config(settings.freeze()).with_runtime_components(parts)
    }

    /// What the user's environment or profile names, or AWS's own.
    fn endpoint(&self) -> String {
        let of_service = ServiceConfigKey::builder()
            .service_id(name_in_sdk(self.service.of))
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build()
            .ok()
            .and_then(|key| self.config.service_config()?.load_config(key));
        let configured = of_service.or_else(|| self.config.endpoint_url().map(str::to_owned));
        configured.unwrap_or_else(|| {
            let (host, region) = (self.service.host, self.region.as_ref());
            format!("https://{host}.{region}.{}", domain(region))
        })
    }
}

/// The domain of AWS's endpoints in the partition of a region.
fn domain(region: &str) -> &'static str {
    let starts = |start| region.starts_with(start);
    match () {
        () if starts("cn-") => "amazonaws.com.cn",
        () if starts("eusc-") => "amazonaws.eu",
        () if starts("us-iso-") => "c2s.ic.gov",
        () if starts("us-isob-") => "sc2s.sgov.gov",
        () if starts("eu-isoe-") => "cloud.adc-e.uk",
        () if starts("us-isof-") => "csp.hci.ic.gov",
        () => "amazonaws.com",
    }
}

impl Protocol {
    fn request(self, operation: &str, question: &Value) -> Result<HttpRequest, Unsendable> {
        let (method, uri, kind, body) = match self {
            Self::Json { .. } => ("POST", "/".to_owned(), JSON, question.to_string()),
            Self::Query { version } => {
                let named = format!("Action={operation}&Version={version}");
                ("POST", "/".to_owned(), FORM, named + &pairs(question))
            }
            Self::Rest { path } => {
                let query = pairs(question);
                ("GET", format!("{path}?{}", query.trim_start_matches('&')), "", String::new())
            }
        };
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_method(method).map_err(|_| Unsendable)?;
        request.set_uri(uri).map_err(|_| Unsendable)?;
        if !kind.is_empty() {
            request.headers_mut().insert("content-type", kind);
        }
        if let Self::Json { target } = self {
            request.headers_mut().insert("x-amz-target", format!("{target}.{operation}"));
        }
        Ok(request)
    }

    fn answer(self, response: &HttpResponse) -> Result<Value, OrchestratorError<Refusal>> {
        if !response.status().is_success() {
            return Err(OrchestratorError::operation(Refusal::of(response)));
        }
        let body = response.body().bytes().unwrap_or_default();
        if let Self::Query { .. } = self {
            let text = std::str::from_utf8(body).map_err(not_understood)?;
            return answer_xml::result(text).map_err(not_understood);
        }
        serde_json::from_slice(body).map_err(not_understood)
    }
}

const JSON: &str = "application/x-amz-json-1.1";
const FORM: &str = "application/x-www-form-urlencoded";

fn not_understood(error: impl Into<BoxError>) -> OrchestratorError<Refusal> {
    OrchestratorError::response(error.into())
}

/// `&Name=value` for each field.
fn pairs(question: &Value) -> String {
    let fields = question.as_object().into_iter().flatten();
    let pair = |(name, value): (&String, &Value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("&{name}={}", escaped(&text))
    };
    fields.map(pair).collect()
}

/// Everything but letters and digits as `%XX`: more than is needed, and never too little.
fn escaped(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// A request that cannot be written down: no operation name of AWS leads to one.
#[derive(Debug, thiserror::Error)]
#[error("the request has a form that HTTP does not allow")]
struct Unsendable;

/// AWS's answer "no".
#[derive(Debug)]
struct Refusal(ErrorMetadata);

impl Refusal {
    fn of(response: &HttpResponse) -> Self {
        let body = response.body().bytes().unwrap_or_default();
        let json: Value = serde_json::from_slice(body).unwrap_or_default();
        let message = json.get("message").or_else(|| json.get("Message")).and_then(Value::as_str);
        let message = message.or_else(|| {
            let text = std::str::from_utf8(body).ok()?;
            text.split_once("<Message>")?.1.split_once('<').map(|(message, _)| message)
        });
        let mut told = ErrorMetadata::builder();
        if let Some(code) = code(response) {
            told = told.code(code);
        }
        if let Some(message) = message {
            told = told.message(message);
        }
        Self(told.build())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&chain(&self.0))
    }
}

impl std::error::Error for Refusal {}

impl ProvideErrorMetadata for Refusal {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}
