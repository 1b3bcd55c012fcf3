//! Every way in which people log in, with the real binary: environment, profiles, roles, SSO, processes, containers and
//! instances. What answers is a server on loopback, which notes whose key signed the requests.

use std::time::{Duration, Instant};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::canned::network;
use crate::canned::server::{Asked, Reply, Server};

const FAR: &str = "2099-01-01T00:00:00Z";

/// AWS, and whatever else gives credentials.
fn answer(asked: &Asked) -> Option<Reply> {
    let keys = |key: &str| {
        Reply::json(format!(
            r#"{{"AccessKeyId": "{key}", "SecretAccessKey": "s", "Token": "t", "Expiration": "{FAR}",
                "Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "2026-01-01T00:00:00Z"}}"#
        ))
    };
    Some(match asked.operation.as_str() {
        "AssumeRole" => role(asked, "of-role"),
        "AssumeRoleWithWebIdentity" => role(asked, "of-web-identity"),
        "GET /federation/credentials" => Reply::json(
            r#"{"roleCredentials": {"accessKeyId": "of-sso", "secretAccessKey": "s", "sessionToken": "t",
                "expiration": 4070908800000}}"#,
        ),
        "GET /container" => keys("of-container"),
        "PUT /latest/api/token" => Reply {
            header: Some("x-aws-ec2-metadata-token-ttl-seconds: 21600".to_owned()),
            ..Reply::new("text/plain", "token")
        },
        "GET /latest/meta-data/iam/security-credentials/" => Reply::new("text/plain", "machine"),
        "GET /latest/meta-data/iam/security-credentials/machine" => keys("of-instance"),
        "GET /latest/meta-data/placement/region" => Reply::new("text/plain", "eu-south-1"),
        other if other.starts_with("GET /latest/") => {
            Reply { status: 404, ..Reply::new("text/plain", "") }
        }
        _ => return network::answer(asked),
    })
}

fn role(asked: &Asked, key: &str) -> Reply {
    Reply::xml(network::whole(
        asked,
        &format!(
            "<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
             <SessionToken>t</SessionToken><Expiration>{FAR}</Expiration></Credentials>"
        ),
    ))
}

/// A user with nothing but a home folder, and AWS on loopback.
struct User {
    home: TempDir,
    aws: Server,
}

impl User {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("there is room for a folder");
        std::fs::create_dir_all(home.path().join(".aws/sso/cache")).expect("the folder is new");
        Self { home, aws: Server::start(answer) }
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.home.path().join(name);
        std::fs::write(&path, text).expect("the folder is there");
        path.to_str().expect("temporary folders have plain names").to_owned()
    }

    fn configure(&self, config: &str) {
        self.write(".aws/config", config);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("vpctui").expect("the binary is built");
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("AWS_ENDPOINT_URL", &self.aws.url)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_REGION", "eu-west-1")
            .arg("tree")
            .args(arguments);
        command
    }

    /// The key that signed the requests for VPCs.
    fn key(&self, command: &mut Command) -> String {
        let output = command.output().expect("it runs");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{complaint}\n{:?}", self.operations());
        let asked = self.aws.asked();
        let asked = asked.iter().find(|asked| asked.operation == "DescribeVpcs");
        asked.expect("VPCs are asked for").key.clone()
    }

    fn operations(&self) -> Vec<String> {
        self.aws.asked().into_iter().map(|asked| asked.operation).take(12).collect()
    }
}

#[test]
fn keys_of_the_environment() {
    let user = User::new();
    let mut tree = user.command(&[]);
    tree.env("AWS_ACCESS_KEY_ID", "of-environment").env("AWS_SECRET_ACCESS_KEY", "s");
    assert_eq!(user.key(&mut tree), "of-environment");
}

#[test]
fn a_profile_that_is_named_wins_over_the_environment() {
    let user = User::new();
    user.configure("[profile shop]\naws_access_key_id = of-profile\naws_secret_access_key = s\n");
    let mut tree = user.command(&["--profile", "shop"]);
    tree.env("AWS_ACCESS_KEY_ID", "of-environment").env("AWS_SECRET_ACCESS_KEY", "s");
    assert_eq!(user.key(&mut tree), "of-profile");
}

#[test]
fn a_role_of_a_profile_with_its_external_id() {
    let user = User::new();
    user.configure(
        "[profile base]\naws_access_key_id = base\naws_secret_access_key = s\n\
         [profile audit]\nsource_profile = base\nexternal_id = secret-word\n\
         role_arn = arn:aws:iam::222222222222:role/audit\n",
    );
    assert_eq!(user.key(&mut user.command(&["--profile", "audit"])), "of-role");
    let asked = user.aws.asked();
    let assumed = asked.iter().find(|asked| asked.operation == "AssumeRole");
    let assumed = assumed.expect("the role is taken on");
    assert_eq!(
        (assumed.key.as_str(), assumed.parameter("ExternalId")),
        ("base", Some("secret-word"))
    );
}

