//! How long one question takes, how long everything takes, and how both grow with the network.
//!
//! On 2026-11-26, two shared cores (upper bounds):
//!
//! | | 5,000 interfaces | 100,000 interfaces |
//! |---|---|---|
//! | building the store | 7.3 ms | 361 ms |
//! | sorting the interfaces into classes | 3.7 ms | 127 ms |
//! | one verdict, on average of seven questions | 4.9 µs | 8.0 µs |
//! | one answer with every step and reason | 8.6 µs | 15 µs |
//! | one entry of `check`, names and sentence included | 21 µs | 22 µs |
//! | who reaches one interface | 0.62 ms | 18 ms |
//! | what one interface reaches | 1.2 ms | 19 ms |
//! | all pairs | 0.63 s (25 million) | |
//!
//! All pairs of 1,250 and 2,500 interfaces take 0.17 and 0.30 s: with the interfaces, and not with their pairs. One verdict
//! grows with the number of public addresses where the internet is an end: it is asked as a set without them. The time
//! that criterion prints of questions and entries is that of all of them; it prints besides how many it answers a second.

mod network;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use vpctui::reach::whole::{Scope, reach};
use vpctui::reach::{End, Flow, Question, explain, naming, verdict};
use vpctui::report::why;
use vpctui::store::Store;

const SIZES: [u32; 2] = [5_000, 100_000];

fn end(vpc: u32, number: u32) -> End {
    End::Interface(network::interface_id(vpc, number).into())
}

/// Questions with different fates: inside a service, across a peering, to another service, out, and in.
fn questions() -> Vec<Question> {
    let flow = Flow::tcp;
    let ask = |from, to, flow| Question { from, to, flow };
    vec![
        ask(end(3, 0), end(3, 10), flow(8080)),
        ask(end(3, 10), end(3, 20), flow(5432)),
        ask(end(0, 0), end(3, 20), flow(22)),
        ask(end(3, 11), end(3, 20), flow(5432)),
        ask(end(3, 20), End::Internet, flow(443)),
        ask(End::Internet, end(3, 0), flow(443)),
        ask(end(2, 5), end(3, 25), flow(443)),
    ]
}

fn stores(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10);
    for size in SIZES {
        let dump = network::network(size);
        group.throughput(Throughput::Elements(u64::from(size)));
        group.bench_function(BenchmarkId::new("store", size), |bencher| {
            bencher.iter_with_large_drop(|| Store::build(black_box(dump.clone())));
        });
        let store = Store::build(dump);
        group.bench_function(BenchmarkId::new("classes", size), |bencher| {
            bencher.iter_batched(
                || Store::build(store.source().clone()),
                |store| store.classes().len(),
                criterion::BatchSize::PerIteration,
            );
        });
    }
}

fn one_question(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one question");
    for size in SIZES {
        let store = Store::build(network::network(size));
        let questions = questions();
        group.throughput(Throughput::Elements(questions.len() as u64));
        group.bench_function(BenchmarkId::new("why", size), |bencher| {
            bencher
                .iter(|| questions.iter().map(|q| explain(&store, q).paths.len()).sum::<usize>());
        });
        group.bench_function(BenchmarkId::new("verdict", size), |bencher| {
            bencher.iter(|| {
                let verdicts = questions.iter().map(|question| verdict(&store, question));
                verdicts.map(|verdict| verdict as usize).sum::<usize>()
            });
        });
    }
}

/// What `check` does for each entry of its file: two names, a question, an answer in a sentence.
fn expectations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    let name = |vpc, number| network::interface_id(vpc, number);
    let entries: Vec<_> = (0..500).map(|at| (name(3, at), name(3, (at * 7 + 10) % 500))).collect();
    for size in SIZES {
        let store = Store::build(network::network(size));
        let entry = |(from, to): &(String, String)| {
            let end = |text| naming::resolve(&store, text).unwrap_or(End::Internet);
            let question = Question { from: end(from), to: end(to), flow: Flow::tcp(8080) };
            why::brief(&store, &question).1.len()
        };
        group.throughput(Throughput::Elements(entries.len() as u64));
        group.bench_function(BenchmarkId::new("entries", size), |bencher| {
            bencher.iter(|| entries.iter().map(entry).sum::<usize>());
        });
    }
}

fn whole_network(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("whole network");
    group.sample_size(10);
    for size in SIZES {
        let store = Store::build(network::network(size));
        let to = Scope { to: Some(end(3, 20)), ..Scope::default() };
        let from = Scope { from: Some(end(3, 20)), ..Scope::default() };
        group.bench_function(BenchmarkId::new("who reaches one", size), |bencher| {
            bencher.iter(|| reach(&store, &to).edges().len());
        });
        group.bench_function(BenchmarkId::new("what one reaches", size), |bencher| {
            bencher.iter(|| reach(&store, &from).edges().len());
        });
    }
    for size in [1_250, 2_500, 5_000] {
        let store = Store::build(network::network(size));
        group.throughput(Throughput::Elements(u64::from(size) * u64::from(size)));
        group.bench_function(BenchmarkId::new("all pairs", size), |bencher| {
            bencher.iter(|| reach(&store, &Scope::default()).edges().len());
        });
    }
}

criterion_group!(benches, stores, one_question, expectations, whole_network);
criterion_main!(benches);
