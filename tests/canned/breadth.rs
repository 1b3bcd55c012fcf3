//! Many accounts: a role in another one, every account of an organisation, and what AWS Config has recorded of all.

use assert_cmd::Command;
use vpctui::loader::{LoadError, MemberRole, Role};
use vpctui::model::catalogue::{Envelope, usual_calls};
use vpctui::model::dump::{Dump, Outcome, RegionDump};
use vpctui::snapshot::{self, ReadOptions};
use vpctui::store::Store;

use super::server::{Asked, Reply, Server};
use super::{network, request};
use crate::emulator::run;

const OWN: &str = "111111111111";
const OTHER: &str = "222222222222";
const CLOSED: &str = "333333333333";

/// An organisation: whoever takes on a role gets keys that are named after the account, and one account lets nobody in.
fn organisation(asked: &Asked) -> Option<Reply> {
    let account = if asked.key == "vpctui" { OWN } else { &asked.key };
    match asked.operation.as_str() {
        "GetCallerIdentity" => Some(caller(asked, account)),
        "AssumeRole" if asked.body.contains(CLOSED) => {
            Some(Reply::error(asked, 403, "AccessDenied"))
        }
        "AssumeRole" => Some(keys(asked)),
        "ListAccounts" => Some(accounts(asked)),
        "DescribeVpcs" => Some(vpcs(asked, account)),
        "DescribeVpcPeeringConnections" => {
            let peering = "<vpcPeeringConnectionSet><item><vpcPeeringConnectionId>pcx-1\
                           </vpcPeeringConnectionId><status><code>active</code></status>\
                           <requesterVpcInfo><vpcId>vpc-1</vpcId></requesterVpcInfo>\
                           <accepterVpcInfo><vpcId>vpc-2</vpcId></accepterVpcInfo>\
                           </item></vpcPeeringConnectionSet>";
            Some(Reply::xml(network::whole(asked, peering)))
        }
        _ => None,
    }
}

fn audit() -> MemberRole {
    MemberRole { name: "audit".to_owned(), external_id: None }
}

fn caller(asked: &Asked, account: &str) -> Reply {
    let arn = format!("<Arn>arn:aws:iam::{account}:user/me</Arn><Account>{account}</Account>");
    Reply::xml(network::whole(asked, &arn))
}

fn keys(asked: &Asked) -> Reply {
    let arn = asked.parameter("RoleArn").unwrap().replace("%3A", ":");
    let account = arn.split(':').nth(4).unwrap();
    let keys = format!(
        "<Credentials><AccessKeyId>{account}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
         <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
    );
    Reply::xml(network::whole(asked, &keys))
}

/// Two pages, and an account that is closed for good.
fn accounts(asked: &Asked) -> Reply {
    assert_eq!((&*asked.service, &*asked.region), ("organizations", "us-east-1"));
    Reply::json(if asked.body.contains("NextToken") {
        format!(
            r#"{{"Accounts": [{{"Id": "{CLOSED}", "Name": "vault", "State": "ACTIVE"}},
                {{"Id": "444444444444", "Name": "old", "State": "SUSPENDED"}}]}}"#
        )
    } else {
        format!(
            r#"{{"Accounts": [{{"Id": "{OWN}", "Name": "root", "State": "ACTIVE", "Status": "ACTIVE"}},
                {{"Id": "{OTHER}", "Name": "shop", "Status": "ACTIVE"}}], "NextToken": "2"}}"#
        )
    })
}

/// Each account sees its own VPC and one that is shared with all.
fn vpcs(asked: &Asked, account: &str) -> Reply {
    let vpc = |id: &str, owner: &str| {
        format!("<item><vpcId>{id}</vpcId><ownerId>{owner}</ownerId></item>")
    };
    let set = vpc(&format!("vpc-{account}"), account) + &vpc("vpc-shared", OWN);
    Reply::xml(network::whole(asked, &format!("<vpcSet>{set}</vpcSet>")))
}

#[test]
fn a_role_is_taken_on_with_its_external_id() {
    let server = Server::start(organisation);
    let mut request = request(&server.url, &["eu-west-1"]);
    let arn = format!("arn:aws:iam::{OTHER}:role/audit");
    request.role = Some(Role { arn, external_id: Some("secret-word".to_owned()) });
    let load = run(request).unwrap();
    assert_eq!(load.dump.regions[0].account.as_str(), OTHER);
    let asked = server.asked();
    let assumed = asked.iter().find(|asked| asked.operation == "AssumeRole").unwrap();
    assert_eq!(assumed.parameter("ExternalId"), Some("secret-word"));
    let with_role = asked.iter().filter(|asked| asked.operation != "AssumeRole");
    assert!(with_role.into_iter().all(|asked| asked.key == OTHER));
}

