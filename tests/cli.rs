//! The program from outside: arguments in; stdout, stderr and exit code out.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::{Value, json};

fn vpctui(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("vpctui").expect("the program is built");
    command.args(arguments).stdin(Stdio::null()).env_remove("COLUMNS").env_remove("NO_COLOR");
    command.env("XDG_CONFIG_HOME", "/nonexistent");
    command
}

fn run(arguments: &[&str]) -> Output {
    vpctui(arguments).output().expect("it starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn stdout(arguments: &[&str]) -> String {
    text(&run(arguments).stdout)
}

fn json_of(arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(arguments)).expect("JSON")
}

#[test]
fn help_says_what_there_is() {
    let commands = [
        "why",
        "reach",
        "check",
        "diff",
        "sg",
        "tree",
        "find",
        "save",
        "demo",
        "tour",
        "record",
        "iam-policy",
        "doctor",
        "completions",
        "man",
    ];
    insta::assert_snapshot!("help", stdout(&["--help"]));
    for command in commands {
        let help = stdout(&[command, "--help"]);
        // The flags of the source are the same everywhere.
        let own = help.split("Source (live").next().unwrap_or_default();
        insta::assert_snapshot!(format!("help-{command}"), own);
    }
}

#[test]
fn settings_are_printed_with_where_they_come_from_and_complained_about_with_the_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.toml");
    fs::write(&file, "theme = \"light\"\n[keys]\nwhy = [\"W\"]\n").expect("it is written");
    let file = file.to_string_lossy().into_owned();
    let printed = stdout(&["--print-config", "--config", &file, "--mask"]);
    for expected in
        ["theme = \"light\"", "mine.toml:1", "flag --mask", "why = [\"W\"]", "mine.toml:3"]
    {
        assert!(printed.contains(expected), "{expected} is not in\n{printed}");
    }
    fs::write(&file, "\ncolour = 1\n").expect("it is written");
    let wrong = run(&["--print-config", "--config", &file]);
    assert_eq!(code(&wrong), 2);
    assert!(text(&wrong.stderr).contains("mine.toml:2: unknown field `colour`"));
}

#[test]
fn exit_codes_tell_the_verdict() {
    let blocked = ["why", "lambda:export", "rds:orders-db", "--demo", "lambda-rds"];
    let repaired = ["why", "lambda:export", "rds:orders-db", "--demo", "lambda-rds:attached"];
    let cases: [(&[&str], &[&str], i32); 8] = [
        (&blocked, &[], 1),
        (&blocked, &["--expect", "blocked"], 0),
        (&blocked, &["--expect", "reachable"], 1),
        (&repaired, &[], 0),
        (&repaired, &["--expect", "blocked"], 1),
        (&repaired, &["--port", "70000"], 2),
        (&repaired, &["--protocol", "icmp", "--port", "80"], 2),
        (&["tree", "--demo", "lambda-rds"], &[], 0),
    ];
    for (command, more, expected) in cases {
        let output = run(&[command, more].concat());
        let said = text(&output.stderr);
        assert_eq!(code(&output), expected, "{command:?} {more:?}: {said}");
    }
}

