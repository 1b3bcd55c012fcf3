//! Writing: what comes back, that it is the same bytes, and that nothing of the user's is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

use super::Folder;
use crate::model::catalogue::{CALLS, Envelope};
use crate::model::dump::{Coverage, Dump, Outcome, RegionDump};
use crate::model::security_group::{SecurityGroup, SecurityGroupVpcAssociation};
use crate::model::tag::Tag;
use crate::model::vpc::Vpc;
use crate::snapshot::{ReadOptions, SnapshotError, Stamp, read, write};
use crate::tour::networks;

pub(super) fn stamp() -> Stamp {
    Stamp {
        created_at: "2026-03-02T05:00:00Z".into(),
        tool_version: "vpctui 0.1.0".into(),
        masked: false,
    }
}

fn there_and_back(dump: &Dump, name: &str) -> Vec<RegionDump> {
    let folder = Folder::new(&[]);
    let path = folder.path(name);
    write(dump, &path, stamp()).unwrap();
    read(&path, ReadOptions::default()).unwrap().regions
}

/// Every file below `folder` with its bytes.
pub(super) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

fn one_vpc(account: &str, region: &str) -> Dump {
    let mut dump =
        RegionDump { account: account.into(), region: region.into(), ..RegionDump::default() };
    dump.resources.vpcs.push(Vpc { vpc_id: "vpc-1".into(), ..Vpc::default() });
    dump.coverage.record(Envelope::Vpcs, Outcome::Complete);
    Dump { regions: vec![dump], ..Dump::default() }
}

#[test]
fn the_embedded_networks_come_back_the_same() {
    for name in ["lambda-rds", "lambda-rds:attached", "lambda-rds:nat"] {
        let dump = networks::network(name).unwrap();
        let sorted = Dump { regions: there_and_back(&dump, "a"), ..Dump::default() };
        for again in ["b", "c.tar.zst"] {
            assert_eq!(there_and_back(&sorted, again), sorted.regions, "{name} {again}");
        }
        let both = [&dump.regions[0], &sorted.regions[0]];
        for call in CALLS {
            let [before, after] = both.map(|region| region.resources.count(call.envelope));
            assert_eq!(before, after, "{name} {}", call.key);
        }
    }
}

#[test]
fn the_same_network_is_the_same_bytes_in_any_order() {
    let mut dump = networks::network("lambda-rds:nat").unwrap();
    let in_vpc = |vpc: &str| SecurityGroupVpcAssociation {
        group_id: "sg-of-both".into(),
        vpc_id: vpc.into(),
        ..SecurityGroupVpcAssociation::default()
    };
    dump.regions[0].resources.security_group_vpc_associations =
        ["vpc-b", "vpc-a"].map(in_vpc).into();
    let mut shuffled = dump.clone();
    shuffled.regions[0].resources.security_group_vpc_associations.reverse();
    shuffled.regions[0].resources.network_interfaces.reverse();
    shuffled.regions[0].resources.security_groups.reverse();
    let folder = Folder::new(&[]);
    for (dump, name) in [(&dump, "1"), (&shuffled, "2")] {
        write(dump, &folder.path(name), stamp()).unwrap();
        write(dump, &folder.path(&format!("{name}.tar.zst")), stamp()).unwrap();
    }
    assert_eq!(files(&folder.path("1")), files(&folder.path("2")));
    let archives = ["1.tar.zst", "2.tar.zst"].map(|name| fs::read(folder.path(name)).unwrap());
    assert_eq!(archives[0], archives[1]);
}

#[test]
fn files_look_as_the_aws_cli_prints_them() {
    let folder = Folder::new(&[]);
    write(&one_vpc("111122223333", "eu-west-1"), &folder.path("s"), stamp()).unwrap();
    let files = files(&folder.path("s"));
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    let vpcs = "aws_configs/accounts/111122223333/eu-west-1/Vpcs.json";
    assert_eq!(names, [vpcs, "manifest.json"]);
    let text = String::from_utf8(files[vpcs].clone()).unwrap();
    assert!(text.starts_with("{\n    \"Vpcs\": [\n        {\n            \"VpcId\": \"vpc-1\""));
    assert!(text.ends_with("}\n"));
    assert!(!text.contains("null"), "{text}");
}

