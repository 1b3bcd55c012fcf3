//! The real binary against an emulator of AWS, set up as a user would: by environment and configuration files.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use vpctui::snapshot::{self, ReadOptions};

use crate::emulator::emulator;
use crate::terminal::pty::{Pty, Start};

/// The regions of the three variants, the same as those of the other tests that only read.
const STORY: [(&str, &str); 3] = [("eu-west-1", "1"), ("eu-west-2", "2"), ("eu-west-3", "3")];

/// The program with nothing of this machine's environment but the emulator, some keys, and a home folder.
fn vpctui(home: &Path) -> Command {
    let mut command = Command::cargo_bin("vpctui").expect("the binary is built");
    command
        .env_clear()
        .env("HOME", home)
        .env("AWS_ENDPOINT_URL", &emulator().url)
        .env("AWS_ACCESS_KEY_ID", "key")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

/// Runs it to its end: exit code, stdout, stderr.
fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("it writes text");
    (status.code().expect("no signal ends it"), text(stdout), text(stderr))
}

/// A folder in which a configuration file may lie.
fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is room for a folder")
}

fn configured(home: &Path, config: &str) {
    std::fs::create_dir(home.join(".aws")).expect("the folder is new");
    std::fs::write(home.join(".aws/config"), config).expect("the folder is there");
}

#[test]
fn the_story_is_told_from_live_aws() {
    // Exit codes of `why` in the variants 1, 2 and 3.
    let expected = [
        ("lambda:export-to-bigquery", "rds:reports", "5432", [1, 0, 0]),
        ("lambda:export-to-bigquery", "internet", "443", [0, 1, 0]),
        ("lambda:nightly-report", "rds:reports", "5432", [1, 0, 0]),
        ("lambda:nightly-report", "internet", "443", [1, 1, 0]),
        ("203.0.113.10", "rds:reports", "5432", [1, 1, 1]),
        ("203.0.113.10", "bastion", "22", [0, 0, 0]),
        ("bastion", "rds:reports", "5432", [1, 1, 1]),
        ("bastion", "internet", "443", [0, 0, 0]),
    ];
    let home = home();
    for (index, (region, scenario)) in STORY.into_iter().enumerate() {
        emulator().scenario(region, scenario);
        let saved = home.path().join(scenario);
        let save = vpctui(home.path()).args(["save", "--region", region]).arg(&saved).output();
        assert!(save.expect("it runs").status.success());
        for (from, to, port, codes) in expected {
            let mut why = vpctui(home.path());
            why.args(["why", from, to, "--port", port, "--snapshot"]).arg(&saved);
            let (code, out, err) = run(&mut why);
            assert_eq!(code, codes[index], "{from} to {to} in variant {scenario}: {out}{err}");
        }
    }
}

#[test]
fn the_session_on_live_aws_fills_the_tree_and_answers() {
    let (region, scenario) = STORY[1];
    emulator().scenario(region, scenario);
    let home = home();
    let environment = [
        ("HOME", home.path().to_str().expect("temporary folders have plain names")),
        ("AWS_ENDPOINT_URL", emulator().url.as_str()),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_REGION", region),
    ];
    let arguments = ["--region", region];
    let mut pty =
        Pty::start(&Start { size: (120, 32), arguments: &arguments, environment: &environment });
    for (seen, keys) in [
        ("reports", ""),
        ("nightly-report", ""),
        ("just now", "w"),
        ("where the traffic starts", "export"),
        ("› export", "\r"),
        ("where it goes", "reports"),
        ("› reports", "\r"),
    ] {
        pty.wait_for(seen);
        pty.keys(keys);
    }
    pty.wait_for("✓ reachable");
    pty.keys("\u{3}");
    assert_eq!(pty.wait_for_end(), 0);
    assert!(!pty.screen().alternate_screen());
}

#[test]
fn an_answer_comes_straight_from_aws_as_json() {
    let (region, scenario) = STORY[2];
    emulator().scenario(region, scenario);
    let home = home();
    let mut why = vpctui(home.path());
    why.args(["why", "lambda:nightly-report", "rds:reports", "--port", "5432", "--format", "json"]);
    let (code, out, err) = run(why.args(["--region", region]));
    let answer: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!((code, &answer["verdict"]), (0, &Value::from("reachable")), "{err}");
}

