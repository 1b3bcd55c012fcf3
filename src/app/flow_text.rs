//! The traffic of a question as people type it: `5432`, `tcp 443`, `udp/53`, `icmp`, `all`.

use crate::model::traffic::Protocol;
use crate::reach::Flow;

/// Reads a flow.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn parse(text: &str) -> Result<Flow, String> {
    let lower = text.to_lowercase();
    let words = lower.split([' ', '/', ':']).filter(|word| !word.is_empty());
    let mut flow = Flow { protocol: Some(Protocol::TCP), ..Flow::default() };
    let mut any = false;
    for word in words {
        any = true;
        if matches!(word, "all" | "any") {
            flow.protocol = None;
        } else if let Some(protocol) = protocol(word) {
            flow.protocol = Some(protocol);
        } else {
            flow.port = Some(word.parse().map_err(|_| explain(word))?);
        }
    }
    if !any {
        return Err("type a port, such as 5432, or a protocol and a port".to_owned());
    }
    let has_ports = matches!(flow.protocol, Some(Protocol::TCP | Protocol::UDP));
    if flow.port.is_some() && !has_ports {
        return Err("only tcp and udp have ports".to_owned());
    }
    Ok(flow)
}

/// Writes a flow so that [`parse`] reads it again.
pub fn write(flow: &Flow) -> String {
    let protocol = match flow.protocol {
        None => "all".to_owned(),
        Some(Protocol::TCP) => "tcp".to_owned(),
        Some(Protocol::UDP) => "udp".to_owned(),
        Some(Protocol::ICMP) => "icmp".to_owned(),
        Some(Protocol::ICMPV6) => "icmpv6".to_owned(),
        Some(Protocol(number)) => format!("protocol-{number}"),
    };
    flow.port.map_or(protocol.clone(), |port| format!("{protocol} {port}"))
}

/// The protocol that a word names.
fn protocol(word: &str) -> Option<Protocol> {
    match word {
        "tcp" => Some(Protocol::TCP),
        "udp" => Some(Protocol::UDP),
        "icmp" | "ping" => Some(Protocol::ICMP),
        "icmpv6" => Some(Protocol::ICMPV6),
        _ => word.strip_prefix("protocol-")?.parse().ok().map(Protocol),
    }
}

fn explain(word: &str) -> String {
    format!("`{word}` is neither tcp, udp, icmp or all nor a port from 0 to 65535")
}

#[cfg(test)]
mod tests {
    use super::{parse, write};

    #[test]
    fn what_is_typed_comes_back() {
        let cases = [("5432", "tcp 5432"), ("udp/53", "udp 53"), ("443/tcp", "tcp 443")];
        let more =
            [("ping", "icmp"), ("ALL", "all"), ("tcp", "tcp"), ("protocol-47", "protocol-47")];
        for (typed, written) in cases.into_iter().chain(more) {
            assert_eq!(write(&parse(typed).unwrap()), written, "{typed}");
            assert_eq!(parse(written), parse(typed), "{typed}");
        }
    }

    #[test]
    fn nonsense_is_explained() {
        for typed in ["", "  ", "htp", "65536", "icmp 80", "-1"] {
            assert!(parse(typed).is_err(), "{typed}");
        }
    }
}
