//! The loader against replies that no emulator gives: broken, endless, strange or none at all.

mod bad_days;
mod breadth;
mod long_lists;
mod named;
pub mod network;
mod permissions;
pub mod server;

use std::io::Read;
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::Duration;

use vpctui::loader::{LoadError, Patience, Regions, Request, Target};
use vpctui::model::catalogue::Envelope;
use vpctui::model::dump::Outcome;

use self::server::{Reply, Server};
use crate::emulator::{Load, run};

/// No pauses: what takes minutes with AWS is over at once.
fn impatient() -> Patience {
    Patience {
        attempts: 3,
        first_pause: Duration::ZERO,
        longest_pause: Duration::ZERO,
        between_lookups: Duration::ZERO,
        ..Patience::default()
    }
}

fn request(url: &str, regions: &[&str]) -> Request {
    Request {
        regions: Regions::These(regions.iter().map(ToString::to_string).collect()),
        target: Target::Emulator { endpoint_url: url.to_owned() },
        patience: impatient(),
        ..Request::default()
    }
}

fn load(url: &str, region: &str) -> Result<Load, LoadError> {
    run(request(url, &[region]))
}

/// Serves these replies, for operations by name. Its address.
fn serve(reply: fn(&str) -> Option<Reply>) -> String {
    Server::start(move |asked| reply(&asked.operation)).url
}

#[test]
fn a_circle_of_pages_ends_and_what_came_is_kept() {
    let url = serve(|operation| {
        let page = "<subnetSet><item><subnetId>subnet-1</subnetId></item></subnetSet><nextToken>again</nextToken>";
        let page = format!("<DescribeSubnetsResponse>{page}</DescribeSubnetsResponse>");
        (operation == "DescribeSubnets").then(|| Reply::xml(page))
    });
    let load = load(&url, "eu-west-1").unwrap();
    let [(Envelope::Subnets, Outcome::Partial { message })] = load.incomplete()[..] else {
        panic!("{:?}", load.incomplete())
    };
    assert!(message.contains("circle"), "{message}");
    assert_eq!(load.resources().subnets.len(), 2);
}

#[test]
fn a_body_that_breaks_off_fails_its_call_alone() {
    let url = serve(|operation| {
        let reply =
            Reply { missing: 1000, ..Reply::xml("<DescribeRouteTablesResponse><routeTableSet>") };
        (operation == "DescribeRouteTables").then_some(reply)
    });
    let load = load(&url, "eu-west-1").unwrap();
    let incomplete: Vec<_> = load.incomplete().into_iter().map(|(envelope, _)| envelope).collect();
    assert_eq!(incomplete, [Envelope::RouteTables]);
    assert!(matches!(load.outcome(Envelope::RouteTables), Outcome::Failed { .. }));
}

#[test]
fn values_that_are_newer_than_this_program_are_kept_as_they_are() {
    let url = serve(|operation| {
        let interface = "<networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId>\
                         <interfaceType>quantum_link</interfaceType><status>dreaming</status><novelty>1</novelty>\
                         </item></networkInterfaceSet>";
        let body = format!(
            "<DescribeNetworkInterfacesResponse>{interface}</DescribeNetworkInterfacesResponse>"
        );
        (operation == "DescribeNetworkInterfaces").then(|| Reply::xml(body))
    });
    let load = load(&url, "eu-west-1").unwrap();
    let interface = &load.resources().network_interfaces[0];
    assert_eq!(interface.interface_type.as_deref(), Some("quantum_link"));
    assert_eq!(interface.status.as_deref(), Some("dreaming"));
    assert_eq!(load.incomplete(), []);
}

