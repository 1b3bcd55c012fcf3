//! The real program plays tours on a real terminal, with the time shortened.

use crate::terminal::pty::{Pty, Start};

fn start(size: (u16, u16), arguments: &[&str], locale: &str) -> Pty {
    let environment = [("LC_ALL", locale)];
    let arguments = [&["demo", "lambda-rds", "--play"], arguments].concat();
    Pty::start(&Start { size, arguments: &arguments, environment: &environment })
}

#[test]
fn a_tour_is_played_to_its_end_and_then_the_viewer_goes_on() {
    let mut pty = start((120, 34), &["--speed", "40"], "C.UTF-8");
    pty.wait_for("Every run times out.");
    pty.wait_for("2 reasons at once");
    pty.wait_for("3 of 3 nat");
    pty.wait_for("the end · Esc leaves");
    pty.wait_for("B orders-db database");
    pty.keys("?");
    pty.wait("the program alone", |screen| {
        let shown = screen.contents();
        shown.contains("Keys") && !shown.contains("15 / 15")
    });
    pty.keys("\u{3}");
    assert_eq!(pty.wait_for_end(), 0);
}

#[test]
fn a_tour_is_gone_through_step_by_step() {
    let mut pty = start((120, 34), &[], "C.UTF-8");
    pty.wait_for("1 / 15");
    pty.keys(" ");
    pty.wait_for("paused: Space goes on");
    pty.keys("n");
    pty.wait_for("2 / 15");
    pty.keys("n");
    pty.wait_for("2 reasons at once");
    pty.keys("n");
    pty.wait_for("3 / 15");
    pty.keys("q");
    assert_eq!(pty.wait_for_end(), 0);
    assert!(!pty.screen().alternate_screen());
}

#[test]
fn the_viewer_takes_over_with_any_key_which_counts() {
    let mut pty = start((100, 30), &[], "C.UTF-8");
    pty.wait_for("1 / 15");
    pty.keys("/web-1");
    pty.wait_for("/web-1");
    pty.wait_for("1 found");
    assert!(!pty.screen().contents().contains("1 / 15"));
}

#[test]
fn captions_are_korean_where_the_locale_is_and_follow_the_size() {
    let mut pty = start((120, 34), &[], "ko_KR.UTF-8");
    pty.wait_for("실행할 때마다 타임아웃이 납니다");
    pty.wait_for("Space 일시정지");
    pty.keys(" ");
    pty.wait_for("일시정지: Space 계속");
    pty.resize(80, 24);
    pty.wait("the caption in the last rows of the smaller screen", |screen| {
        screen.contents().lines().skip(20).any(|row| row.contains("네트워크는 이렇게 생겼습니다"))
    });
    pty.keys("\u{1b}");
    assert_eq!(pty.wait_for_end(), 0);
}

/// Someone who is sent on a tour that does not fit the network is told, and not led on.
#[test]
fn a_network_that_is_not_as_the_tour_expects_is_told_of() {
    let arguments =
        ["tour", "play", "lambda-rds", "--demo", "lambda-rds:nat", "--speed", "40", "--lang", "en"];
    let pty = Pty::start(&Start { size: (120, 34), arguments: &arguments, environment: &[] });
    pty.wait_for("This network is not as the tour expects");
}
