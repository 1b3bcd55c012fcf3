//! A server on loopback that answers as AWS does, or as it does on a bad day: what it says is up to the test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request, as far as tests want to know it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// As it is signed for: `ec2`.
    pub service: String,
    /// As it is signed for.
    pub region: String,
    /// Whose key signed it.
    pub key: String,
    /// `Action` of the query protocols, the target of the JSON ones, or method and path.
    pub operation: String,
    /// `X-Amz-Date`: 20261124T040506Z.
    pub date: String,
    pub body: String,
}

impl Asked {
    /// A parameter of the query protocols, of which tests need no escapes.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let pairs = self.body.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find_map(|(key, value)| (key == name).then_some(value))
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub kind: &'static str,
    pub body: String,
    /// Another header.
    pub header: Option<String>,
    /// Bytes that are promised and never come.
    pub missing: usize,
    /// Whether the connection stays open without an answer.
    pub silent: bool,
}

impl Reply {
    pub fn new(kind: &'static str, body: impl Into<String>) -> Self {
        let body = body.into();
        Self { status: 200, kind, body, header: None, missing: 0, silent: false }
    }

    pub fn xml(body: impl Into<String>) -> Self {
        Self::new("text/xml", body)
    }

    pub fn json(body: impl Into<String>) -> Self {
        Self::new("application/json", body)
    }

    /// An error in the format of the service that was asked.
    pub fn error(asked: &Asked, status: u16, code: &str) -> Self {
        let error = format!("<Error><Code>{code}</Code><Message>so it is</Message></Error>");
        let reply = match asked.service.as_str() {
            "ec2" => Self::xml(format!(
                "<Response><Errors>{error}</Errors><RequestID>1</RequestID></Response>"
            )),
            "rds" | "elasticloadbalancing" | "sts" | "elasticache" | "redshift" => {
                Self::xml(format!("<ErrorResponse>{error}</ErrorResponse>"))
            }
            _ => Self {
                header: Some(format!("x-amzn-ErrorType: {code}")),
                ..Self::json(r#"{"message": "so it is"}"#)
            },
        };
        Self { status, ..reply }
    }

    /// Nothing, for ever.
    pub fn silence() -> Self {
        Self { silent: true, ..Self::xml("") }
    }
}

/// A running server.
pub struct Server {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Serves these replies; where there is none, an empty answer.
    pub fn start(reply: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (reply, note) = (Arc::new(reply), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (reply, note) = (Arc::clone(&reply), Arc::clone(&note));
                std::thread::spawn(move || serve(&stream.unwrap(), &*reply, &note));
            }
        });
        Self { url, asked }
    }

    /// How often an operation was asked for.
    pub fn count(&self, operation: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|asked| asked.operation == operation).count()
    }

    /// Everything that was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// Answers the requests of one connection until the client is gone.
fn serve(stream: &TcpStream, reply: &dyn Fn(&Asked) -> Option<Reply>, note: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(stream);
    while let Some(asked) = read(&mut reader) {
        note.lock().unwrap().push(asked.clone());
        let reply = reply(&asked).unwrap_or_else(|| empty(&asked));
        if reply.silent {
            // Ends when the client has waited long enough and hangs up.
            let _ = reader.read(&mut [0]);
            return;
        }
        // A client that hangs up in the middle is part of some tests.
        if write(stream, &reply).is_err() || reply.missing > 0 {
            return;
        }
    }
}

fn write(mut stream: &TcpStream, reply: &Reply) -> std::io::Result<()> {
    let Reply { status, kind, body, header, missing, .. } = reply;
    let length = body.len() + missing;
    let header = header.as_ref().map(|header| format!("{header}\r\n")).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status} Canned\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{header}\r\n"
    );
    stream.write_all((head + body).as_bytes())
}

/// The next request; none when the client hangs up.
fn read(reader: &mut BufReader<&TcpStream>) -> Option<Asked> {
    let mut lines = reader.by_ref().lines().map_while(Result::ok);
    let first = lines.next()?;
    let mut asked = Asked { operation: without_version(&first).to_owned(), ..Asked::default() };
    let mut length = 0;
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ")?;
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "x-amz-date" => value.clone_into(&mut asked.date),
            "x-amz-target" => value.split('.').next_back()?.clone_into(&mut asked.operation),
            "authorization" => scope(value, &mut asked),
            _ => {}
        }
    }
    reader.take(length).read_to_string(&mut asked.body).ok()?;
    if let Some(action) = asked.parameter("Action") {
        asked.operation = action.to_owned();
    }
    Some(asked)
}

/// `GET /path` of `GET /path?query HTTP/1.1`.
fn without_version(line: &str) -> &str {
    let end = line.find('?').or_else(|| line.rfind(' '));
    &line[..end.unwrap_or(line.len())]
}

/// `AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, ...`.
fn scope(authorization: &str, asked: &mut Asked) {
    let scope = authorization.split_once("Credential=").map_or("", |(_, scope)| scope);
    let parts: Vec<_> = scope.split('/').map(str::to_owned).collect();
    if let [key, _, region, service, ..] = parts.as_slice() {
        (asked.key, asked.region, asked.service) = (key.clone(), region.clone(), service.clone());
    }
}

/// What AWS says when there is nothing.
fn empty(asked: &Asked) -> Reply {
    let operation = &asked.operation;
    match asked.service.as_str() {
        "ec2" => Reply::xml(format!("<{operation}Response></{operation}Response>")),
        "rds" | "elasticloadbalancing" | "sts" | "elasticache" | "redshift" => {
            let result = format!("<{operation}Result></{operation}Result>");
            Reply::xml(format!("<{operation}Response>{result}</{operation}Response>"))
        }
        _ => Reply::json("{}"),
    }
}
