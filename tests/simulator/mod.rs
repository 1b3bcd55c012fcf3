//! The engine against a second opinion: one concrete packet at a time, walked hop by hop over AWS's own data.
//!
//! [`walk`] is written from the rule book alone: linear scans over the model, no index, no sets, and nothing of the store
//! or the engine. [`random`] makes networks and packets out of a seed. Where both disagree, the network is printed in the
//! notation of [`crate::notation`], ready to become a scenario file.

mod filter;
mod packet;
mod random;
mod walk;

use vpctui::reach::{Verdict, explain, verdict};
use vpctui::store::Store;

pub use self::random::Random;
use self::walk::Simulator;
use crate::scenarios::told;

/// How many packets an ordinary run sends; set to send more.
const PACKETS: &str = "VPCTUI_SIMULATED_PACKETS";
const ORDINARY: u64 = 15_000;
/// Packets through one network.
const PER_NETWORK: u64 = 200;

#[test]
fn simulator_and_engine_agree() {
    let wanted = std::env::var(PACKETS).ok().and_then(|text| text.parse().ok());
    let networks = wanted.unwrap_or(ORDINARY).div_ceil(PER_NETWORK);
    let mut counts = [0_u64; 4];
    for seed in 1..=networks {
        let mut random = Random::new(seed);
        let network = random.network();
        let dump = network.dump();
        let resources = dump.regions[0].resources.clone();
        let store = Store::build(dump);
        for _ in 0..PER_NETWORK {
            let packet = random.packet(&resources);
            let expected = Simulator::new(&resources).verdict(&packet);
            let asked = packet.question();
            let got = verdict(&store, &asked);
            counts[got as usize] += 1;
            assert!(
                got == expected,
                "seed {seed}: {packet:?}\nsimulator: {expected}, engine: {got}\n{}\n{}",
                told(&explain(&store, &asked)),
                toml::to_string(&network).expect("a network is text"),
            );
        }
    }
    let [reachable, partial, blocked, unknown] = counts;
    println!("reachable {reachable}, partial {partial}, blocked {blocked}, unknown {unknown}");
    assert!(reachable * 8 > blocked && partial > 0, "the networks are worth asking: {counts:?}");
}

impl From<walk::Outcome> for Verdict {
    fn from(outcome: walk::Outcome) -> Self {
        match outcome {
            walk::Outcome::Answered => Self::Reachable,
            walk::Outcome::Sometimes => Self::Partial,
            walk::Outcome::Lost => Self::Blocked,
        }
    }
}
