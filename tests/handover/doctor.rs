//! `doctor`: a page that helps whoever reads the bug report, and names nobody.

use super::vpctui;

/// What it prints in this environment, and nothing of this machine's.
fn page(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let mut doctor = vpctui(&[&["doctor"], arguments].concat());
    doctor.env_clear().envs(environment.iter().copied());
    let output = doctor.output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_page_tells_how_things_stand() {
    let environment = [("TERM", "xterm-kitty"), ("LANG", "C"), ("SSH_TTY", "/dev/pts/1")];
    let page = page(&["--offline"], &environment);
    let number = env!("CARGO_PKG_VERSION");
    for expected in ["xterm-kitty", "LANG=C", "need a UTF-8 locale", "SSH", "OSC 52", number] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(page.contains("nothing: --offline"), "{page}");
}

#[cfg(not(feature = "aws"))]
#[test]
fn without_aws_the_page_says_so() {
    assert!(page(&[], &[]).contains("built without AWS"));
}

#[cfg(feature = "aws")]
mod live {
    use crate::emulator::emulator;

    /// Where nobody listens: nothing on this machine answers for AWS.
    const NOWHERE: (&str, &str) = ("AWS_ENDPOINT_URL", "http://127.0.0.1:9");

    #[test]
    fn without_a_login_the_page_says_what_to_do() {
        let home = tempfile::tempdir().expect("a folder");
        let home = ("HOME", home.path().to_str().expect("UTF-8"));
        let page = super::page(&[], &[home, NOWHERE, ("AWS_EC2_METADATA_DISABLED", "true")]);
        assert!(page.contains("no region"), "{page}");
    }

    #[test]
    fn the_login_and_every_call_are_tried_out() {
        emulator().scenario("eu-west-1", "1");
        let url = emulator().url.clone();
        let environment = [
            ("HOME", "/nonexistent"),
            ("AWS_ENDPOINT_URL", url.as_str()),
            ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "very-secret"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ];
        let page = super::page(&["--region", "eu-west-1"], &environment);
        assert!(page.contains("account ACCOUNT, eu-west-1"), "{page}");
        assert!(page.contains(" work"), "{page}");
        for secret in ["very-secret", "AKIAEXAMPLE", "123456789012"] {
            assert!(!page.contains(secret), "{page}");
        }
        let shown = super::page(&["--region", "eu-west-1", "--no-mask"], &environment);
        assert!(shown.contains("account 1"), "{shown}");
    }
}
