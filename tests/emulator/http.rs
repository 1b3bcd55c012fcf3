//! The few requests by which tests steer the emulator.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value;

pub fn get(url: &str, path: &str) -> Value {
    exchange(url, "GET", path, "")
}

pub fn post(url: &str, path: &str, body: &Value) {
    exchange(url, "POST", path, &body.to_string());
}

fn exchange(url: &str, method: &str, path: &str, body: &str) -> Value {
    let address = url.strip_prefix("http://").expect("the emulator speaks HTTP");
    let mut stream = TcpStream::connect(address).expect("the emulator listens");
    let length = body.len();
    let head =
        format!("{method} {path} HTTP/1.0\r\nHost: {address}\r\nContent-Length: {length}\r\n");
    write!(stream, "{head}\r\n{body}").expect("the emulator reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the emulator answers");
    let (_, body) = answer.split_once("\r\n\r\n").expect("an answer has a head and a body");
    serde_json::from_str(body).expect("the emulator answers JSON")
}
