//! The manual: one page that leaves no command out.

use super::stdout;

#[test]
fn the_manual_has_a_section_for_every_command_of_the_help() {
    let (help, manual) = (stdout(&["--help"]), stdout(&["man"]));
    assert!(manual.contains(".TH vpctui 1 "), "{manual}");
    let commands = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let names = commands.expect("a list of commands").lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.split(' ').next()?;
        (!name.is_empty() && name != "help").then_some(name)
    });
    let names: Vec<_> = names.collect();
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        let heading = format!("\n.SH \"VPCTUI {}\"\n", name.to_uppercase());
        assert!(manual.contains(&heading), "{name}: {manual}");
    }
    assert_eq!(manual.matches("\\-\\-all\\-regions\\fR\nAll regions").count(), 1, "said once");
    assert!(manual.contains("Exit codes: "), "{manual}");
}
