//! Completion, as bash gets it from the script and as the other shells ask for it.

use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use super::{stdout, vpctui};

/// Calls the function that the script registers, with the line as typed and the piece that bash would replace.
const ASK: &str = r#"
source <(vpctui completions bash)
COMP_LINE=$1 COMP_POINT=${#1}
_vpctui vpctui "$2" previous
printf '%s\n' "${COMPREPLY[@]}"
"#;

/// A machine with two profiles, and the program on the path.
struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        fs::create_dir(home.path().join(".aws")).expect("a folder");
        let config = "[default]\n[profile shop-dev]\n[sso-session shop]\n";
        fs::write(home.path().join(".aws/config"), config).expect("written");
        fs::write(home.path().join(".aws/credentials"), "[shop-prod]\n").expect("written");
        Self(home)
    }

    /// What bash would offer at the end of `line`, in its order.
    fn offered(&self, line: &str, replaced: &str) -> Vec<String> {
        let mut bash = Command::new("bash");
        bash.args(["--norc", "-c", ASK, "bash", line, replaced]).current_dir(self.0.path());
        let output = self.at_home(&mut bash).output().expect("bash is there");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        let mut offered: Vec<_> = said.lines().map(str::to_owned).collect();
        offered.sort();
        offered
    }

    fn at_home<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let program = cargo_bin("vpctui");
        let folder = program.parent().map(Path::to_path_buf).unwrap_or_default();
        let path = std::env::var("PATH").unwrap_or_default();
        command
            .env("HOME", self.0.path())
            .env("PATH", format!("{}:{path}", folder.display()))
            .env_remove("AWS_CONFIG_FILE")
            .env_remove("AWS_SHARED_CREDENTIALS_FILE")
    }
}

#[test]
fn bash_offers_what_this_machine_has() {
    let machine = Machine::new();
    let cases: [(&str, &str, &[&str]); 7] = [
        ("vpctui comp", "comp", &["completions"]),
        ("vpctui --profile shop", "shop", &["shop-dev", "shop-prod"]),
        ("vpctui --profile=shop-dev,d", "shop-dev,d", &["shop-dev,default"]),
        ("vpctui --region me-", "me-", &["me-central-1", "me-south-1"]),
        ("vpctui demo nacl", "nacl", &["nacl-ephemeral", "nacl-ephemeral:widened"]),
        ("vpctui demo nacl-ephemeral:", "", &["widened"]),
        ("vpctui why a b --format=j", "j", &["json"]),
    ];
    for (line, replaced, expected) in cases {
        assert_eq!(machine.offered(line, replaced), expected, "{line}");
    }
}

#[test]
fn bash_offers_the_names_of_the_network_that_the_line_names() {
    let machine = Machine::new();
    let folder = machine.0.path().join("saved");
    let mut saved = vpctui(&["save", folder.to_str().expect("UTF-8"), "--demo", "lambda-rds"]);
    assert!(saved.status().expect("it starts").success());
    let cases: [(&str, &str, &[&str]); 6] = [
        ("vpctui why --demo lambda-rds lambda:e", "e", &["export-to-bigquery"]),
        ("vpctui why --demo lambda-rds exp", "exp", &["export-to-bigquery"]),
        ("vpctui why --snapshot saved lambda:export rds:", "", &["orders-db"]),
        ("vpctui reach --snapshot=saved --to web", "web", &["web-1", "web-2"]),
        ("vpctui sg --snapshot saved rds", "rds", &["rds-sg"]),
        ("vpctui why aws:secr", "secr", &["secretsmanager"]),
    ];
    for (line, replaced, expected) in cases {
        assert_eq!(machine.offered(line, replaced), expected, "{line}");
    }
}

#[test]
fn names_with_blanks_are_one_word_for_bash() {
    let machine = Machine::new();
    let network = r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}], "SecurityGroups": [
        {"GroupId": "sg-1", "GroupName": "two words", "Description": "", "VpcId": "vpc-1"}]}"#;
    fs::write(machine.0.path().join("network.json"), network).expect("written");
    assert_eq!(machine.offered("vpctui sg --snapshot . two", "two"), ["two\\ words"]);
}

#[test]
fn the_other_shells_ask_with_words_and_get_explanations() {
    for shell in ["fish", "powershell"] {
        let words = ["--", "vpctui", "why", "--demo", "lambda-rds", "rds:"];
        let output = vpctui(&words).env("VPCTUI_COMPLETE", shell).output().expect("it starts");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(said.starts_with("rds:orders-db\tdatabase postgres"), "{shell}: {said}");
    }
    let mut zsh = vpctui(&["--", "vpctui", "demo", "peering-one-way:r"]);
    let output = zsh.env("VPCTUI_COMPLETE", "zsh").env("_CLAP_COMPLETE_INDEX", "2").output();
    let said = String::from_utf8(output.expect("it starts").stdout).expect("UTF-8");
    assert!(said.starts_with("peering-one-way\\:return:"), "{said}");
}

#[test]
fn every_shell_has_a_script_that_asks_the_program() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = stdout(&["completions", shell]);
        assert!(script.contains("VPCTUI_COMPLETE") && script.contains("vpctui"), "{script}");
    }
    let output = vpctui(&["tree"]).env("VPCTUI_COMPLETE", "tcsh").output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
}
