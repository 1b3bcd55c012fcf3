//! Any question of an embedded network: the ends as someone types them, the flow out of the first bytes.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vpctui::model::traffic::Protocol;
use vpctui::reach::{End, Flow, naming};
use vpctui::snapshot;
use vpctui::store::Store;
use vpctui_fuzz::{NETWORKS, ask};

static STORES: LazyLock<Vec<Store>> = LazyLock::new(|| {
    let read = |network: &Vec<(String, String)>| {
        let files = network.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        Store::build(snapshot::read_texts("fuzz", files).expect("an embedded network"))
    };
    NETWORKS.iter().map(read).collect()
});

/// Network, protocol, whether it has one and ports, ICMP type and code, port, source port.
const HEAD: usize = 9;

fuzz_target!(|data: &[u8]| {
    let Some((head, ends)) = data.split_first_chunk::<HEAD>() else { return };
    let [network, protocol, has, kind, code, port @ ..] = *head;
    let Some(store) = STORES.get(usize::from(network) % STORES.len()) else { return };
    let Ok(text) = std::str::from_utf8(ends) else { return };
    let (from, to) = text.split_once('\n').unwrap_or((text, "internet"));
    let (Some(from), Some(to)) = (end(store, from), end(store, to)) else { return };
    let flag = |bit: u8| has & (1 << bit) != 0;
    let flow = Flow {
        protocol: flag(0).then_some(Protocol(protocol)),
        port: flag(1).then_some(u16::from_le_bytes([port[0], port[1]])),
        source_port: flag(2).then_some(u16::from_le_bytes([port[2], port[3]])),
        icmp: flag(3).then_some((kind, flag(4).then_some(code))),
    };
    ask(store, from, to, flow);
});

/// `#N` is the Nth thing of the network; all else is resolved as it is typed.
fn end(store: &Store, text: &str) -> Option<End> {
    match text.strip_prefix('#').map(|number| number.bytes().map(usize::from).sum::<usize>()) {
        Some(number) => {
            let mut candidates = naming::candidates(store);
            let count = candidates.len().max(1);
            candidates.get_mut(number % count).map(|candidate| candidate.end.clone())
        }
        None => naming::resolve(store, text).ok(),
    }
}