#[test]
fn the_one_setting_is_written_as_an_object() {
    let dump = networks::network("lambda-rds").unwrap();
    let folder = Folder::new(&[]);
    write(&dump, &folder.path("s"), stamp()).unwrap();
    let files = files(&folder.path("s"));
    let (_, text) = files.iter().find(|(name, _)| name.ends_with("AccessOptions.json")).unwrap();
    assert!(text.starts_with(b"{\n    \"VpcBlockPublicAccessOptions\": {\n"));
}

#[test]
fn denied_is_not_written_as_empty() {
    let mut dump = one_vpc("111122223333", "eu-west-1");
    let denied = Outcome::Denied { action: "ec2:X".into(), message: "no".into() };
    dump.regions[0].coverage.record(Envelope::Subnets, denied);
    let folder = Folder::new(&[]);
    write(&dump, &folder.path("s"), stamp()).unwrap();
    assert!(!files(&folder.path("s")).keys().any(|name| name.contains("Subnets")));
    assert_eq!(there_and_back(&dump, "t.tar.zst"), dump.regions);
}

#[test]
fn an_older_snapshot_is_replaced_whole() {
    let folder = Folder::new(&[]);
    for path in [folder.path("s"), folder.path("s.tar.zst")] {
        write(&one_vpc("444455556666", "us-east-1"), &path, stamp()).unwrap();
        write(&one_vpc("111122223333", "eu-west-1"), &path, stamp()).unwrap();
        let regions = read(&path, ReadOptions::default()).unwrap().regions;
        assert_eq!(regions.len(), 1);
        assert_eq!(regions[0].account.as_str(), "111122223333");
    }
    let left = fs::read_dir(folder.path("")).unwrap().count();
    assert_eq!(left, 2, "nothing else is left behind");
}

