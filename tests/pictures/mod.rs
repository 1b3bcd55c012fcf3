//! The pictures of the README, out of the real binary: `VPCTUI_PICTURES=screenshots cargo test --no-default-features
//! pictures` writes them anew. Without the variable it only checks that the screens become pictures.

pub mod svg;

use std::path::Path;

use crate::terminal::pty::{Pty, Start};

/// What a picture shows, and the keys that lead there: each is typed once its text is on the screen.
struct Picture {
    name: &'static str,
    size: (u16, u16),
    network: &'static str,
    /// On a light terminal, with the theme for it.
    light: bool,
    steps: &'static [(&'static str, &'static str)],
}

const ASK: &[(&str, &str)] = &[
    ("orders-db", "w"),
    ("where the traffic starts", "export"),
    ("› export", "\r"),
    ("where it goes", "orders-db"),
    ("› orders-db", "\r"),
    ("What blocks", ""),
];

const ASK_LIGHT: &[(&str, &str)] = &[
    ("orders-db", "t"),
    ("theme light", "w"),
    ("where the traffic starts", "export"),
    ("› export", "\r"),
    ("where it goes", "orders-db"),
    ("› orders-db", "\r"),
    ("What blocks", ""),
];

const WHAT_IF: &[(&str, &str)] = &[
    ("orders-db", "w"),
    ("where the traffic starts", "export"),
    ("› export", "\r"),
    ("where it goes", "orders-db"),
    ("› orders-db", "\r"),
    ("What blocks", "i"),
    ("What if", ""),
    ("reachable", ""),
];

const SELECT: &[(&str, &str)] =
    &[("orders-db", "/orders"), ("1 found", "\r"), ("w why", "\u{1b}"), ("bastion", "")];

const GROUP: &[(&str, &str)] = &[
    ("orders-db", "/orders"),
    ("1 found", "\r"),
    ("w why", "\u{1b}"),
    ("bastion", "gj"),
    ("● covers", ""),
];

const PICTURES: &[Picture] = &[
    picture("wizard", (120, 32), "lambda-rds", ASK),
    picture("what-if", (120, 32), "lambda-rds", WHAT_IF),
    picture("group", (120, 32), "lambda-rds:attached", GROUP),
    picture("small", (80, 24), "lambda-rds", SELECT),
    Picture { light: true, ..picture("light", (120, 32), "lambda-rds", ASK_LIGHT) },
];

const fn picture(
    name: &'static str,
    size: (u16, u16),
    network: &'static str,
    steps: &'static [(&'static str, &'static str)],
) -> Picture {
    Picture { name, size, network, light: false, steps }
}

#[test]
fn pictures() {
    let folder = std::env::var("VPCTUI_PICTURES").ok();
    for picture in PICTURES {
        let screen = take(picture);
        let drawn = svg::draw(&screen, picture.light);
        if let Some(folder) = &folder {
            let path = Path::new(folder).join(format!("{}.png", picture.name));
            std::fs::write(path, svg::png(&drawn)).expect("the folder is there");
        }
        assert!(drawn.ends_with("</svg>"), "{}", picture.name);
    }
}

fn take(picture: &Picture) -> vt100::Screen {
    let mut pty = Pty::start(&Start {
        size: picture.size,
        arguments: &["demo", picture.network],
        environment: &[],
    });
    for (wait_for, keys) in picture.steps {
        pty.wait_for(wait_for);
        pty.keys(keys);
    }
    pty.screen()
}