#[test]
fn a_value_that_makes_no_sense_leaves_out_its_resource_and_says_so() {
    let url = serve(|operation| {
        let group = |id: &str, cidr: &str| {
            let ranges = format!("<ipRanges><item><cidrIp>{cidr}</cidrIp></item></ipRanges>");
            let rules = format!(
                "<ipPermissions><item><ipProtocol>-1</ipProtocol>{ranges}</item></ipPermissions>"
            );
            format!("<item><groupId>{id}</groupId>{rules}</item>")
        };
        let groups = [group("sg-1", "10.0.0.0/33"), group("sg-2", "10.0.0.0/8")].concat();
        let info = format!("<securityGroupInfo>{groups}</securityGroupInfo>");
        let body =
            format!("<DescribeSecurityGroupsResponse>{info}</DescribeSecurityGroupsResponse>");
        (operation == "DescribeSecurityGroups").then(|| Reply::xml(body))
    });
    let load = load(&url, "eu-west-1").unwrap();
    assert_eq!(load.resources().security_groups.len(), 1);
    let message = "left out: CidrIp `10.0.0.0/33` is not understood".to_owned();
    assert_eq!(load.outcome(Envelope::SecurityGroups), &Outcome::Partial { message });
}

#[test]
fn a_refusal_that_is_not_from_aws_is_no_missing_permission() {
    let url = serve(|operation| {
        let page = Reply { status: 403, ..Reply::new("text/html", "<html><p>Blocked by proxy") };
        (operation == "DescribeAddresses").then_some(page)
    });
    let load = load(&url, "eu-west-1").unwrap();
    let Outcome::Failed { message } = load.outcome(Envelope::Addresses) else {
        panic!("{:?}", load.outcome(Envelope::Addresses))
    };
    assert!(message.contains("HTTP 403 without an error code of AWS"), "{message}");
}

#[test]
fn all_enabled_regions_are_those_that_aws_lists() {
    let url = serve(|operation| {
        let region = |name: &str| format!("<item><regionName>{name}</regionName></item>");
        let listed = [region("eu-west-1"), region("ap-east-1")].concat();
        let body = format!(
            "<DescribeRegionsResponse><regionInfo>{listed}</regionInfo></DescribeRegionsResponse>"
        );
        (operation == "DescribeRegions").then(|| Reply::xml(body))
    });
    let target = Target::Emulator { endpoint_url: url };
    let request = Request { regions: Regions::AllEnabled, target, ..Request::default() };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (progress, _) = tokio::sync::mpsc::channel(1);
    let dump = runtime.block_on(vpctui::loader::load(request, progress)).unwrap();
    let regions: Vec<_> = dump.regions.iter().map(|region| region.region.as_str()).collect();
    assert_eq!(regions, ["ap-east-1", "eu-west-1"]);
}

#[test]
fn a_region_that_does_not_know_the_account_is_told_as_such() {
    let url = serve(|operation| {
        let error =
            "<Error><Code>AuthFailure</Code><Message>not able to validate</Message></Error>";
        let body = format!("<Response><Errors>{error}</Errors><RequestID>1</RequestID></Response>");
        let refused = Reply { status: 401, ..Reply::xml(body) };
        (operation == "DescribeVpcs").then_some(refused)
    });
    let load = load(&url, "eu-west-1").unwrap();
    let message = "AuthFailure: not able to validate (is this region enabled?)".to_owned();
    assert_eq!(load.outcome(Envelope::Vpcs), &Outcome::Failed { message });
}

#[test]
fn where_nobody_listens_one_error_says_so() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = load(&format!("http://{gone}"), "eu-west-1").map(|_| ()).unwrap_err();
    let LoadError::NoAnswer { message } = error else { panic!("{error}") };
    assert!(message.contains("Connection refused"), "{message}");
}

#[test]
fn dropping_a_load_hangs_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint_url = format!("http://{}", listener.local_addr().unwrap());
    let (asked, was_asked) = tokio::sync::oneshot::channel();
    let (left, has_left) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.read_exact(&mut [0]).unwrap();
        asked.send(()).unwrap();
        left.send(std::io::copy(&mut stream, &mut std::io::sink())).unwrap();
    });
    let regions = Regions::These(vec!["eu-west-1".to_owned()]);
    let target = Target::Emulator { endpoint_url };
    let request = Request { regions, target, ..Request::default() };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (progress, _) = tokio::sync::mpsc::channel(1);
        tokio::select! {
            _ = vpctui::loader::load(request, progress) => panic!("there was no answer"),
            heard = was_asked => heard.unwrap(),
        }
    });
    assert!(has_left.recv().unwrap().is_ok(), "the connection is closed from the other side");
}
