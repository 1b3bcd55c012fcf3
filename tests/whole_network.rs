//! `reach` and `diff` from outside.

use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;

fn json_of(arguments: &[&str]) -> Value {
    let mut command = Command::cargo_bin("vpctui").expect("the program is built");
    let output = command.args(arguments).stdin(Stdio::null()).output().expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// `from name → to name: protocol ports answered`, sorted.
fn pairs(document: &Value) -> Vec<String> {
    let pairs = document["pairs"].as_array().expect("pairs").iter().map(|pair| {
        let allowed = pair["allowed"].as_array().expect("entries").iter();
        let allowed: Vec<_> =
            allowed.map(|entry| format!("{} {}", entry["protocol"], entry["ports"])).collect();
        let name = |end: &str| pair[end]["name"].as_str().unwrap_or_default().to_owned();
        let (from, to, answered) = (name("from"), name("to"), &pair["answered"]);
        format!("{from} → {to}: {} {answered}", allowed.join(", "))
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort();
    pairs
}

#[test]
fn who_reaches_the_database() {
    let scope = ["reach", "--to", "rds:orders-db", "--format", "json", "--demo"];
    let before = json_of(&[&scope[..], &["lambda-rds"]].concat());
    assert_eq!(before["schema"], "vpctui.reach/1");
    assert_eq!(before["to"]["kind"], "db-instance");
    assert_eq!(pairs(&before), [""; 0]);
    let after = json_of(&[&scope[..], &["lambda-rds:attached"]].concat());
    let expected = [
        r#"export-to-bigquery → orders-db: "tcp" [[5432,5432]] "all""#,
        r#"export-to-bigquery → orders-db: "tcp" [[5432,5432]] "all""#,
        r#"nightly-report → orders-db: "tcp" [[5432,5432]] "all""#,
    ];
    assert_eq!(pairs(&after), expected);
}

#[test]
fn a_part_of_the_answers_is_told_as_some() {
    let document = json_of(&[
        "reach",
        "--demo",
        "nacl-ephemeral",
        "--to",
        "rds:sessions-db",
        "--format",
        "json",
    ]);
    let answered: Vec<_> = document["pairs"]
        .as_array()
        .expect("pairs")
        .iter()
        .map(|pair| pair["answered"].as_str().unwrap_or_default())
        .collect();
    assert!(answered.contains(&"all") && answered.contains(&"some"), "{answered:?}");
}

#[test]
fn everything_is_what_each_reaches() {
    for demo in ["lambda-rds:nat", "peering-one-way", "nacl-ephemeral", "endpoint-default-group"] {
        let all = json_of(&["reach", "--demo", demo, "--format", "json"]);
        let all = all["pairs"].as_array().expect("pairs");
        let sources: std::collections::BTreeSet<_> =
            all.iter().filter_map(|pair| pair["from"]["eni"].as_str()).collect();
        for source in sources {
            let own = all.iter().filter(|pair| pair["from"]["eni"] == source).count();
            let asked = json_of(&["reach", "--demo", demo, "--from", source, "--format", "json"]);
            assert_eq!(pairs(&asked).len(), own, "{demo} {source}");
        }
    }
}

#[test]
fn a_function_that_was_put_into_a_vpc_flips_by_its_name() {
    let stages = ["demo:lambda-rds", "demo:lambda-rds:attached"];
    let document = json_of(&["diff", stages[0], stages[1], "--format", "json"]);
    let flips = document["flips"].as_array().expect("flips");
    let of_function = flips.iter().filter(|flip| flip["from"][0]["kind"] == "function");
    let told: Vec<_> = of_function
        .map(|flip| {
            let change =
                usize::try_from(flip["because"].as_u64().expect("a change")).expect("small");
            let (to, text) = (&flip["to"][0]["name"], &flip["text"]);
            assert_eq!(flip["from"][0]["name"], "export-to-bigquery");
            [to, text, &document["changes"][change]["kind"]].map(|one| one.as_str().expect("text"))
        })
        .collect();
    let internet = ["the internet", "closed all traffic", "Functions"];
    assert_eq!(told, [internet, ["orders-db", "opened tcp 5432", "SecurityGroups"]]);
}

#[test]
fn a_comparison_names_the_change_that_did_it() {
    let document = json_of(&["diff", "demo:lambda-rds", "demo:lambda-rds:nat", "--format", "json"]);
    assert_eq!(document["schema"], "vpctui.diff/1");
    let flips = document["flips"].as_array().expect("flips");
    let opened = flips.iter().find(|flip| flip["to"][0]["name"] == "orders-db").expect("a flip");
    let because = usize::try_from(opened["because"].as_u64().expect("a change")).expect("small");
    assert_eq!(document["changes"][because]["name"], "rds-sg");
    let same = json_of(&["diff", "demo:lambda-rds", "demo:lambda-rds", "--format", "json"]);
    assert_eq!(
        (same["changes"].clone(), same["flips"].clone()),
        (Value::Array(vec![]), Value::Array(vec![]))
    );
}