#[test]
fn errors_go_to_stderr_and_say_what_to_do() {
    let cases: [(&[&str], &str); 9] = [
        (&["why", "ordrs-db", "internet", "--demo", "lambda-rds"], "did you mean orders-db?"),
        (&["why", "web-", "internet", "--demo", "lambda-rds"], "i-0"),
        (
            &["why", "vpc-0a6f272c06f2c9d70", "internet", "--demo", "lambda-rds"],
            "is a VPC, which is no end",
        ),
        (&["sg", "nothing", "--demo", "lambda-rds"], "no security group is called `nothing`"),
        (&["tree", "--demo", "nothing"], "there are lambda-rds, lambda-rds:attached"),
        (&["tree", "--snapshot", "no-such-folder"], "no-such-folder"),
        (&["check", "no-such-file", "--demo", "lambda-rds"], "no-such-file"),
        (&["tree", "--demo", "lambda-rds", "--snapshot", "x"], "cannot be used with"),
        (&["demo"], "the screen needs a terminal"),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments);
        let said = text(&output.stderr);
        assert_eq!(code(&output), 2, "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[cfg(not(feature = "aws"))]
#[test]
fn a_program_without_aws_says_how_to_get_one_that_has_it() {
    let output = run(&["tree"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("cargo install"), "{}", text(&output.stderr));
}

#[test]
fn texts_are_aligned_and_plain() {
    insta::assert_snapshot!("tree", stdout(&["tree", "--demo", "lambda-rds:attached"]));
    insta::assert_snapshot!("sg", stdout(&["sg", "rds-sg", "--demo", "lambda-rds:attached"]));
    insta::assert_snapshot!("find", stdout(&["find", "10.0.11.17", "--demo", "lambda-rds"]));
}

#[test]
fn the_answer_begins_with_the_verdict_as_glyph_and_word() {
    let text = stdout(&["why", "lambda:export", "rds:orders-db", "--demo", "lambda-rds"]);
    assert!(text.starts_with("✗ blocked  lambda export-to-bigquery → "), "{text}");
    assert!(text.contains("203.0.113.7/32"), "the near miss is named: {text}");
    let markdown = stdout(&[
        "why",
        "lambda:export",
        "rds:orders-db",
        "--demo",
        "lambda-rds",
        "--format",
        "markdown",
    ]);
    assert!(markdown.starts_with("**✗ blocked** — "), "{markdown}");
}

#[test]
fn documents_say_their_schema() {
    let demo = ["--demo", "lambda-rds", "--format", "json"];
    let cases: [(&[&str], &str); 4] = [
        (&["why", "lambda:export", "rds:orders-db"], "vpctui.why/1"),
        (&["sg", "rds-sg"], "vpctui.sg/1"),
        (&["tree"], "vpctui.tree/1"),
        (&["find", "orders-db"], "vpctui.find/1"),
    ];
    for (command, schema) in cases {
        assert_eq!(json_of(&[command, &demo].concat())["schema"], schema);
    }
    let why = json_of(&[&["why", "lambda:export", "rds:orders-db"][..], &demo].concat());
    assert_eq!(why["flow"]["port"], 5432, "filled in from what the other end is");
    assert!(why["paths"][0]["return"].is_array());
    let policy = json_of(&["iam-policy"]);
    assert_eq!(policy["Version"], "2012-10-17");
}

#[test]
fn what_is_saved_with_a_mask_says_so_and_names_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("masked");
    let path = path.to_str().expect("a path of text");
    let saved = run(&["save", path, "--mask", "--demo", "lambda-rds"]);
    assert_eq!((code(&saved), saved.stdout.len()), (0, 0), "{}", text(&saved.stderr));
    let manifest = std::fs::read_to_string(format!("{path}/manifest.json")).expect("a manifest");
    let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["masked"], true);
    assert_eq!(manifest["format"], "vpctui.snapshot");
    let tree = stdout(&["tree", "--snapshot", path]);
    assert!(tree.contains("10.0.11.0/24") && !tree.contains("orders-db"), "{tree}");
}

#[test]
fn what_is_saved_is_what_was_read() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["saved", "saved.tar.zst"] {
        let path = folder.path().join(name);
        let path = path.to_str().expect("UTF-8");
        let saved = run(&["save", path, "--demo", "lambda-rds"]);
        assert_eq!((code(&saved), saved.stdout.len()), (0, 0), "{}", text(&saved.stderr));
        let tree = |source: &[&str]| {
            json_of(&[&["tree", "--format", "json"], source].concat())["accounts"].clone()
        };
        assert_eq!(tree(&["--snapshot", path]), tree(&["--demo", "lambda-rds"]));
    }
}

fn written(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, content).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

const EXPECTATIONS: &str = r#"
[[check]]
id = "export reaches the database"
from = "lambda:export-to-bigquery"
to = "rds:orders-db"
port = 5432
expect = "reachable"

[[check]]
from = "web-1"
to = "internet"
port = 443
expect = "blocked"
"#;