/// A profile of SSO, with a token of the AWS CLI that is good until then.
fn signed_in(user: &User, until: &str) {
    user.configure(
        "[profile corp]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Read\n\
         [sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.invalid/start\n",
    );
    // The file's name is the hash of the session's.
    user.write(
        ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
        &format!(
            r#"{{"accessToken": "token", "expiresAt": "{until}", "region": "eu-west-1",
                "startUrl": "https://corp.invalid/start"}}"#
        ),
    );
}

#[test]
fn a_token_that_the_aws_cli_left_behind() {
    let user = User::new();
    signed_in(&user, FAR);
    assert_eq!(user.key(&mut user.command(&["--profile", "corp"])), "of-sso");
}

#[test]
fn a_token_that_has_expired_names_the_command_to_run() {
    let user = User::new();
    signed_in(&user, "2020-01-01T00:00:00Z");
    let output = user.command(&["--profile", "corp"]).output().expect("it runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(complaint.contains("aws sso login --profile corp"), "{complaint}");
    assert_eq!(user.operations(), [""; 0], "nobody is asked with a token that is too old");
}

#[cfg(unix)]
#[test]
fn a_process_that_gives_keys() {
    let user = User::new();
    let keys = user.write(
        "keys.json",
        r#"{"Version": 1, "AccessKeyId": "of-process", "SecretAccessKey": "s"}"#,
    );
    user.configure(&format!("[profile vault]\ncredential_process = cat {keys}\n"));
    assert_eq!(user.key(&mut user.command(&["--profile", "vault"])), "of-process");
}

#[test]
fn a_web_identity_as_in_kubernetes_and_ci() {
    let user = User::new();
    let token = user.write("token", "header.payload.signature");
    let mut tree = user.command(&[]);
    tree.env("AWS_WEB_IDENTITY_TOKEN_FILE", token)
        .env("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod");
    assert_eq!(user.key(&mut tree), "of-web-identity");
}

#[test]
fn the_role_of_a_container() {
    let user = User::new();
    let mut tree = user.command(&[]);
    tree.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("{}/container", user.aws.url));
    assert_eq!(user.key(&mut tree), "of-container");
}

#[test]
fn the_role_and_region_of_an_instance() {
    let user = User::new();
    let mut tree = user.command(&[]);
    tree.env_remove("AWS_EC2_METADATA_DISABLED")
        .env_remove("AWS_REGION")
        .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &user.aws.url);
    assert_eq!(user.key(&mut tree), "of-instance");
    let asked = user.aws.asked();
    assert!(asked.iter().any(|asked| asked.region == "eu-south-1"));
}

/// Outside of EC2 nobody answers where an instance would find its role: the address is reserved, and a firewall may
/// swallow what is sent there.
#[test]
fn an_instance_role_that_is_not_there_is_not_waited_for() {
    let user = User::new();
    let nobody = Server::start(|_| Some(Reply::silence()));
    let mut tree = user.command(&[]);
    tree.env_remove("AWS_EC2_METADATA_DISABLED")
        .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &nobody.url);
    let started = Instant::now();
    let output = tree.output().expect("it runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(complaint.contains("no credentials for profile `default`"), "{complaint}");
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn a_proxy_for_https_is_asked_for_a_tunnel() {
    let user = User::new();
    let proxy = Server::start(|_| Some(Reply { status: 502, ..Reply::new("text/plain", "") }));
    let mut tree = user.command(&[]);
    tree.env("AWS_ACCESS_KEY_ID", "key")
        .env("AWS_SECRET_ACCESS_KEY", "s")
        .env("AWS_ENDPOINT_URL", "https://aws.invalid")
        .env("AWS_MAX_ATTEMPTS", "1")
        .env("HTTPS_PROXY", &proxy.url);
    let output = tree.timeout(Duration::from_mins(1)).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(proxy.count("CONNECT aws.invalid:443") > 0, "{:?}", proxy.asked());
}

#[test]
fn what_no_proxy_names_is_asked_without_one() {
    let user = User::new();
    let proxy = Server::start(|_| Some(Reply { status: 502, ..Reply::new("text/plain", "") }));
    let mut tree = user.command(&[]);
    tree.env("AWS_ACCESS_KEY_ID", "direct")
        .env("AWS_SECRET_ACCESS_KEY", "s")
        .env("HTTP_PROXY", &proxy.url)
        .env("NO_PROXY", "127.0.0.1,.internal");
    assert_eq!(user.key(&mut tree), "direct");
    assert_eq!(proxy.asked().len(), 0);
}
