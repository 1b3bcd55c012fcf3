//! A masked network answers as the original does: every question of the scenarios, and every pair of ends of the
//! embedded networks.

use std::fmt::Write as _;

use vpctui::model::dump::Dump;
use vpctui::model::ids::VpcId;
use vpctui::reach::{End, Flow, Question, verdict};
use vpctui::snapshot::mask::{Mask, mask};
use vpctui::store::Store;
use vpctui::tour::networks;

/// A network beside its masked self.
pub struct Both {
    original: Store,
    masked: Store,
    mask: Mask,
}

impl Both {
    pub fn of(dump: &Dump) -> Self {
        let masked = mask(dump).expect("the model reads what it wrote");
        let mask = Mask::of(dump).expect("the model writes itself");
        Self { original: Store::build(dump.clone()), masked: Store::build(masked), mask }
    }

    /// How the two answers differ, if they do.
    pub fn difference(&mut self, question: &Question) -> Option<String> {
        let asked = Question {
            from: self.end(&question.from),
            to: self.end(&question.to),
            flow: question.flow.clone(),
        };
        let expected = verdict(&self.original, question);
        let got = verdict(&self.masked, &asked);
        (got != expected).then(|| {
            format!("{:?} -> {:?}: {expected}\n{asked:?}: {got}\n", question.from, question.to)
        })
    }

    /// The same end in the masked network.
    fn end(&mut self, end: &End) -> End {
        let mut id = |text: &str| self.mask.text(text);
        match end {
            End::Instance(one) => End::Instance(id(one.as_str()).into()),
            End::Interface(one) => End::Interface(id(one.as_str()).into()),
            End::Function(one) => End::Function(id(one.as_str()).into()),
            End::Database(one) => End::Database(id(one.as_str()).into()),
            End::Cluster(one) => End::Cluster(id(one.as_str()).into()),
            End::Proxy(one) => End::Proxy(id(one.as_str()).into()),
            End::LoadBalancer(one) => End::LoadBalancer(id(one.as_str()).into()),
            End::NatGateway(one) => End::NatGateway(id(one.as_str()).into()),
            End::Endpoint(one) => End::Endpoint(id(one.as_str()).into()),
            End::Address(address, vpc) => {
                let vpc = vpc.as_ref().map(|vpc| VpcId::from(id(vpc.as_str())));
                End::Address(id(&address.to_string()).parse().expect("an address"), vpc)
            }
            End::Prefix(prefix) => End::Prefix(id(&prefix.to_string()).parse().expect("a prefix")),
            End::Internet => End::Internet,
            End::Service(name) => End::Service(name.clone()),
        }
    }
}

/// The embedded networks at every stage.
pub fn embedded() -> Vec<(String, Dump)> {
    let names = networks::names().iter().flat_map(|one| {
        let stages = one.stages.iter().map(|stage| format!("{}:{}", one.name, stage.name));
        std::iter::once(one.name.to_owned()).chain(stages)
    });
    names.map(|name| (name.clone(), networks::network(&name).expect("embedded"))).collect()
}

/// Whatever traffic can come from or go to.
pub fn ends(store: &Store) -> Vec<End> {
    let instances = store.instances.iter().map(|one| End::Instance(one.instance_id.clone()));
    let listed = store.interfaces.iter().filter(|one| !one.is_virtual());
    let interfaces = listed.map(|one| End::Interface(one.id.clone()));
    let functions = store.functions.iter().map(|one| End::Function(one.function_arn.clone()));
    let databases = store.databases.iter().filter_map(|one| one.db_instance_arn.clone());
    let balancers =
        store.load_balancers.iter().map(|one| End::LoadBalancer(one.load_balancer_arn.clone()));
    let endpoints =
        store.vpc_endpoints.iter().map(|one| End::Endpoint(one.vpc_endpoint_id.clone()));
    let addresses = store.interfaces.iter().flat_map(|one| {
        one.addresses.iter().filter_map(|own| own.public).map(|public| End::Address(public, None))
    });
    let outside = ["198.51.100.77", "203.0.113.10", "8.8.8.8", "10.9.9.9"];
    let outside = outside.map(|ip| End::Address(ip.parse().expect("an address"), None));
    let named = ["s3", "secretsmanager"].map(|name| End::Service(name.to_owned()));
    let ends = instances.chain(interfaces).chain(functions).chain(balancers).chain(endpoints);
    let ends = ends.chain(databases.map(End::Database)).chain(addresses).chain(outside);
    ends.chain(named).chain([End::Internet]).collect()
}

#[test]
fn every_answer_about_the_embedded_networks_stays_the_same() {
    let mut differences = String::new();
    for (name, dump) in embedded() {
        let mut both = Both::of(&dump);
        let ends = ends(&both.original);
        let flows = [Flow::default(), Flow::tcp(443), Flow::tcp(5432)];
        for (from, to) in ends.iter().flat_map(|from| ends.iter().map(move |to| (from, to))) {
            for flow in &flows {
                let question = Question { from: from.clone(), to: to.clone(), flow: flow.clone() };
                if let Some(said) = both.difference(&question) {
                    let _ = writeln!(differences, "{name}: {said}");
                }
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn what_cannot_be_told_of_the_original_cannot_be_told_of_the_masked_one() {
    use vpctui::model::catalogue::CALLS;
    for (name, dump) in embedded() {
        let masked = mask(&dump).expect("the model reads what it wrote");
        for (original, masked) in dump.regions.iter().zip(&masked.regions) {
            assert_eq!(original.region, masked.region, "{name}");
            for call in CALLS {
                let count = |region: &vpctui::model::dump::RegionDump| {
                    (
                        region.resources.count(call.envelope),
                        region.coverage.is_complete(call.envelope),
                    )
                };
                assert_eq!(count(original), count(masked), "{name}: {}", call.key);
            }
        }
    }
}