#[test]
fn a_role_that_is_refused_says_what_it_takes() {
    let server = Server::start(organisation);
    let mut request = request(&server.url, &["eu-west-1"]);
    let arn = format!("arn:aws:iam::{CLOSED}:role/audit");
    request.role = Some(Role { arn, external_id: None });
    let error = run(request).map(|_| ()).unwrap_err();
    assert!(matches!(error, LoadError::Role { .. }), "{error}");
    assert!(error.to_string().contains("AccessDenied: so it is"), "{error}");
}

#[test]
fn every_account_of_an_organisation_is_read_or_told_why_not() {
    let server = Server::start(organisation);
    let mut request = request(&server.url, &["eu-west-1"]);
    request.organization_role = Some(audit());
    let load = run(request).unwrap();
    let accounts: Vec<_> = load.dump.regions.iter().map(|r| r.account.as_str()).collect();
    assert_eq!(accounts, [OWN, OTHER, CLOSED]);
    let denied: Vec<_> = load.dump.regions[2].coverage.denied().collect();
    assert_eq!(denied.len(), usual_calls().count());
    assert!(denied.iter().all(|(_, action)| *action == "sts:AssumeRole"));
    let notices = load.dump.origin.notices.join("\n");
    assert!(notices.contains("account 333333333333 (vault) is not read"), "{notices}");
}

/// What `vpctui save` makes of it for a user with a profile for each of these accounts, and what it says.
fn saved(server: &Server, accounts: &[&str], arguments: &[&str]) -> (Dump, String) {
    let home = tempfile::tempdir().unwrap();
    let profile = |(number, account): (usize, &&str)| {
        let keys = format!("aws_access_key_id = {account}\naws_secret_access_key = s");
        format!("[profile p{number}]\nregion = eu-west-1\n{keys}\n")
    };
    let config = home.path().join("config");
    std::fs::write(&config, accounts.iter().enumerate().map(profile).collect::<String>()).unwrap();
    let names: Vec<_> = (0..accounts.len()).map(|number| format!("p{number}")).collect();
    let path = home.path().join("saved");
    let output = Command::cargo_bin("vpctui")
        .unwrap()
        .env_clear()
        .env("HOME", home.path())
        .env("AWS_CONFIG_FILE", config)
        .env("AWS_ENDPOINT_URL", &server.url)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .args(["save", "--profile", &names.join(",")])
        .args(arguments)
        .arg(&path)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    (snapshot::read(&path, ReadOptions::default()).unwrap(), said)
}

#[test]
fn an_account_with_a_profile_of_its_own_is_read_with_that() {
    let server = Server::start(organisation);
    let (dump, said) = saved(&server, &[OWN, CLOSED], &["--org-role", "audit"]);
    let accounts: Vec<_> = dump.regions.iter().map(|region| region.account.as_str()).collect();
    assert_eq!(accounts, [OWN, OTHER, CLOSED]);
    assert!(dump.regions.iter().all(|region| region.coverage.denied().next().is_none()), "{said}");
    assert!(said.contains("saved 3 regions") && !said.contains("note:"), "{said}");
    assert_eq!(server.count("ListAccounts"), 2, "two pages, by one of them");
    let asked = server.asked();
    let taken: Vec<_> = asked.iter().filter(|asked| asked.operation == "AssumeRole").collect();
    assert!(!taken.is_empty() && taken.iter().all(|asked| asked.body.contains(OTHER)));
    assert!(taken.iter().all(|asked| asked.parameter("ExternalId").is_none()));
}

#[test]
fn roles_of_members_hear_the_external_id() {
    let server = Server::start(organisation);
    let arguments = ["--org-role", "audit", "--external-id", "secret-word"];
    saved(&server, &[OWN], &arguments);
    let asked = server.asked();
    let mut taken = asked.iter().filter(|asked| asked.operation == "AssumeRole");
    assert!(taken.all(|asked| asked.parameter("ExternalId") == Some("secret-word")));
}

#[test]
fn what_several_accounts_see_is_one_thing_of_its_owner() {
    let server = Server::start(organisation);
    let mut request = request(&server.url, &["eu-west-1"]);
    request.organization_role = Some(audit());
    let store = Store::build(run(request).unwrap().dump);
    assert_eq!(store.vpcs.rows().count(), 3, "two of their own and one shared");
    assert_eq!(store.peerings.rows().count(), 1);
    let shared =
        store.vpcs.rows().map(|(_, row)| row).find(|row| row.data.vpc_id.as_str() == "vpc-shared");
    assert_eq!(store.places[usize::from(shared.unwrap().place.0)].account.as_str(), OWN);
}

