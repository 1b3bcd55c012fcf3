//! How long a load takes where every answer takes 100 ms, how many requests it makes, and how much memory it needs; and
//! how long the AWS CLI takes for the same calls, one after the other.
//!
//! ```text
//! cargo build --release && cargo bench --bench loader            # the numbers of vpctui
//! cargo bench --bench loader -- --aws aws                        # and of this AWS CLI
//! ```
//!
//! The server is this program itself, started once more with `--serve`; what is measured are programs of their own, so that
//! nobody's memory is counted twice. `VPCTUI` names another binary than the release build's.
//!
//! On 2026-11-27, two shared cores, release build; the AWS CLI 1.46.3 two days before:
//!
//! | interfaces | wall time | requests | peak memory | of it the program's own | JSON saved | AWS CLI, same calls one after the other |
//! |---|---|---|---|---|---|---|
//! | 100 | 0.34 s | | 32 MB | 4 MB | 0.2 MB | |
//! | 5,000 | 0.46 s | 60 | 39 MB | 11 MB | 7 MB | 26.1 s, 57 times as long |
//! | 10,000 | 0.53 s | 60 | 44 MB | 17 MB | 14 MB | 28.2 s, 53 times as long |
//! | 30,000 | 1.2 s | | 62 MB | 35 MB | 42 MB | |
//! | 60,000 | 1.5 s | | 84 MB | 58 MB | 85 MB | |
//!
//! The program with the SDK has 26 MB of code and constants in memory, which the system shares between all that run and
//! takes back when it needs room; the rest is the program's own (`RssAnon`): 4 MB before anything is read, and then less
//! than a byte for each byte of JSON. So the whole is above one and a half times the JSON up to some 30,000 interfaces,
//! and below it from there on.
//!
//! The longest chain of requests is three, 0.30 s: the caller's identity, the first page, and a further page for each
//! digit that an id ends with. The rest is starting, parsing and writing.

#![expect(clippy::expect_used, reason = "what cannot be measured ends the measurement")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const DELAY: Duration = Duration::from_millis(100);
const PAGE: usize = 1_000;
const SIZES: [usize; 2] = [5_000, 10_000];
const SUBNETS: usize = 40;

/// Calls that the AWS CLI is asked for: those of the table that depend on no other.
const CLI: &[&[&str]] = &[
    &["ec2", "describe-vpcs"],
    &["ec2", "describe-dhcp-options"],
    &["ec2", "describe-subnets"],
    &["ec2", "describe-route-tables"],
    &["ec2", "describe-security-groups"],
    &["ec2", "describe-security-group-vpc-associations"],
    &["ec2", "describe-network-acls"],
    &["ec2", "describe-network-interfaces"],
    &["ec2", "describe-addresses"],
    &["ec2", "describe-instances"],
    &["ec2", "describe-internet-gateways"],
    &["ec2", "describe-egress-only-internet-gateways"],
    &["ec2", "describe-nat-gateways"],
    &["ec2", "describe-vpc-peering-connections"],
    &["ec2", "describe-vpc-endpoints"],
    &["ec2", "describe-prefix-lists"],
    &["ec2", "describe-managed-prefix-lists"],
    &["ec2", "describe-vpc-block-public-access-options"],
    &["ec2", "describe-vpc-block-public-access-exclusions"],
    &["ec2", "describe-transit-gateways"],
    &["ec2", "describe-transit-gateway-attachments"],
    &["ec2", "describe-transit-gateway-vpc-attachments"],
    &["ec2", "describe-transit-gateway-peering-attachments"],
    &["ec2", "describe-transit-gateway-route-tables"],
    &["ec2", "describe-vpn-gateways"],
    &["ec2", "describe-customer-gateways"],
    &["ec2", "describe-vpn-connections"],
    &["lambda", "list-functions"],
    &["rds", "describe-db-instances"],
    &["rds", "describe-db-clusters"],
    &["rds", "describe-db-cluster-endpoints"],
    &["rds", "describe-db-subnet-groups"],
    &["rds", "describe-db-proxies"],
    &["rds", "describe-db-proxy-endpoints"],
    &["elbv2", "describe-load-balancers"],
    &["elbv2", "describe-target-groups"],
    &["ecs", "list-clusters"],
    &["elasticache", "describe-cache-clusters"],
    &["redshift", "describe-clusters"],
    &["efs", "describe-file-systems"],
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |flag: &str| {
        let at = arguments.iter().position(|argument| argument == flag)?;
        arguments.get(at + 1).cloned()
    };
    match after("--serve") {
        Some(size) => serve(size.parse().expect("a number of interfaces")),
        None => SIZES.iter().for_each(|size| measure(*size, after("--aws").as_deref())),
    }
}

