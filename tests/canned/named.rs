//! Services that only name the users of interfaces, and CloudTrail: asked over HTTP, without a crate of their own.

use vpctui::model::catalogue::Envelope;
use vpctui::model::dump::Outcome;
use vpctui::report::diff;
use vpctui::store::Store;

use super::server::{Asked, Reply, Server};
use super::{network, request};
use crate::emulator::{Load, run};

/// Interfaces of a task, a cache, a Redshift node and a file system, and what knows their names.
fn named(asked: &Asked) -> Option<Reply> {
    let second = asked.body.contains("Marker=more%2Fpages");
    let xml = |list: &str| Some(Reply::xml(network::whole(asked, list)));
    match asked.operation.as_str() {
        "DescribeNetworkInterfaces" => {
            let interface = |id: &str, address: &str, description: &str| {
                format!(
                    "<item><networkInterfaceId>{id}</networkInterfaceId><vpcId>vpc-1</vpcId>\
                     <subnetId>subnet-1</subnetId><privateIpAddress>{address}</privateIpAddress>\
                     <status>in-use</status><description>{description}</description></item>"
                )
            };
            let attachment = "arn:aws:ecs:eu-west-1:123456789012:attachment/attachment-1";
            let all = [
                interface("eni-task", "10.0.0.4", attachment),
                interface("eni-cache", "10.0.0.5", "ElastiCache shop-001"),
                interface("eni-node", "10.0.0.6", "RedshiftNetworkInterface"),
                interface("eni-files", "10.0.0.7", "EFS mount target for fs-1 (fsmt-1)"),
            ];
            xml(&format!("<networkInterfaceSet>{}</networkInterfaceSet>", all.concat()))
        }
        "DescribeCacheClusters" if second => {
            xml("<CacheClusters><CacheCluster><CacheClusterId>shop-001</CacheClusterId>\
             <ReplicationGroupId>shop</ReplicationGroupId></CacheCluster></CacheClusters>")
        }
        "DescribeCacheClusters" => xml("<CacheClusters/><Marker>more/pages</Marker>"),
        "DescribeClusters" => xml(
            "<Clusters><Cluster><ClusterIdentifier>sales</ClusterIdentifier><VpcId>vpc-1</VpcId>\
             <ClusterNodes><member><PrivateIPAddress>10.0.0.6</PrivateIPAddress></member>\
             </ClusterNodes></Cluster></Clusters>",
        ),
        "GET /2015-02-01/file-systems" => {
            Some(Reply::json(r#"{"FileSystems": [{"FileSystemId": "fs-1", "Name": "uploads"}]}"#))
        }
        _ => network::answer(asked),
    }
}

fn names(load: Load) -> Vec<String> {
    assert_eq!(load.incomplete(), []);
    let store = Store::build(load.dump);
    let listed = store.interfaces.iter().filter(|interface| !interface.is_virtual());
    listed.map(|interface| interface.owner.name.to_string()).collect()
}

#[test]
fn tasks_caches_warehouses_and_file_systems_are_called_by_their_names() {
    let server = Server::start(named);
    let load = super::load(&server.url, "eu-west-1").unwrap();
    assert_eq!(names(load), ["web", "shop", "sales", "uploads"]);
    assert_eq!(server.count("DescribeCacheClusters"), 2, "one page after the other");
}

#[test]
fn a_function_without_an_interface_is_asked_whether_it_is_ready() {
    let server = Server::start(network::answer);
    let store = Store::build(super::load(&server.url, "eu-west-1").unwrap().dump);
    let function = store.functions.iter().next().unwrap();
    assert_eq!(
        function.state.as_ref().map(vpctui::model::lambda::FunctionState::as_str),
        Some("Inactive")
    );
    let with_interface = Server::start(|asked| match asked.operation.as_str() {
        "DescribeNetworkInterfaces" => Some(Reply::xml(network::whole(
            asked,
            "<networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId>\
             <subnetId>subnet-1</subnetId><interfaceType>lambda</interfaceType>\
             <groupSet><item><groupId>sg-1</groupId></item></groupSet></item>\
             </networkInterfaceSet>",
        ))),
        _ => network::answer(asked),
    });
    let load = super::load(&with_interface.url, "eu-west-1").unwrap();
    assert_eq!(load.outcome(Envelope::FunctionConfigurations), &Outcome::Complete);
    assert_eq!(with_interface.count("GET /2015-03-31/functions/idle/configuration"), 0);
}

#[test]
fn a_service_that_refuses_names_its_permission() {
    let server = Server::start(|asked| match asked.operation.as_str() {
        "DescribeClusters" => Some(Reply::error(asked, 403, "AccessDenied")),
        "ListTasks" => Some(Reply::error(asked, 400, "AccessDeniedException")),
        _ => network::answer(asked),
    });
    let load = super::load(&server.url, "eu-west-1").unwrap();
    let denied: Vec<_> = load.dump.regions[0].coverage.denied().collect();
    let wanted = [
        (Envelope::EcsTaskArns, "ecs:ListTasks"),
        (Envelope::EcsTasks, "ecs:ListTasks"),
        (Envelope::RedshiftClusters, "redshift:DescribeClusters"),
    ];
    assert_eq!(denied, wanted);
}

/// A group whose rule changes between two readings, and who changed it, as CloudTrail tells.
fn with_events(port: u16) -> impl Fn(&Asked) -> Option<Reply> {
    move |asked| match asked.operation.as_str() {
        "DescribeSecurityGroups" => Some(Reply::xml(network::whole(
            asked,
            &format!(
                "<securityGroupInfo><item><groupId>sg-1</groupId><ipPermissions><item>\
                 <ipProtocol>tcp</ipProtocol><fromPort>{port}</fromPort><toPort>{port}</toPort>\
                 <ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges></item>\
                 </ipPermissions></item></securityGroupInfo>"
            ),
        ))),
        "LookupEvents" => Some(Reply::json(events(asked))),
        _ => network::answer(asked),
    }
}

/// Two pages of one operation: one call that was refused, one by a user, one with a role.
fn events(asked: &Asked) -> String {
    let event = |at: u32, user: &str, record: &str| {
        let record = serde_json::to_string(record).unwrap();
        format!(
            r#"{{"EventId": "{at}", "EventName": "AuthorizeSecurityGroupIngress", "EventTime": {at},
                "Username": "{user}", "CloudTrailEvent": {record}}}"#
        )
    };
    let group = r#""requestParameters": {"groupId": "sg-1", "ipPermissions": {"items": []}}"#;
    if !asked.body.contains("\"AuthorizeSecurityGroupIngress\"") {
        return r#"{"Events": []}"#.to_owned();
    }
    if asked.body.contains("NextToken") {
        let early = event(1_772_000_000, "bob", &format!("{{{group}}}"));
        return format!(r#"{{"Events": [{early}]}}"#);
    }
    let refused = event(1_772_373_999, "eve", &format!(r#"{{"errorCode": "Denied", {group}}}"#));
    let role = r#""userIdentity": {"sessionContext": {"sessionIssuer": {"userName": "Admin"}}}"#;
    // By the group's name, with a rule that refers to another group.
    let by_name = r#""requestParameters": {"groupName": "web", "ipPermissions": {"items": [
        {"groups": {"items": [{"groupId": "sg-other"}]}}]}},
        "responseElements": {"securityGroupRuleSet": {"items": [{"groupId": "sg-1"}]}}"#;
    let late = event(1_772_373_720, "alice", &format!("{{{role}, {by_name}}}"));
    format!(r#"{{"Events": [{refused}, {late}], "NextToken": "2"}}"#)
}

fn read(port: u16, hours: Option<u32>) -> (Store, Server) {
    let server = Server::start(with_events(port));
    let mut request = request(&server.url, &["eu-west-1"]);
    request.events = hours;
    (Store::build(run(request).unwrap().dump), server)
}

#[test]
fn a_change_names_who_made_it_and_when() {
    let ((old, _), (new, server)) = (read(22, Some(12)), read(443, Some(12)));
    let document = diff::resources(&old, &new);
    let [change] = &document.changes[..] else { panic!("{:?}", document.changes) };
    let by = change.by.as_ref().unwrap().text();
    let wanted =
        "alice as Admin, AuthorizeSecurityGroupIngress at 2026-03-01 14:02 UTC, after 1 more";
    assert_eq!(by, wanted);
    let entries = format!("{:?}", diff::entries(&new, &document, true));
    assert!(entries.contains(wanted), "{entries}");
    let asked = server.asked();
    let lookups: Vec<_> = asked.iter().filter(|one| one.operation == "LookupEvents").collect();
    assert!(lookups.iter().all(|one| one.body.contains("\"StartTime\":")), "{:?}", lookups[0]);
    assert!(lookups.iter().all(|one| one.service == "cloudtrail"));
}

#[test]
fn cloudtrail_is_asked_only_if_somebody_wants_it() {
    let (store, server) = read(22, None);
    assert_eq!(server.count("LookupEvents"), 0);
    assert!(!store.source().regions[0].coverage.0.contains_key(&Envelope::Events));
}

#[test]
fn who_may_not_look_up_events_is_not_refused_dozens_of_times() {
    let server = Server::start(|asked| match asked.operation.as_str() {
        "LookupEvents" => Some(Reply::error(asked, 400, "AccessDeniedException")),
        _ => network::answer(asked),
    });
    let mut request = request(&server.url, &["eu-west-1"]);
    request.events = Some(12);
    let load = run(request).unwrap();
    let denied: Vec<_> = load.dump.regions[0].coverage.denied().collect();
    assert_eq!(denied, [(Envelope::Events, "cloudtrail:LookupEvents")]);
    assert!(server.count("LookupEvents") < 5, "{}", server.count("LookupEvents"));
}