#[test]
fn a_file_of_expectations_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), "network.toml", EXPECTATIONS);
    let check =
        |demo: &str, format: &str| run(&["check", &file, "--demo", demo, "--format", format]);
    assert_eq!(code(&check("lambda-rds", "text")), 1);
    assert_eq!(code(&check("lambda-rds:attached", "text")), 0);
    let answer: Value = serde_json::from_slice(&check("lambda-rds", "json").stdout).expect("JSON");
    assert_eq!(answer["schema"], "vpctui.check/1");
    let brief = |result: &Value| json!([result["id"], result["verdict"], result["ok"]]);
    let results = answer["results"].as_array().expect("a list").iter().map(brief);
    let expected =
        [json!(["export reaches the database", "blocked", false]), json!(["2", "blocked", true])];
    assert_eq!(results.collect::<Vec<_>>(), expected);
    assert_eq!(answer["counts"]["failed"], 1);
    let junit = text(&check("lambda-rds", "junit").stdout);
    assert!(junit.contains("tests=\"2\" failures=\"1\" errors=\"0\""), "{junit}");
}

#[test]
fn an_entry_that_cannot_be_asked_spoils_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = "{\"id\": 1}\n{\"id\": \"a\", \"from\": \"nobody\", \"to\": \"internet\"}\n\
                 {\"id\": \"b\", \"from\": \"web-1\", \"to\": \"10.0.12.80\", \"protocol\": \"icmp\"}\n";
    let file = written(folder.path(), "questions.jsonl", lines);
    let output = run(&["check", &file, "--demo", "lambda-rds", "--format", "json"]);
    assert_eq!(code(&output), 2);
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let results = answer["results"].as_array().expect("a list");
    assert!(results[0]["error"].as_str().expect("an error").starts_with("line 1: "));
    assert!(results[1]["error"].as_str().expect("an error").contains("nobody"));
    assert_eq!((&results[1]["verdict"], &results[1]["ok"]), (&Value::Null, &Value::Null));
    assert!(results[2]["verdict"].is_string());
}

#[test]
fn names_from_aws_drive_no_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let evil = "web\u{1b}[2J\u{1b}]0;pwned\u{7}\n\u{202e}gnp.exe\u{9b}31m";
    let name = json!([{"Key": "Name", "Value": evil}]);
    let network = json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "Tags": name}],
        "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "Tags": name}],
        "SecurityGroups": [{"GroupId": "sg-1", "GroupName": evil, "Description": evil, "VpcId": "vpc-1"}],
        "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "VpcId": "vpc-1", "SubnetId": "subnet-1",
            "PrivateIpAddress": "10.0.0.5", "Groups": [{"GroupId": "sg-1"}], "TagSet": name}]
    });
    written(folder.path(), "network.json", &network.to_string());
    let path = folder.path().to_str().expect("UTF-8");
    let commands: [&[&str]; 9] = [
        &["tree"],
        &["tree", "--format", "dot"],
        &["reach", "--format", "dot"],
        &["why", "eni-1", "internet", "--format", "dot"],
        &["sg", "sg-1"],
        &["find", "web"],
        &["why", "eni-1", "internet"],
        &["why", "eni-1", "internet", "--format", "markdown"],
        &["why", evil, "nothing\u{1b}[2J"],
    ];
    for command in commands {
        let output = run(&[command, &["--snapshot", path]].concat());
        let said = text(&output.stdout) + &text(&output.stderr);
        let harmful = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}';
        assert!(!said.contains(harmful), "{command:?}: {said:?}");
        assert!(!said.lines().any(|line| line.starts_with("gnp")), "{command:?}: {said:?}");
        assert!(!said.is_empty());
    }
}

/// What is left of a graph outside of its quotes.
fn unquoted(graph: &str) -> String {
    let (mut bare, mut quoted, mut letters) = (String::new(), false, graph.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted => {
                letters.next();
            }
            letter if !quoted => bare.push(letter),
            _ => {}
        }
    }
    assert!(!quoted, "a quote stays open: {graph}");
    bare
}

