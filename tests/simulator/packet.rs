//! A packet.

use std::net::IpAddr;

use vpctui::model::traffic::Protocol;
use vpctui::reach::{End, Flow, Question};

/// One packet, as it is on one hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Number in the header; ICMP is an echo request or its reply.
    pub protocol: u8,
    pub src: IpAddr,
    pub src_port: u16,
    pub dst: IpAddr,
    pub dst_port: u16,
    /// Whether it is an answer.
    pub reply: bool,
}

impl Packet {
    /// The answer to it.
    pub fn answer(&self) -> Self {
        let Self { protocol, src, src_port, dst, dst_port, .. } = *self;
        Self { protocol, src: dst, src_port: dst_port, dst: src, dst_port: src_port, reply: true }
    }

    /// Type and code, if it is ICMP.
    pub fn message(&self) -> Option<(i32, i32)> {
        let kind = match (self.protocol, self.reply) {
            (1, false) => 8,
            (1, true) => 0,
            (58, false) => 128,
            (58, true) => 129,
            _ => return None,
        };
        Some((kind, 0))
    }

    /// Whether it has ports.
    pub fn has_ports(&self) -> bool {
        matches!(self.protocol, 6 | 17)
    }

    /// The same to the engine. Private addresses are unique in random networks.
    pub fn question(&self) -> Question {
        let end = |address| End::Address(address, None);
        Question { from: end(self.src), to: end(self.dst), flow: self.flow() }
    }

    fn flow(&self) -> Flow {
        Flow {
            protocol: Some(Protocol(self.protocol)),
            port: self.has_ports().then_some(self.dst_port),
            source_port: self.has_ports().then_some(self.src_port),
            icmp: None,
        }
    }
}
