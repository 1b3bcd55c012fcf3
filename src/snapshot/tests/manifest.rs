//! What the manifest adds, and that old and new versions understand each other.

use super::Folder;
use crate::model::catalogue::Envelope;
use crate::model::dump::{Dump, Outcome};
use crate::snapshot::SnapshotError;

const PLACE: &str = "aws_configs/accounts/111122223333/eu-west-1/Vpcs.json";
const VPCS: &str = r#"{"Vpcs": []}"#;

fn read_with(manifest: &str) -> Result<Dump, SnapshotError> {
    Folder::new(&[("manifest.json", manifest), (PLACE, VPCS)]).read()
}

fn with_calls(calls: &str) -> String {
    format!(
        r#"{{"format": "vpctui.snapshot", "version": 1, "regions": [{{"account": "111122223333",
            "region": "eu-west-1", "loaded_at": "2026-03-02T05:00:00Z", "calls": {calls}}}]}}"#
    )
}

#[test]
fn calls_that_went_wrong_are_known() {
    let calls = r#"{"Vpcs": {"outcome": "partial", "message": "throttled"}, "NetworkAcls":
        {"outcome": "denied", "action": "ec2:DescribeNetworkAcls", "message": "no"}}"#;
    let dump = read_with(&with_calls(calls)).unwrap();
    let [region] = dump.regions.as_slice() else { panic!("one region") };
    assert_eq!(region.loaded_at.as_deref(), Some("2026-03-02T05:00:00Z"));
    let partial = Outcome::Partial { message: "throttled".into() };
    assert_eq!(region.coverage.0[&Envelope::Vpcs], partial);
    let denied: Vec<_> = region.coverage.denied().collect();
    assert_eq!(denied, [(Envelope::NetworkAcls, "ec2:DescribeNetworkAcls")]);
}

#[test]
fn a_region_where_everything_was_denied_is_still_there() {
    let manifest = r#"{"format": "vpctui.snapshot", "version": 1, "regions": [{"account": "1",
        "region": "sa-east-1", "calls": {"Vpcs": {"outcome": "denied"}}}]}"#;
    let dump = Folder::new(&[("manifest.json", manifest)]).read().unwrap();
    assert_eq!(dump.regions[0].region.as_str(), "sa-east-1");
    assert!(!dump.regions[0].coverage.is_complete(Envelope::Vpcs));
}

#[test]
fn a_file_that_was_taken_away_is_noticed() {
    let dump = read_with(&with_calls(r#"{"Subnets": {"outcome": "complete"}}"#)).unwrap();
    assert!(!dump.regions[0].coverage.0.contains_key(&Envelope::Subnets));
    assert!(dump.origin.notices[0].contains("Subnets"), "{:?}", dump.origin.notices);
}

#[test]
fn an_old_reader_understands_what_was_added() {
    let calls = r#"{"Wormholes": {"outcome": "complete"}, "Vpcs": {"outcome": "postponed",
        "until": "tomorrow"}}"#;
    let manifest = with_calls(calls).replacen('{', r#"{"signature": {"by": ["x"]}, "#, 1);
    let dump = read_with(&manifest).unwrap();
    let outcome = &dump.regions[0].coverage.0[&Envelope::Vpcs];
    assert!(matches!(outcome, Outcome::Failed { .. }), "{outcome:?}");
}

#[test]
fn a_new_reader_does_without_what_is_missing() {
    let dump = read_with(r#"{"format": "vpctui.snapshot", "version": 1}"#).unwrap();
    assert!(dump.regions[0].coverage.is_complete(Envelope::Vpcs));
    assert_eq!(dump.regions[0].loaded_at, None);
}

#[test]
fn a_version_to_come_is_refused_whatever_its_shape() {
    let manifest = r#"{"format": "vpctui.snapshot", "version": 2, "regions": "elsewhere"}"#;
    let error = read_with(manifest).unwrap_err();
    assert!(matches!(error, SnapshotError::Newer { found: 2, known: 1, .. }), "{error}");
    assert!(error.to_string().contains("newer vpctui"), "{error}");
}

#[test]
fn a_broken_manifest_is_an_error_with_a_place() {
    let manifest = r#"{"format": "vpctui.snapshot", "version": 1, "regions": "none"}"#;
    let error = read_with(manifest).unwrap_err();
    assert!(error.to_string().contains("at regions"), "{error}");
}

#[test]
fn a_foreign_manifest_is_not_ours() {
    let dump = read_with(r#"{"name": "a web page"}"#).unwrap();
    assert!(dump.regions[0].coverage.is_complete(Envelope::Vpcs));
}
