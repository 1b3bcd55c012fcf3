//! Every pane as people meet it: the list that the snapshots and the pictures of all panes are taken from.
//!
//! `VPCTUI_GALLERY=folder cargo test --no-default-features gallery` writes a picture of each at three sizes, dark and
//! light: as SVG, with `--features png` also as PNG.

use std::path::Path;

use vpctui::app::{Failure, Loading, Message, Progress, ThemeName};
#[cfg(feature = "png")]
use vpctui::tour::record::png;
use vpctui::tour::record::still;

use super::robot::Robot;

/// A pane, and the keys that lead to it.
pub struct Shown {
    pub name: &'static str,
    network: Network,
    keys: &'static str,
}

/// What it is shown on.
#[derive(Clone, Copy)]
enum Network {
    Demo(&'static str),
    /// Parts of it were denied or failed.
    Lacking,
    /// Its first page has not come.
    Coming,
    /// It does not come.
    Failing,
}

const ASK: &str = "wexport<enter>orders-db<enter>";

pub const PANES: &[Shown] = &[
    of("tree", "lambda-rds:attached", "/orders<enter><esc>"),
    of("filter", "lambda-rds:nat", "/public"),
    of("nothing-found", "lambda-rds", "/nonsense"),
    of("by-group", "lambda-rds:attached", ".,,,"),
    of("interface", "lambda-rds:attached", "/orders<enter><esc><tab>"),
    of("vpc", "lambda-rds:nat", "<tab>jj"),
    of("subnet", "lambda-rds:nat", "/private-a<enter><esc><tab>"),
    of("function", "lambda-rds", "/export<enter><esc><tab>"),
    of("raw", "lambda-rds:attached", "/orders<enter><esc><tab>v"),
    of("group", "lambda-rds:attached", "/orders<enter><esc>gj"),
    of("group-opened", "lambda-rds:attached", "/orders<enter><esc>gj<enter>j"),
    of("copy", "lambda-rds:attached", "/orders<enter><esc>y"),
    of("choosing-a", "lambda-rds", "wexp"),
    of("choosing-b", "lambda-rds", "wexport<enter>db"),
    of("port", "lambda-rds", "wexport<enter>orders-db<enter>p"),
    of("blocked", "lambda-rds", ASK),
    of("what-if", "lambda-rds", "wexport<enter>orders-db<enter>i"),
    of("partial", "nacl-ephemeral", "wcheckout<enter>sessions-db<enter>"),
    of("reachable", "lambda-rds:attached", ASK),
    of("rule", "lambda-rds", "wexport<enter>orders-db<enter>jj<enter>"),
    of("who-else", "lambda-rds:attached", "wexport<enter>orders-db<enter>e"),
    of("opens", "lambda-rds", "wexport<enter>orders-db<enter>o"),
    of("export", "lambda-rds", "wexport<enter>orders-db<enter>x"),
    of("history", "lambda-rds", "wexport<enter>orders-db<enter>s<esc>H"),
    of("changes", "lambda-rds", "]d"),
    on("log", Network::Lacking, "L"),
    on("coverage", Network::Lacking, "!"),
    on("unknown", Network::Lacking, ASK),
    on("denied", Network::Lacking, "j"),
    of("palette", "lambda-rds", ":"),
    of("palette-found", "lambda-rds", ":10.0.11"),
    of("help", "lambda-rds", "?"),
    of("help-answer", "lambda-rds", "wexport<enter>orders-db<enter>?"),
    on("coming", Network::Coming, ""),
    on("failing", Network::Failing, ""),
];

const fn of(name: &'static str, demo: &'static str, keys: &'static str) -> Shown {
    on(name, Network::Demo(demo), keys)
}

const fn on(name: &'static str, network: Network, keys: &'static str) -> Shown {
    Shown { name, network, keys }
}

impl Shown {
    /// A user in front of it.
    pub fn robot(&self, columns: u16, rows: u16) -> Robot {
        let mut robot = match self.network {
            Network::Demo(name) => Robot::demo(name, columns, rows),
            Network::Lacking => Robot::of(super::fronts::lacking(), columns, rows),
            Network::Coming => coming(columns, rows, Loading::Progress(progress())),
            Network::Failing => coming(columns, rows, Loading::Failed(failure())),
        };
        // What is scrolled knows its length once it was drawn.
        robot.draw();
        for key in super::robot::parse(self.keys) {
            robot.take(Message::Key(key));
            robot.draw();
        }
        robot
    }
}

fn coming(columns: u16, rows: u16, news: Loading) -> Robot {
    let mut robot = Robot::waiting(columns, rows);
    robot.take(Message::Loading(news));
    robot.state.notice = None;
    robot
}

fn progress() -> Progress {
    let doing = "eu-west-1 DescribeSubnets".to_owned();
    Progress { done: 17, total: 61, doing, again: None }
}

fn failure() -> Failure {
    Failure {
        what: "the login of profile shop-prod has expired".to_owned(),
        advice: Some("run: aws sso login --profile shop-prod".to_owned()),
    }
}

#[test]
fn gallery() {
    let folder = std::env::var("VPCTUI_GALLERY").ok();
    let only = std::env::var("VPCTUI_GALLERY_ONLY").unwrap_or_default();
    let sizes = [(80, 24), (120, 32), (200, 60)];
    for shown in PANES.iter().filter(|one| one.name.contains(&only)) {
        for (columns, rows) in sizes {
            for theme in [ThemeName::Dark, ThemeName::Light] {
                let Some(folder) = &folder else { continue };
                let buffer = shown.robot(columns, rows).theme(theme).draw();
                let name = format!("{}-{columns}x{rows}-{}", shown.name, theme.name());
                write(&Path::new(folder).join(name), &still(&buffer, theme));
            }
        }
    }
}

fn write(path: &Path, svg: &str) {
    std::fs::write(path.with_extension("svg"), svg).unwrap();
    #[cfg(feature = "png")]
    std::fs::write(path.with_extension("png"), png::png(svg).unwrap()).unwrap();
}
