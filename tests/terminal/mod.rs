//! The real binary on a real terminal.

pub mod pty;

use self::pty::{Pty, Start};

#[test]
fn it_starts_and_q_gives_the_terminal_back() {
    let mut pty = Pty::demo(80, 24);
    pty.wait_for("Network");
    assert!(pty.screen().alternate_screen());
    pty.keys("q");
    assert_eq!(pty.wait_for_end(), 0);
    assert_given_back(&pty);
}

#[test]
fn control_c_always_ends_it_even_while_typing() {
    let mut pty = Pty::demo(80, 24);
    // While the network is read for the first time, the first Ctrl-C only calls that off.
    pty.wait_for("orders-db");
    pty.keys("/q");
    pty.wait_for("/q");
    pty.keys("\u{3}");
    assert_eq!(pty.wait_for_end(), 0);
    assert_given_back(&pty);
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told_on_it() {
    let mut pty = Pty::start(&Start {
        size: (80, 24),
        arguments: &["demo", "lambda-rds"],
        environment: &[("VPCTUI_PANIC", "1")],
    });
    pty.wait_for("Network");
    pty.keys("\u{1b}[24~");
    assert_ne!(pty.wait_for_end(), 0);
    assert_given_back(&pty);
    assert!(pty.screen().contents().contains("panicking, as asked to"));
}

#[cfg(unix)]
#[test]
fn a_polite_kill_gives_the_terminal_back() {
    let mut pty = Pty::demo(80, 24);
    pty.wait_for("Network");
    pty.signal(rustix::process::Signal::TERM);
    assert_eq!(pty.wait_for_end(), 0);
    assert_given_back(&pty);
}

#[cfg(unix)]
#[test]
fn control_z_gives_the_terminal_to_the_shell_until_that_gives_it_back() {
    let mut pty = Pty::shell(100, 30);
    pty.wait_for("prompt>");
    pty.keys(concat!("'", env!("CARGO_BIN_EXE_vpctui"), "' demo lambda-rds\r"));
    pty.wait_for("read-only");
    pty.keys("\u{1a}");
    pty.wait("the shell's own screen", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("prompt>")
    });
    assert_given_back(&pty);
    pty.keys("fg\r");
    pty.wait("the screen again", |screen| {
        screen.alternate_screen() && screen.contents().contains("read-only")
    });
    pty.keys("q");
    pty.wait("the shell", |screen| !screen.alternate_screen());
    assert_given_back(&pty);
}

#[test]
fn a_click_selects_a_row_and_the_wheel_moves_on() {
    let mut pty = Pty::demo(120, 32);
    pty.wait_for("orders-db");
    let row = row_of(&pty.screen(), "orders-db");
    pty.keys(&format!("\u{1b}[<0;10;{0}M\u{1b}[<0;10;{0}m", row + 1));
    pty.wait_for("eni-0dbbe1066bf300c27");
    pty.keys(&format!("\u{1b}[<64;10;{}M", row + 1));
    pty.wait("another row", |screen| !screen.contents().contains("eni-0dbbe1066bf300c27"));
}

#[test]
fn it_follows_the_size_down_to_nothing_and_back() {
    let mut pty = Pty::demo(120, 32);
    pty.wait_for("read-only");
    pty.resize(40, 12);
    pty.wait("the narrow layout", |screen| {
        screen.size().1.get() == 40 && screen.contents().contains("Network")
    });
    pty.resize(20, 5);
    pty.wait_for("needs 26");
    pty.resize(200, 60);
    pty.wait_for("read-only");
    pty.keys("q");
    assert_eq!(pty.wait_for_end(), 0);
}

#[cfg(unix)]
#[test]
fn a_key_at_the_moment_of_a_resize_is_taken() {
    let mut pty = Pty::demo(120, 32);
    pty.wait_for("orders-db");
    for width in 80..110 {
        // Both wait for it when it goes on.
        pty.signal(rustix::process::Signal::STOP);
        pty.resize(width, 32);
        pty.keys("?");
        pty.signal(rustix::process::Signal::CONT);
        pty.wait_for("Keys");
        pty.keys("\u{1b}");
        pty.wait_for("orders-db");
    }
}

#[test]
fn copying_writes_the_sequence_that_terminals_understand() {
    let mut pty = Pty::demo(120, 32);
    pty.wait_for("orders-db");
    pty.keys("yy");
    pty.wait_for("copied");
    let bytes = pty.bytes();
    assert!(bytes.windows(7).any(|window| window == b"\x1b]52;c;"));
}

