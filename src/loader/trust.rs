//! A bundle of certificates of one's own: where a proxy opens TLS, as in many companies, or an emulator speaks it.

use std::path::{Path, PathBuf};

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use super::error::LoadError;

/// An HTTP client that trusts the certificates in `bundle` and no others, as the AWS CLI does.
pub(super) fn client(bundle: &Path) -> Result<SharedHttpClient, LoadError> {
    let unusable = |message: String| LoadError::Certificates { path: bundle.to_owned(), message };
    let certificates = std::fs::read(bundle).map_err(|error| unusable(error.to_string()))?;
    if !certificates.windows(PEM.len()).any(|part| part == PEM) {
        return Err(unusable("there is no certificate in PEM form in it".to_owned()));
    }
    let trusted = TrustStore::empty().with_pem_certificate(certificates);
    let context = TlsContext::builder().with_trust_store(trusted).build();
    let context = context.map_err(|error| unusable(error.to_string()))?;
    Ok(Builder::new().build_with_connector_fn(move |settings, parts| {
        let mut connector = Connector::builder()
            .proxy_config(ProxyConfig::from_env())
            .connector_settings(settings.cloned().unwrap_or_default());
        if let Some(sleep) = parts.and_then(RuntimeComponents::sleep_impl) {
            connector = connector.sleep_impl(sleep);
        }
        let tls = connector.tls_provider(Provider::Rustls(CryptoMode::AwsLc));
        tls.tls_context(context.clone()).build()
    }))
}

/// How a certificate begins.
const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The bundle that the environment names, or else the profile.
pub(super) fn bundle(of_profile: Option<&str>) -> Option<PathBuf> {
    let named = std::env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty());
    named.map(PathBuf::from).or_else(|| of_profile.map(PathBuf::from))
}
