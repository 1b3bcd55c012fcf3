//! The forms that a snapshot may have, and whose resources they hold.

use std::fs;

use super::{Folder, one_region};
use crate::model::catalogue::Envelope;
use crate::snapshot::{ReadOptions, SnapshotError, read};

const VPC: &str = r#"{"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "111122223333"}]}"#;
const SUBNET: &str = r#"{"Subnets": [{"SubnetId": "subnet-1", "AvailabilityZone": "eu-west-1a"}]}"#;

fn owners(folder: &Folder) -> Vec<(String, String)> {
    let dump = folder.read().unwrap();
    let owner = |region: &crate::model::dump::RegionDump| {
        (region.account.to_string(), region.region.to_string())
    };
    dump.regions.iter().map(owner).collect()
}

fn pair(account: &str, region: &str) -> (String, String) {
    (account.to_owned(), region.to_owned())
}

#[test]
fn accounts_and_regions_come_from_folders() {
    let folder = Folder::new(&[
        ("aws_configs/accounts/444455556666/us-east-1/Vpcs.json", VPC),
        ("aws_configs/accounts/444455556666/eu-west-1/Vpcs.json", VPC),
        ("aws_configs/accounts/111122223333/us-east-1/Vpcs.json", VPC),
    ]);
    let expected = [
        pair("111122223333", "us-east-1"),
        pair("444455556666", "eu-west-1"),
        pair("444455556666", "us-east-1"),
    ];
    assert_eq!(owners(&folder), expected);
}

#[test]
fn region_folders_do_without_accounts() {
    let folder = Folder::new(&[
        ("aws_configs/us-east-1/Vpcs.json", VPC),
        ("aws_configs/us-gov-west-1/Vpcs.json", VPC),
    ]);
    let expected = [pair("111122223333", "us-east-1"), pair("111122223333", "us-gov-west-1")];
    assert_eq!(owners(&folder), expected);
}

#[test]
fn flat_and_bare_folders_derive_both() {
    for prefix in ["aws_configs/", "", "ec2/"] {
        let vpcs = format!("{prefix}a.json");
        let subnets = format!("{prefix}b.json");
        let folder = Folder::new(&[(&vpcs, VPC), (&subnets, SUBNET)]);
        assert_eq!(owners(&folder), [pair("111122223333", "eu-west-1")], "{prefix}");
    }
}

#[test]
fn account_folders_without_a_root_are_seen() {
    let folder = Folder::new(&[("444455556666/eu-west-1/Vpcs.json", VPC)]);
    assert_eq!(owners(&folder), [pair("444455556666", "eu-west-1")]);
}

#[test]
fn an_archive_may_have_its_folder_in_front() {
    for prefix in ["", "./", "my-dump/", "./my-dump/"] {
        let folder = Folder::new(&[]);
        let path = folder.path("s.tar.zst");
        let packed = zstd::Encoder::new(fs::File::create(&path).unwrap(), 1).unwrap();
        let mut archive = tar::Builder::new(packed.auto_finish());
        let name = format!("{prefix}aws_configs/us-east-1/Vpcs.json");
        let mut header = tar::Header::new_gnu();
        header.set_size(VPC.len() as u64);
        archive.append_data(&mut header, name, VPC.as_bytes()).unwrap();
        drop(archive.into_inner().unwrap());
        let dump = read(&path, ReadOptions::default()).unwrap();
        assert_eq!(dump.regions[0].region.as_str(), "us-east-1", "{prefix}");
    }
}

#[test]
fn one_file_is_a_snapshot() {
    let folder = Folder::new(&[("anything.json", SUBNET)]);
    let dump = read(&folder.path("anything.json"), ReadOptions::default()).unwrap();
    assert_eq!(dump.regions[0].region.as_str(), "eu-west-1");
    assert!(dump.regions[0].coverage.is_complete(Envelope::Subnets));
    assert!(!dump.regions[0].coverage.is_complete(Envelope::Vpcs));
}

#[test]
fn the_key_decides_and_a_file_may_hold_several() {
    let both = r#"{"Vpcs": [{"VpcId": "vpc-1"}], "NatGateways": []}"#;
    let region = one_region(&[("Subnets.json", both)]);
    assert_eq!(region.resources.vpcs.len(), 1);
    assert!(region.coverage.is_complete(Envelope::NatGateways));
    assert!(!region.coverage.0.contains_key(&Envelope::Subnets));
}

#[test]
fn the_same_key_in_several_files_adds_up() {
    let second = r#"{"Vpcs": [{"VpcId": "vpc-2"}]}"#;
    let region = one_region(&[("page1.json", VPC), ("page2.json", second)]);
    assert_eq!(region.resources.vpcs.len(), 2);
}

#[test]
fn the_majority_of_owners_names_the_account() {
    let groups = r#"{"SecurityGroups": [{"GroupId": "sg-1", "OwnerId": "222222222222"}],
        "Vpcs": [{"VpcId": "vpc-1", "OwnerId": "333333333333"}],
        "Functions": [{"FunctionArn": "arn:aws:lambda:ap-south-1:222222222222:function:f"}]}"#;
    let region = one_region(&[("all.json", groups)]);
    assert_eq!(region.account.as_str(), "222222222222");
    assert_eq!(region.region.as_str(), "ap-south-1");
}

#[test]
fn local_zones_belong_to_their_region() {
    let zone = r#"{"Subnets": [{"SubnetId": "s", "AvailabilityZone": "us-west-2-lax-1a"}]}"#;
    assert_eq!(one_region(&[("s.json", zone)]).region.as_str(), "us-west-2");
}

#[test]
fn a_region_with_nothing_in_it_belongs_to_the_only_account() {
    let folder = Folder::new(&[
        ("aws_configs/us-east-1/Vpcs.json", r#"{"Vpcs": []}"#),
        ("aws_configs/us-west-1/Vpcs.json", VPC),
    ]);
    assert_eq!(owners(&folder)[0], pair("111122223333", "us-east-1"));
}

#[test]
fn owners_that_are_no_account_are_not_believed() {
    let hostile = r#"{"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "../../etc"}]}"#;
    assert!(one_region(&[("v.json", hostile)]).account.is_empty());
}

#[test]
fn other_files_and_deeper_folders_are_left_alone() {
    let folder = Folder::new(&[
        ("Vpcs.json", VPC),
        ("README.md", "not JSON"),
        (".cache/Broken.json", "not JSON"),
        ("a/b/Broken.json", "not JSON"),
    ]);
    assert_eq!(folder.read().unwrap().regions.len(), 1);
}

#[test]
fn nothing_of_aws_is_an_error() {
    let missing = read("/does/not/exist".as_ref(), ReadOptions::default());
    assert!(matches!(missing, Err(SnapshotError::Missing { .. })));
    assert!(matches!(Folder::new(&[]).read(), Err(SnapshotError::Empty { .. })));
    let foreign = Folder::new(&[("package.json", r#"{"name": "x"}"#)]);
    assert!(matches!(foreign.read(), Err(SnapshotError::Empty { .. })));
}
