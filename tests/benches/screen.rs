//! From a key to the frame that shows it, at three sizes of a network. What is computed beside the loop that waits for keys
//! is measured by itself: nobody's next key waits for it.
//!
//! On 2026-11-25, two shared cores (upper bounds), 200x60:
//!
//! | key | 1,000 interfaces | 10,000 | 100,000 |
//! |---|---|---|---|
//! | down in the tree | 0.59 ms | 0.56 ms | 0.77 ms |
//! | a letter of a filter | 0.57 ms | 0.54 ms | 0.81 ms |
//! | the end of a filter | 0.57 ms | 0.65 ms | 3.4 ms |
//! | close everything | 0.28 ms | 0.41 ms | 2.6 ms |
//! | a rule of a group | 0.57 ms | 0.57 ms | 0.88 ms |
//! | a letter in the palette | 0.67 ms | 0.68 ms | 1.2 ms |
//! | a letter in the wizard | 0.34 ms | 0.37 ms | 0.68 ms |

mod network;

use std::sync::Arc;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use vpctui::app::{Beginning, Code, Effect, Key, Message, Prepared, State, Work, update};
use vpctui::store::Store;
use vpctui::ui;

const SIZES: [u32; 3] = [1_000, 10_000, 100_000];
const SIZE: (u16, u16) = (200, 60);

/// A screen in front of a network, everything open, in the middle of it.
fn screen(interfaces: u32) -> State {
    let store = Arc::new(Store::build(network::network(interfaces)));
    let (columns, rows) = SIZE;
    let mut state = State::new(Beginning { columns, rows, ..Beginning::default() });
    take(&mut state, Message::Network(Prepared::new(store, true)));
    for key in "*".chars() {
        take(&mut state, Message::Key(Key::char(key)));
    }
    for _ in 0..15 {
        take(&mut state, Message::Key(Key::plain(Code::PageDown)));
    }
    state
}

/// Takes a message and does what it asks for.
fn take(state: &mut State, message: Message) {
    for effect in update(state, message) {
        if let Effect::Work(work) = effect {
            let mut told = Vec::new();
            work.run(&mut |message| told.push(message));
            for message in told {
                take(state, message);
            }
        }
    }
}

/// The keys, each with the keys that lead to where it is pressed.
const KEYS: [(&str, &str, Key); 15] = [
    ("down", "", Key::plain(Code::Down)),
    ("page down", "", Key::plain(Code::PageDown)),
    ("last", "", Key::plain(Code::End)),
    ("close", "", Key::plain(Code::Left)),
    ("close everything", "", Key::char('-')),
    ("letter of a filter", "/eni-0", Key::char('0')),
    ("letter of nothing found", "/nothing", Key::char('x')),
    ("rule of a group", "g", Key::char('j')),
    ("end of a filter", "/eni", Key::plain(Code::Esc)),
    ("palette", "", Key::char(':')),
    ("letter in the palette", ":eni-0", Key::char('0')),
    ("wizard", "", Key::char('w')),
    ("letter in the wizard", "weni-0", Key::char('0')),
    ("help", "", Key::char('?')),
    ("raw", "", Key::char('v')),
];

fn keys(criterion: &mut Criterion) {
    let area = Rect { x: 0, y: 0, width: SIZE.0, height: SIZE.1 };
    for size in SIZES {
        let state = screen(size);
        for (name, before, key) in KEYS {
            let mut group = criterion.benchmark_group(format!("key to frame, {name}"));
            group.sample_size(20);
            let mut state = state.clone();
            before.chars().for_each(|key| take(&mut state, Message::Key(Key::char(key))));
            group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
                bencher.iter_batched(
                    || (state.clone(), Buffer::empty(area)),
                    |(mut state, mut buffer)| {
                        let effects = update(&mut state, Message::Key(key));
                        let extents = ui::paint(&mut buffer, &state);
                        (state, buffer, effects, extents)
                    },
                    BatchSize::PerIteration,
                );
            });
        }
    }
}

/// The work that keys leave to the workers, and what taking its outcome in costs.
fn work(criterion: &mut Criterion) {
    for size in SIZES {
        let mut state = screen(size);
        take(&mut state, Message::Key(Key::char('/')));
        let effects = update(&mut state, Message::Key(Key::char('e')));
        let search = effects.into_iter().find_map(|effect| match effect {
            Effect::Work(work @ Work::Search(_)) => Some(work),
            _ => None,
        });
        let Some(search) = search else { continue };
        let mut group = criterion.benchmark_group("beside the loop");
        group.sample_size(20);
        group.bench_function(BenchmarkId::new("search that finds all", size), |bencher| {
            bencher.iter(|| search.run(&mut |_| {}));
        });
        let mut found = None;
        search.run(&mut |message| found = Some(message));
        let Some(found) = found else { continue };
        group.bench_function(BenchmarkId::new("taking in what it found", size), |bencher| {
            bencher.iter_batched(
                || (state.clone(), found.clone()),
                |(mut state, found)| {
                    let effects = update(&mut state, found);
                    (state, effects)
                },
                BatchSize::PerIteration,
            );
        });
    }
}

/// Opens what is shown of a whole VPC: the longest sheet there is.
fn sheets(criterion: &mut Criterion) {
    let area = Rect { x: 0, y: 0, width: SIZE.0, height: SIZE.1 };
    let mut group = criterion.benchmark_group("key to frame, down in the details of a VPC");
    group.sample_size(20);
    for size in SIZES {
        let mut state = screen(size);
        for key in [Key::plain(Code::Home), Key::plain(Code::Tab), Key::char('j')] {
            take(&mut state, Message::Key(key));
        }
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter_batched(
                || (state.clone(), Buffer::empty(area)),
                |(mut state, mut buffer)| {
                    let effects = update(&mut state, Message::Key(Key::plain(Code::Down)));
                    let extents = ui::paint(&mut buffer, &state);
                    (state, buffer, effects, extents)
                },
                BatchSize::PerIteration,
            );
        });
    }
}

criterion_group!(benches, keys, work, sheets);
criterion_main!(benches);