fn measure(size: usize, aws: Option<&str>) {
    let server = Server::start(size);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let saved = folder.path().join("saved");
    let started = Instant::now();
    let mut save = program(&server.url, &binary());
    save.arg("save").arg(&saved);
    let peak = peak_memory(save);
    let wall = started.elapsed();
    let (requests, written) = (server.requests(), bytes(&saved));
    println!("{size} interfaces: {wall:.2?}, {requests} requests");
    println!("  peak memory {} KiB, JSON saved {} KiB", peak / 1024, written / 1024);
    if let Some(aws) = aws {
        let started = Instant::now();
        for call in CLI {
            let mut command = program(&server.url, &PathBuf::from(aws));
            command.args(*call).args(["--output", "json"]).stdout(Stdio::null());
            assert!(command.status().expect("the AWS CLI runs").success(), "{call:?}");
        }
        let cli = started.elapsed();
        println!(
            "  AWS CLI {cli:.1?}: {:.0} times as long",
            cli.as_secs_f64() / wall.as_secs_f64()
        );
    }
}

/// A program that finds the server in place of AWS.
fn program(url: &str, binary: &PathBuf) -> Command {
    let mut command = Command::new(binary);
    command
        .env("AWS_ENDPOINT_URL", url)
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_DEFAULT_REGION", "eu-west-1")
        .env("AWS_ACCESS_KEY_ID", "key")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

fn binary() -> PathBuf {
    let named = std::env::var_os("VPCTUI").map(PathBuf::from);
    named.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/release/vpctui"))
}

/// Runs it to its end; the most memory that it had, where the system tells.
fn peak_memory(mut command: Command) -> usize {
    let mut child = command.spawn().expect("vpctui is built");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("it can be waited for").is_none() {
        peak = peak.max(resident(&status).unwrap_or_default());
        // The system keeps the peak itself, but only while the process lives: it is looked up until the end.
        std::thread::sleep(Duration::from_millis(5));
    }
    peak
}

fn resident(status: &str) -> Option<usize> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<usize>().ok().map(|kib| kib * 1024)
}

fn bytes(folder: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("it was saved");
    let size = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(data) if data.is_dir() => bytes(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    };
    entries.filter_map(Result::ok).map(size).sum()
}

/// The server, as a process of its own.
struct Server {
    url: String,
    process: Child,
}

impl Server {
    fn start(size: usize) -> Self {
        let this = std::env::current_exe().expect("this program has a path");
        let mut process = Command::new(this)
            .args(["--serve", &size.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let output = process.stdout.take().expect("its output is a pipe");
        let mut url = String::new();
        BufReader::new(output).read_line(&mut url).expect("it says where it is");
        Self { url: url.trim().to_owned(), process }
    }

    fn requests(&self) -> String {
        let address = self.url.strip_prefix("http://").expect("it speaks HTTP");
        let mut stream = TcpStream::connect(address).expect("it listens");
        write!(stream, "GET /count HTTP/1.1\r\n\r\n").expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer.rsplit("\r\n").next().unwrap_or_default().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn serve(size: usize) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    println!("http://{}", listener.local_addr().expect("it is bound"));
    let (network, requests) = (Arc::new(Network::of(size)), Arc::new(AtomicUsize::new(0)));
    for stream in listener.incoming() {
        let (network, requests) = (Arc::clone(&network), Arc::clone(&requests));
        std::thread::spawn(move || stream.map(|stream| connection(&stream, &network, &requests)));
    }
}

/// Answers until the client hangs up.
fn connection(stream: &TcpStream, network: &Network, requests: &AtomicUsize) -> Option<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut lines = reader.by_ref().lines().map_while(Result::ok);
        let first = lines.next()?;
        let length = lines.take_while(|line| !line.is_empty()).filter_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then(|| value.parse::<u64>().ok())?
        });
        let length = length.last().unwrap_or(0);
        let mut body = String::new();
        reader.by_ref().take(length).read_to_string(&mut body).ok()?;
        if first.starts_with("GET /count") {
            let count = requests.load(Ordering::SeqCst);
            write!(&mut &*stream, "HTTP/1.1 200 OK\r\n\r\n{count}").ok()?;
            return None;
        }
        requests.fetch_add(1, Ordering::SeqCst);
        // The way to AWS and back, which is what is simulated.
        std::thread::sleep(DELAY);
        let (kind, answer) = network.answer(&first, &body);
        let length = answer.len();
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n");
        (&mut &*stream).write_all((head + &answer).as_bytes()).ok()?;
    }
}