#[test]
fn what_is_no_snapshot_is_not_touched() {
    let folder = Folder::new(&[
        ("work/notes.txt", "mine"),
        ("dump/Vpcs.json", r#"{"Vpcs": []}"#),
        ("both/manifest.json", r#"{"format": "vpctui.snapshot", "version": 1}"#),
        ("both/notes.txt", "mine"),
        ("within/manifest.json", r#"{"format": "vpctui.snapshot", "version": 1}"#),
        ("within/aws_configs/accounts/1/r/Vpcs.json", r#"{"Vpcs": []}"#),
        ("within/aws_configs/notes.txt", "mine"),
        ("file", "mine"),
        ("notes.tar.zst", "mine"),
    ]);
    let before = files(&folder.path(""));
    for name in ["work", "dump", "both", "within", "file", "notes.tar.zst"] {
        let outcome = write(&one_vpc("1", "r"), &folder.path(name), stamp());
        assert!(matches!(outcome, Err(SnapshotError::Occupied { .. })), "{name}");
    }
    assert_eq!(files(&folder.path("")), before);
}

#[test]
fn names_cannot_lead_out_of_the_snapshot() {
    let folder = Folder::new(&[]);
    for (account, region) in [("../../x", "eu-west-1"), ("1", ".."), ("1", "a/b"), ("/", "r")] {
        for name in ["s", "s.tar.zst"] {
            let outcome = write(&one_vpc(account, region), &folder.path(name), stamp());
            assert!(matches!(outcome, Err(SnapshotError::Unnameable { .. })), "{account} {region}");
        }
    }
    assert!(files(&folder.path("")).is_empty());
}

#[test]
fn unknown_owners_come_back_unknown() {
    let dump = one_vpc("", "");
    assert_eq!(there_and_back(&dump, "s"), dump.regions);
}

#[test]
fn a_damaged_archive_is_an_error() {
    let folder = Folder::new(&[]);
    let path = folder.path("s.tar.zst");
    write(&networks::network("lambda-rds").unwrap(), &path, stamp()).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(&path, bytes).unwrap();
    let outcome = read(&path, ReadOptions::default());
    assert!(matches!(outcome, Err(SnapshotError::Io { .. })), "{outcome:?}");
}

#[test]
fn hostile_names_are_data() {
    let long = "x".repeat(10_000);
    let hostile = ["\u{1b}[2J\u{1b}]0;owned\u{7}", "a\r\nb\tc", "\u{202e}gpj.exe", "\0", &long];
    let mut dump = one_vpc("111122223333", "eu-west-1");
    let tag = |value: &str| Tag { key: "Name".into(), value: value.into() };
    dump.regions[0].resources.vpcs[0].tags = hostile.map(tag).to_vec();
    for name in ["s", "s.tar.zst"] {
        assert_eq!(there_and_back(&dump, name), dump.regions);
    }
}

prop_compose! {
    fn any_group()(id in any::<String>(), name in any::<String>(), description in any::<Option<String>>(),
        tags in vec((any::<String>(), any::<String>()), 0..3)) -> SecurityGroup
    {
        let tag = |(key, value): (String, String)| Tag { key: key.into(), value: value.into() };
        let tags = tags.into_iter().map(tag).collect();
        SecurityGroup { group_id: id.into(), group_name: name, description, tags, ..SecurityGroup::default() }
    }
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let denied = |(action, message)| Outcome::Denied { action, message };
    prop_oneof![
        Just(Outcome::Complete),
        any::<String>().prop_map(|message| Outcome::Partial { message }),
        any::<(String, String)>().prop_map(denied),
        any::<String>().prop_map(|message| Outcome::Failed { message }),
    ]
}

prop_compose! {
    fn any_region()(groups in vec(any_group(), 0..4), vpcs in btree_set("vpc-[0-9a-f]{1,17}", 0..4),
        calls in btree_map(0..CALLS.len(), any_outcome(), 0..9), loaded_at in any::<Option<String>>()) -> RegionDump
    {
        let mut region = RegionDump { loaded_at, ..RegionDump::default() };
        let vpc = |id: String| Vpc { vpc_id: id.into(), ..Vpc::default() };
        region.resources.vpcs = vpcs.into_iter().map(vpc).collect();
        region.resources.security_groups = groups;
        let calls = calls.into_iter().map(|(call, outcome)| (CALLS[call].envelope, outcome));
        region.coverage = Coverage(calls.collect());
        for envelope in [Envelope::Vpcs, Envelope::SecurityGroups] {
            region.coverage.0.insert(envelope, Outcome::Complete);
        }
        region
    }
}

prop_compose! {
    fn any_dump()(owners in btree_set(("[0-9]{12}", "[a-z]{2}-[a-z]{4}-[1-9]"), 1..4))
        (regions in vec(any_region(), owners.len()), owners in Just(owners)) -> Dump
    {
        let named = |((account, region), dump): ((String, String), RegionDump)| RegionDump {
            account: account.into(), region: region.into(), ..dump
        };
        Dump { regions: owners.into_iter().zip(regions).map(named).collect(), ..Dump::default() }
    }
}

/// Groups are compared as sets: their order is the writer's.
fn groups(regions: &mut [RegionDump]) -> Vec<BTreeSet<String>> {
    let texts = |region: &mut RegionDump| {
        let groups = std::mem::take(&mut region.resources.security_groups);
        groups.iter().map(|group| format!("{group:?}")).collect()
    };
    regions.iter_mut().map(texts).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(mut dump in any_dump(), packed: bool) {
        let mut read = there_and_back(&dump, if packed { "s.tar.zst" } else { "s" });
        prop_assert_eq!(groups(&mut read), groups(&mut dump.regions));
        prop_assert_eq!(read, dump.regions);
    }
}
