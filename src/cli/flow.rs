//! Protocol and ports as people type them, for `why` and `check`.

use crate::model::traffic::Protocol;
use crate::reach::naming::suggested_flow;
use crate::reach::{End, Flow};
use crate::store::Store;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct Typed {
    /// Destination port
    #[arg(long, value_name = "N", value_parser = port)]
    pub port: Option<u16>,
    /// tcp, udp, icmp (an echo request unless told otherwise), icmpv6, all, or a number
    #[arg(long, value_name = "P")]
    pub protocol: Option<String>,
    /// Source port
    #[arg(long, value_name = "N", value_parser = port)]
    pub source_port: Option<u16>,
    /// ICMP type
    #[arg(long, value_name = "N")]
    pub icmp_type: Option<u8>,
    /// ICMP code
    #[arg(long, value_name = "N", requires = "icmp_type")]
    pub icmp_code: Option<u8>,
}

/// A port by its number.
fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "a port is a number from 0 to 65535".to_owned())
}

impl Typed {
    /// The flow. What is left open is filled in from what `to` is; a protocol alone keeps the port that fits it.
    ///
    /// # Errors
    /// A sentence: no such protocol, or a port of a protocol that has none.
    pub fn flow(&self, store: &Store, to: &End) -> Result<Flow, String> {
        self.flow_or(&suggested_flow(store, to))
    }

    /// The flow. What is left open is filled in from `suggested`; a protocol alone keeps the port that fits it.
    ///
    /// # Errors
    /// A sentence: no such protocol, or a port of a protocol that has none.
    pub fn flow_or(&self, suggested: &Flow) -> Result<Flow, String> {
        let protocol = self.protocol(suggested)?;
        let fits = protocol == suggested.protocol;
        let flow = Flow {
            protocol,
            port: self.port.or(suggested.port.filter(|_| fits)),
            source_port: self.source_port,
            icmp: self.icmp_type.map(|kind| (kind, self.icmp_code)),
        };
        self.fits(&flow)?;
        Ok(flow)
    }

    fn protocol(&self, suggested: &Flow) -> Result<Option<Protocol>, String> {
        match self.protocol.as_deref() {
            None if self.icmp_type.is_some() => Ok(Some(Protocol::ICMP)),
            None if self.port.is_some() || self.source_port.is_some() => Ok(Some(Protocol::TCP)),
            None => Ok(suggested.protocol),
            Some("all" | "any" | "-1") => Ok(None),
            Some(text) => Protocol::parse(text).map(Some).ok_or_else(|| {
                format!("`{text}` is no protocol: tcp, udp, icmp, icmpv6, all, or a number to 255")
            }),
        }
    }

    fn fits(&self, flow: &Flow) -> Result<(), String> {
        let ports = flow.protocol.is_some_and(Protocol::has_ports);
        let icmp = matches!(flow.protocol, Some(Protocol::ICMP | Protocol::ICMPV6));
        if !ports && (self.port.is_some() || self.source_port.is_some()) {
            return Err("only tcp and udp have ports".to_owned());
        }
        if !icmp && (self.icmp_type.is_some() || self.icmp_code.is_some()) {
            return Err("only icmp and icmpv6 have types and codes".to_owned());
        }
        if self.icmp_code.is_some() && self.icmp_type.is_none() {
            return Err("an ICMP code needs a type".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Typed;
    use crate::model::traffic::Protocol;
    use crate::reach::{End, Flow};
    use crate::store::Store;

    fn typed(protocol: Option<&str>, port: Option<u16>) -> Typed {
        Typed { protocol: protocol.map(str::to_owned), port, ..Typed::default() }
    }

    #[test]
    fn what_is_left_open_comes_from_the_other_end() {
        let store = Store::default();
        let udp = Flow { protocol: Some(Protocol::UDP), port: Some(53), ..Flow::default() };
        let icmp = Flow { protocol: Some(Protocol::ICMP), ..Flow::default() };
        let cases = [
            (typed(None, None), Flow::tcp(443)),
            (typed(Some("tcp"), None), Flow::tcp(443)),
            (typed(None, Some(22)), Flow::tcp(22)),
            (typed(Some("udp"), Some(53)), udp),
            (typed(Some("icmp"), None), icmp),
            (typed(Some("all"), None), Flow::default()),
        ];
        for (typed, expected) in cases {
            assert_eq!(typed.flow(&store, &End::Internet), Ok(expected), "{typed:?}");
        }
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let store = Store::default();
        let code = Typed { icmp_code: Some(1), ..typed(Some("icmp"), None) };
        let kind = Typed { icmp_type: Some(8), ..typed(Some("tcp"), None) };
        let refused = [typed(Some("icmp"), Some(80)), typed(Some("all"), Some(80)), code, kind];
        for typed in
            refused.into_iter().chain([typed(Some("http"), None), typed(Some("256"), None)])
        {
            assert!(typed.flow(&store, &End::Internet).is_err(), "{typed:?}");
        }
    }
}