#[test]
fn an_organisation_that_may_not_be_asked_says_what_it_takes() {
    let server = Server::start(|asked| match asked.operation.as_str() {
        "ListAccounts" => Some(Reply::error(asked, 400, "AccessDeniedException")),
        _ => organisation(asked),
    });
    let mut request = request(&server.url, &["eu-west-1"]);
    request.organization_role = Some(audit());
    let error = run(request).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("AccessDeniedException") && error.contains("ListAccounts"), "{error}");
}

/// Two accounts in an aggregator, one of which does not record interfaces.
fn recorded(asked: &Asked) -> Option<Reply> {
    if asked.operation != "SelectAggregateResourceConfig" {
        return network::answer(asked);
    }
    let record = |account: &str, configuration: &str| {
        let text = format!(
            r#"{{"accountId": "{account}", "awsRegion": "eu-west-1", "configuration": {configuration}}}"#
        );
        serde_json::to_string(&text).unwrap()
    };
    let vpc = |account: &str| record(account, r#"{"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/16"}"#);
    let second = asked.body.contains("NextToken");
    let (results, next) = match () {
        () if asked.body.contains("'AWS::EC2::VPC'") && second => (vpc(OTHER), ""),
        () if asked.body.contains("'AWS::EC2::VPC'") => (vpc(OWN), r#", "NextToken": "2""#),
        () if asked.body.contains("NetworkInterface'") => {
            (record(OWN, r#"{"networkInterfaceId": "eni-1", "status": "in-use"}"#), "")
        }
        () => (String::new(), ""),
    };
    Some(Reply::json(format!(r#"{{"Results": [{results}]{next}}}"#)))
}

fn outcome(region: &RegionDump, envelope: Envelope) -> &Outcome {
    &region.coverage.0[&envelope]
}

fn failure(region: &RegionDump, envelope: Envelope) -> &str {
    match outcome(region, envelope) {
        Outcome::Failed { message } => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_aggregator_tells_of_all_accounts_and_what_it_does_not_keep() {
    let server = Server::start(recorded);
    let mut request = request(&server.url, &["eu-west-1"]);
    request.aggregator = Some("all".to_owned());
    let load = run(request).unwrap();
    let [own, other] = &load.dump.regions[..] else { panic!() };
    assert_eq!((own.account.as_str(), other.account.as_str()), (OWN, OTHER));
    assert_eq!(own.resources.network_interfaces[0].network_interface_id.as_str(), "eni-1");
    assert_eq!(outcome(own, Envelope::NetworkInterfaces), &Outcome::Complete);
    assert_eq!(outcome(other, Envelope::Vpcs), &Outcome::Complete);
    let missing = failure(other, Envelope::NetworkInterfaces);
    assert!(missing.contains("not told to record"), "{missing}");
    assert_eq!(failure(own, Envelope::VpcAttributes), "AWS Config does not keep this");
    let asked = server.asked();
    let elsewhere = |asked: &&Asked| asked.service != "config" && asked.service != "sts";
    assert!(asked.iter().find(elsewhere).is_none(), "nobody else is asked");
}

#[test]
fn an_aggregator_that_is_not_there_is_named() {
    let server = Server::start(|asked| match asked.operation.as_str() {
        "SelectAggregateResourceConfig" => {
            Some(Reply::error(asked, 400, "NoSuchConfigurationAggregatorException"))
        }
        _ => network::answer(asked),
    });
    let mut request = request(&server.url, &["eu-west-1"]);
    request.aggregator = Some("all".to_owned());
    let error = run(request).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("`all`: NoSuchConfigurationAggregator"), "{error}");
}

#[test]
fn an_aggregator_that_two_profiles_lead_to_is_read_once() {
    let server = Server::start(|asked| match asked.operation.as_str() {
        "SelectAggregateResourceConfig" => recorded(asked),
        _ => organisation(asked),
    });
    let read = |accounts: &[&str]| {
        let before = server.count("SelectAggregateResourceConfig");
        let (dump, said) = saved(&server, accounts, &["--config-aggregator", "all"]);
        let vpcs: Vec<_> = dump.regions.iter().map(|region| region.resources.vpcs.len()).collect();
        assert_eq!(vpcs, [1, 1], "{said}");
        server.count("SelectAggregateResourceConfig") - before
    };
    let once = read(&[OWN]);
    assert_eq!(read(&[OWN, OWN]), once);
    assert_eq!(read(&[OWN, OTHER]), 2 * once, "each account may have one of this name");
}

#[test]
fn throttling_is_waited_out_there_as_well() {
    let times = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |asked| match asked.operation.as_str() {
        "ListAccounts" if times.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 => {
            Some(Reply::error(asked, 400, "TooManyRequestsException"))
        }
        _ => organisation(asked),
    });
    let mut request = request(&server.url, &["eu-west-1"]);
    request.organization_role = Some(audit());
    assert_eq!(run(request).unwrap().dump.regions.len(), 3);
    assert_eq!(server.count("ListAccounts"), 3, "two pages, one of them twice");
}