/// Interfaces in forty subnets.
struct Network {
    interfaces: Vec<String>,
    subnets: String,
}

impl Network {
    fn of(size: usize) -> Self {
        let free = 4096 - 5 - size / SUBNETS;
        let subnet = |number| {
            format!(
                "<item><subnetId>subnet-{number}</subnetId><vpcId>vpc-1</vpcId>\
                 <cidrBlock>10.0.{}.0/20</cidrBlock><state>available</state>\
                 <availableIpAddressCount>{free}</availableIpAddressCount></item>",
                number * 16 % 256
            )
        };
        Self {
            interfaces: (0..size).map(interface).collect(),
            subnets: (0..SUBNETS).map(subnet).collect(),
        }
    }

    fn answer(&self, first: &str, body: &str) -> (&'static str, String) {
        if first.starts_with("GET ") || body.starts_with('{') {
            return ("application/json", r#"{"Functions": []}"#.to_owned());
        }
        let of = |wanted: &str| {
            let mut pairs = body.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find_map(|(name, value)| (name == wanted).then_some(value))
        };
        let operation = of("Action").unwrap_or_default();
        let list = match operation {
            "DescribeVpcs" => {
                "<vpcSet><item><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/8</cidrBlock></item></vpcSet>"
                    .to_owned()
            }
            "DescribeSubnets" => format!("<subnetSet>{}</subnetSet>", self.subnets),
            "DescribeNetworkInterfaces" => self.page(body, of("NextToken")),
            _ => format!("<{operation}Result></{operation}Result>"),
        };
        ("text/xml", format!("<{operation}Response>{list}</{operation}Response>"))
    }

    /// Of all interfaces, or of those whose ids end with the digit that the filter names.
    fn page(&self, body: &str, token: Option<&str>) -> String {
        let digit = body.split("=eni-").nth(1).and_then(|pattern| pattern.split('&').next());
        let digit = digit
            .and_then(|pattern| usize::from_str_radix(pattern.get(pattern.len() - 1..)?, 16).ok());
        let from: usize = token.and_then(|token| token.parse().ok()).unwrap_or(0);
        let wanted = |number: usize| digit.is_none_or(|digit| number % 16 == digit);
        let all = self.interfaces.iter().enumerate().filter(|(number, _)| wanted(*number));
        let mut rest = all.skip(from).map(|(_, interface)| interface.as_str());
        let items: String = rest.by_ref().take(PAGE).collect();
        let next = rest.next().map(|_| format!("<nextToken>{}</nextToken>", from + PAGE));
        let next = next.unwrap_or_default();
        format!("<networkInterfaceSet>{items}</networkInterfaceSet>{next}")
    }
}

/// With the fields that AWS sends.
fn interface(number: usize) -> String {
    let address = format!("10.{}.{}.{}", number / 65_536, number / 256 % 256, number % 256);
    let subnet = number % SUBNETS;
    format!(
        "<item><networkInterfaceId>eni-{number:017x}</networkInterfaceId>\
         <subnetId>subnet-{subnet}</subnetId><vpcId>vpc-1</vpcId>\
         <availabilityZone>eu-west-1a</availabilityZone><description>one of many</description>\
         <ownerId>123456789012</ownerId><requesterManaged>false</requesterManaged>\
         <status>in-use</status><macAddress>02:00:00:00:00:00</macAddress>\
         <privateIpAddress>{address}</privateIpAddress><sourceDestCheck>true</sourceDestCheck>\
         <groupSet><item><groupId>sg-1</groupId><groupName>default</groupName></item></groupSet>\
         <attachment><attachmentId>eni-attach-{number}</attachmentId><deviceIndex>0</deviceIndex>\
         <instanceId>i-{number:017x}</instanceId><instanceOwnerId>123456789012</instanceOwnerId>\
         <status>attached</status><deleteOnTermination>true</deleteOnTermination></attachment>\
         <privateIpAddressesSet><item><privateIpAddress>{address}</privateIpAddress>\
         <primary>true</primary></item></privateIpAddressesSet>\
         <tagSet><item><key>Name</key><value>web-{number}</value></item></tagSet>\
         <interfaceType>interface</interfaceType></item>"
    )
}