#[test]
fn the_tree_of_a_live_network_names_its_parts() {
    let (region, scenario) = STORY[2];
    let ids = emulator().scenario(region, scenario);
    let home = home();
    let (code, out, err) = run(vpctui(home.path()).args(["tree", "--region", region]));
    assert_eq!(code, 0, "{err}");
    for part in [&*ids["prod"], "private-a", "reports", "nightly-report", "bastion", "nat-a"] {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
}

#[test]
fn a_saved_network_tells_which_calls_were_made() {
    let (region, scenario) = STORY[0];
    emulator().scenario(region, scenario);
    let home = home();
    let saved = home.path().join("network.tar.zst");
    let (code, _, err) = run(vpctui(home.path()).args(["save", "--region", region]).arg(&saved));
    assert_eq!(code, 0, "{err}");
    let dump = snapshot::read(&saved, ReadOptions::default()).expect("it is a snapshot");
    assert_eq!(dump.regions[0].account.as_str(), "123456789012");
    assert_eq!(dump.regions[0].coverage.denied().count(), 0);
    assert_eq!(dump.regions[0].resources.functions.len(), 2);
}

#[test]
fn a_profile_brings_its_region_endpoint_and_keys() {
    let (region, scenario) = STORY[0];
    emulator().scenario(region, scenario);
    let (home, url) = (home(), &emulator().url);
    let keys = "aws_access_key_id = of-profile\naws_secret_access_key = secret";
    let profile = format!("[profile shop]\nregion = {region}\nendpoint_url = {url}\n{keys}\n");
    configured(home.path(), &profile);
    let mut tree = vpctui(home.path());
    let (code, out, err) =
        run(tree.env_remove("AWS_ENDPOINT_URL").args(["tree", "--profile", "shop"]));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains(region), "{out}");
}

#[test]
fn a_proxy_of_the_environment_is_used() {
    let home = home();
    let mut tree = vpctui(home.path());
    // The name leads nowhere: only the proxy, which is the emulator, can answer.
    tree.env("AWS_ENDPOINT_URL", "http://aws.invalid").env("HTTP_PROXY", &emulator().url);
    let (code, out, err) = run(tree.args(["tree", "--region", "us-east-2"]));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("us-east-2"), "{out}");
}

#[test]
fn a_bundle_of_certificates_of_the_environment_or_the_profile_is_trusted() {
    let (folder, home) = (home(), home());
    let door = emulator().behind_tls(folder.path());
    let bundle = folder.path().join("ca.pem");
    let tree = || {
        let mut tree = vpctui(home.path());
        tree.env("AWS_ENDPOINT_URL", &door.url).args(["tree", "--region", "us-east-2"]);
        tree
    };
    let (code, out, err) = run(tree().env("AWS_CA_BUNDLE", &bundle));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("us-east-2"), "{out}");

    let keys = "aws_access_key_id = key\naws_secret_access_key = secret";
    let bundle = bundle.to_str().expect("temporary folders have plain names");
    configured(home.path(), &format!("[profile corp]\n{keys}\nca_bundle = {bundle}\n"));
    let (code, _, err) = run(tree().args(["--profile", "corp"]));
    assert_eq!(code, 0, "{err}");

    let (code, out, err) = run(&mut tree());
    assert_eq!((code, &*out), (2, ""), "nobody else vouches for it");
    assert!(err.contains("certificate"), "{err}");
}

#[test]
fn two_profiles_of_one_account_are_read_once() {
    let home = home();
    let keys = "aws_access_key_id = key\naws_secret_access_key = secret";
    let profile = |name: &str| format!("[profile {name}]\nregion = us-east-1\n{keys}\n");
    configured(home.path(), &[profile("one"), profile("two")].concat());
    let (code, out, err) = run(vpctui(home.path()).args(["tree", "--profile", "one,two"]));
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.matches("region us-east-1").count(), 1, "{out}");
}

#[test]
fn several_regions_are_read_at_once() {
    let home = home();
    let regions = "us-west-1,us-west-2";
    let (code, out, err) = run(vpctui(home.path()).args(["tree", "--region", regions]));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("us-west-1") && out.contains("us-west-2"), "{out}");
}

#[test]
fn errors_say_what_to_do() {
    let home = home();
    configured(
        home.path(),
        "[profile sso]\nregion = eu-west-1\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Read\n\
         [sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.invalid/start\n\
         [profile walled]\nregion = eu-west-1\nca_bundle = /nowhere/bundle.pem\n",
    );
    for (arguments, wanted) in [
        (&["tree"][..], "--region"),
        (&["tree", "--profile", "nobody"], "there is no profile `nobody`"),
        (&["tree", "--profile", "sso"], "aws sso login --profile sso"),
        (&["tree", "--profile", "walled"], "/nowhere/bundle.pem"),
    ] {
        let (code, out, err) = run(vpctui(home.path()).args(arguments));
        assert_eq!((code, &*out), (2, ""), "{err}");
        assert!(err.contains(wanted), "{arguments:?}: {err}");
    }
    let mut keyless = vpctui(home.path());
    keyless.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let (code, _, err) = run(keyless.args(["tree", "--region", "eu-west-1"]));
    assert_eq!(code, 2);
    assert!(err.contains("no credentials for profile `default`"), "{err}");
}