#[test]
fn graphs_are_made_of_nothing_but_their_own_words_whatever_names_are_in_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let evil = r#"web\"]; evil -> pwned; "#;
    let name = json!([{"Key": "Name", "Value": evil}]);
    let everyone = json!([{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]);
    let network = json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "Tags": name}],
        "Subnets": [
            {"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "Tags": name},
            {"SubnetId": "subnet-2", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "Tags": name}],
        "SecurityGroups": [{"GroupId": "sg-1", "GroupName": evil, "Description": evil, "VpcId": "vpc-1",
            "IpPermissions": everyone, "IpPermissionsEgress": everyone}],
        "NetworkInterfaces": [
            {"NetworkInterfaceId": "eni-1", "VpcId": "vpc-1", "SubnetId": "subnet-1",
                "PrivateIpAddress": "10.0.0.5", "Status": "in-use", "Groups": [{"GroupId": "sg-1"}], "TagSet": name},
            {"NetworkInterfaceId": "eni-2", "VpcId": "vpc-1", "SubnetId": "subnet-1",
                "PrivateIpAddress": "10.0.0.6", "Status": "in-use", "Groups": [{"GroupId": "sg-1"}], "TagSet": name}]
    });
    written(folder.path(), "network.json", &network.to_string());
    let path = folder.path().to_str().expect("UTF-8");
    for command in [&["tree"][..], &["reach"], &["why", "eni-1", "10.0.1.9"]] {
        let graph = stdout(&[command, &["--snapshot", path, "--format", "dot"]].concat());
        let bare = unquoted(&graph);
        assert!(bare.starts_with("digraph ") && bare.ends_with("}\n"), "{graph}");
        assert_eq!(bare.matches('{').count(), bare.matches('}').count(), "{graph}");
        assert!(!bare.contains("evil") && graph.contains("evil"), "{graph}");
    }
}

#[test]
fn what_a_repair_opens_besides_is_listed_on_demand() {
    let why = ["why", "lambda:export", "rds:orders-db", "--demo", "lambda-rds"];
    let told = stdout(&[&why[..], &["--opens", "1"]].concat());
    assert!(told.contains("also opens something between 5 other pairs"), "{told}");
    let listed = json_of(&[&why[..], &["--opens", "1", "--format", "json"]].concat());
    assert_eq!(listed["also_opens"], 5);
    let pairs = listed["pairs"].as_array().expect("pairs");
    let nightly = pairs.iter().find(|pair| pair["from"]["name"] == "nightly-report");
    let nightly = nightly.expect("the other function with the same group");
    assert_eq!((pairs.len(), &nightly["to"]["name"]), (5, &json!("orders-db")));
    assert_eq!(nightly["allowed"][0]["ports"], json!([[5432, 5432]]));
    let none = run(&[&why[..], &["--opens", "9"]].concat());
    assert_eq!(code(&none), 2);
    assert!(text(&none.stderr).contains("no repair 9"), "{}", text(&none.stderr));
}

#[test]
fn an_answer_is_drawn_for_graphviz_and_for_markdown() {
    let demo = ["why", "billing", "rds:ledger-db", "--demo", "peering-one-way", "--format"];
    insta::assert_snapshot!("why-dot", stdout(&[&demo[..], &["dot"]].concat()));
    insta::assert_snapshot!("why-markdown", stdout(&[&demo[..], &["markdown"]].concat()));
    insta::assert_snapshot!(
        "tree-dot",
        stdout(&["tree", "--demo", "lambda-rds", "--format", "dot"])
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = vpctui(&["tree", "--demo", "lambda-rds"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("it starts");
    assert_eq!((code(&output), text(&output.stderr)), (0, String::new()));
}

/// What is not in the data is not counted as none, whatever is asked.
#[test]
fn interfaces_that_were_not_read_are_never_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let groups = r#"{"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "web", "VpcId": "vpc-1"}],
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]}"#;
    fs::write(folder.path().join("groups.json"), groups).expect("a file");
    let path = folder.path().display().to_string();
    for asked in [&["sg", "web"][..], &["tree"], &["reach", "--from", "internet"]] {
        let said = stdout(&[asked, &["--snapshot", &path]].concat());
        assert!(said.contains("not known") || said.contains("unknown"), "{asked:?}: {said}");
        assert!(!said.contains(" 0 interfaces") && !said.contains("unused"), "{asked:?}: {said}");
    }
}

#[test]
fn a_port_by_name_and_a_file_that_is_no_json_say_what_to_do() {
    let said = run(&["why", "a", "b", "--port", "https", "--demo", "lambda-rds"]);
    assert!(text(&said.stderr).contains("a port is a number from 0 to 65535"), "{said:?}");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("vpcs.json"), "VPCS\t10.0.0.0/16").expect("a file");
    let said = run(&["tree", "--snapshot", &folder.path().display().to_string()]);
    assert!(text(&said.stderr).contains("--output json"), "{said:?}");
}
