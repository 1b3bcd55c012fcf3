//! The loader against replies that no emulator gives: broken, endless, strange or none at all.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;

use vpctui::loader::{LoadError, Regions, Request, Target};
use vpctui::model::catalogue::Envelope;
use vpctui::model::dump::Outcome;

use crate::emulator::load;

/// What the server sends for one operation.
struct Reply {
    status: u16,
    kind: &'static str,
    body: String,
    /// Bytes that are promised and never come.
    missing: usize,
}

impl Reply {
    fn xml(body: impl Into<String>) -> Self {
        Self { status: 200, kind: "text/xml", body: body.into(), missing: 0 }
    }
}

/// Serves these replies; operations without one get an empty answer. Its address.
fn serve(reply: fn(&str) -> Option<Reply>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || answer(stream.unwrap(), reply));
        }
    });
    url
}

fn answer(mut stream: TcpStream, reply: fn(&str) -> Option<Reply>) {
    let operation = operation(&stream);
    let reply = reply(&operation).unwrap_or_else(|| empty(&operation));
    let (status, kind, body) = (reply.status, reply.kind, reply.body);
    let length = body.len() + reply.missing;
    let head =
        format!("HTTP/1.1 {status} Canned\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n");
    // A client that hangs up in the middle is part of some tests.
    let _ = write!(stream, "{head}Connection: close\r\n\r\n{body}");
}

/// Reads a request: `Action` of the query protocols, or the path.
fn operation(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut lines = reader.by_ref().lines().map(Result::unwrap).take_while(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let length = lines.filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then(|| value.parse::<u64>().unwrap())
    });
    let length = length.last().unwrap_or(0);
    let mut body = String::new();
    reader.take(length).read_to_string(&mut body).unwrap();
    let action = body.split('&').find_map(|pair| pair.strip_prefix("Action="));
    action.map_or(first, str::to_owned)
}

fn empty(operation: &str) -> Reply {
    if operation.starts_with("GET ") {
        return Reply { kind: "application/json", ..Reply::xml(r#"{"Functions": []}"#) };
    }
    let result = format!("<{operation}Result></{operation}Result>");
    Reply::xml(format!("<{operation}Response>{result}</{operation}Response>"))
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
        let page =
            Reply { status: 403, kind: "text/html", ..Reply::xml("<html><p>Blocked by proxy") };
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
        operation(&stream);
        asked.send(()).unwrap();
        left.send(stream.read(&mut [0]).unwrap()).unwrap();
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
    assert_eq!(has_left.recv(), Ok(0), "the connection is closed from the other side");
}
