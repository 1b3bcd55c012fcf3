//! Any text as one more file of a network: what can be read can be looked at, asked about and written.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vpctui::reach::whole::{Scope, reach};
use vpctui::reach::{End, Flow, naming};
use vpctui::report::tree;
use vpctui::snapshot;
use vpctui::store::Store;
use vpctui::store::tree::Tree;
use vpctui_fuzz::{NETWORKS, ask};

/// More interfaces than this are not asked about in pairs.
const MOST: usize = 64;

fuzz_target!(|data: &[u8]| {
    // The last byte tells which network the file is added to, or that it is alone.
    let Some((last, text)) = data.split_last() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let network = NETWORKS.get(usize::from(*last) % (NETWORKS.len() + 1));
    let files = network.into_iter().flatten().map(|(name, text)| (name.as_str(), text.as_str()));
    let Ok(dump) = snapshot::read_texts("fuzz", files.chain([("one-more.json", text)])) else {
        return;
    };
    let store = Store::build(dump);
    let _ = tree::page(&store, &Tree::build(&store)).to_string();
    if store.interfaces.len() <= MOST {
        let _ = reach(&store, &Scope::default()).edges().len();
    }
    let mut ends = naming::candidates(&store).into_iter().map(|candidate| candidate.end);
    if let (Some(first), Some(last)) = (ends.next(), ends.next_back()) {
        ask(&store, first.clone(), last.clone(), Flow::tcp(443));
        ask(&store, last, End::Internet, Flow::default());
        ask(&store, End::Internet, first, Flow::default());
    }
});
