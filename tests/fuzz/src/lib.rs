//! What the fuzz targets share: the embedded networks as files, and questions that are asked of any network.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use vpctui::reach::{End, Flow, Question};
use vpctui::report::{graph, markdown, text, why};
use vpctui::store::Store;

/// A file with its path inside of the snapshot.
pub type File = (String, String);

/// The files of each embedded network.
pub static NETWORKS: LazyLock<Vec<Vec<File>>> = LazyLock::new(|| {
    let networks = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/networks");
    entries(&networks).iter().map(|network| files(&network.join("base"))).collect()
});

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the sources");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn files(folder: &Path) -> Vec<File> {
    let file = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).expect("a file of the sources"))
    };
    entries(folder).into_iter().map(file).collect()
}

/// Asks, writes the answer out in every form, and makes each repair.
pub fn ask(store: &Store, from: End, to: End, flow: Flow) {
    let question = Question { from, to, flow };
    let answer = why::answer(store, &question);
    let _ = (text::page(&answer).to_string(), markdown::text(&answer), graph::dot(&answer));
    for at in 0..answer.fixes.len() {
        assert!(why::with_fix(store, &question, at).is_some(), "a repair that cannot be made");
    }
}