#[test]
fn the_wizard_tells_both_reasons_and_the_way_out() {
    let mut pty = Pty::demo(120, 32);
    for (seen, keys) in [
        ("orders-db", "w"),
        ("where the traffic starts", "export"),
        ("› export", "\r"),
        ("where it goes", "orders-db"),
        ("› orders-db", "\r"),
    ] {
        pty.wait_for(seen);
        pty.keys(keys);
    }
    pty.wait_for("2 reasons at once");
    pty.wait_for("aws ec2 authorize-security-group-ingress");
    pty.keys("i");
    pty.wait_for("✓ reachable");
    pty.keys("q");
    pty.wait_for("8 interfaces");
}

#[test]
fn a_refresh_at_the_next_stage_brings_the_next_stage() {
    let mut pty = Pty::demo(120, 32);
    pty.wait_for("8 interfaces");
    pty.keys("]");
    pty.wait_for("9 interfaces");
    pty.wait_for("2 of 3");
}

#[test]
fn no_color_sends_no_colour() {
    let mut pty = Pty::start(&Start {
        size: (80, 24),
        arguments: &["demo", "lambda-rds"],
        environment: &[("NO_COLOR", "1"), ("VPCTUI_THEME", "")],
    });
    pty.wait_for("orders-db");
    pty.keys("jj");
    pty.wait("a selection without colour", |screen| {
        let (rows, columns) = screen.size();
        let places = (0..rows.get()).flat_map(|y| (0..columns.get()).map(move |x| (y, x)));
        let cells: Vec<_> = places.filter_map(|(y, x)| screen.cell(y, x)).collect();
        let plain = |cell: &&vt100::Cell| {
            cell.fgcolor() == vt100::Color::Default && cell.bgcolor() == vt100::Color::Default
        };
        cells.iter().all(plain) && cells.iter().any(|cell| cell.inverse())
    });
}

/// A terminal that is asked for its background and answers this.
fn answering(answer: &str) -> Pty {
    let mut pty = Pty::start(&Start {
        size: (80, 24),
        arguments: &["demo", "lambda-rds"],
        environment: &[("VPCTUI_THEME", "")],
    });
    pty.wait_for_bytes(b"\x1b]11;?");
    pty.keys(answer);
    pty
}

#[test]
fn a_light_background_gets_the_light_theme() {
    let mut pty = answering("\u{1b}]11;rgb:ffff/ffff/f0f0\u{7}\u{1b}[?1c");
    pty.wait_for("orders-db");
    pty.keys("t");
    pty.wait_for("theme high-contrast");
}

#[test]
fn what_is_typed_while_the_terminal_answers_is_not_lost() {
    let pty = answering("/\u{1b}]11;rgb:0000/0000/0000\u{7}\u{1b}[?1c");
    pty.wait_for("Network  /");
}

#[test]
fn it_starts_where_it_is_told_to() {
    let pty = Pty::start(&Start {
        size: (120, 32),
        arguments: &["--demo", "lambda-rds", "--focus", "10.0.11.40"],
        environment: &[],
    });
    pty.wait_for("◆ orders-db");
    pty.wait_for("rds-sg");
}

#[test]
fn a_question_and_a_comparison_of_the_command_line_open_on_the_screen() {
    let start =
        |arguments: &[&str]| Pty::start(&Start { size: (120, 32), arguments, environment: &[] });
    let why = ["why", "lambda:export", "rds:orders-db", "--demo", "lambda-rds", "--tui"];
    start(&why).wait_for("2 reasons at once");
    start(&["diff", "demo:lambda-rds", "demo:lambda-rds:attached", "--tui"]).wait_for("+ added");
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead() {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_vpctui"));
    let output = command.args(["demo", "lambda-rds"]).output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("needs a terminal"), "{told}");
}

fn row_of(screen: &vt100::Screen, text: &str) -> usize {
    let contents = screen.contents();
    contents.lines().position(|line| line.contains(text)).expect("it is on the screen")
}

fn assert_given_back(pty: &Pty) {
    let screen = pty.screen();
    assert!(!screen.alternate_screen(), "the alternate screen is left");
    assert!(!screen.hide_cursor(), "the cursor is back");
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert!(!screen.bracketed_paste());
}
