//! Keeps what is remembered of accounts: a file for each, in the folder that this platform has for such things.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::app::{Failure, Memory};

/// Reads what is remembered of an account; nothing where nothing is.
///
/// # Errors
/// If the file cannot be read. One that makes no sense is put aside, so that it is not lost when a new one is written.
pub fn read(folder: &Path, account: &str) -> Result<Memory, Failure> {
    let file = file(folder, account);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(Memory::default()),
        Err(why) => return Err(failure(&file, &why)),
    };
    serde_json::from_str(&text).map_err(|why| {
        let aside = file.with_extension("broken");
        let kept = fs::rename(&file, &aside).map(|()| format!("it is kept as {}", aside.display()));
        Failure { advice: kept.ok(), ..failure(&file, &why) }
    })
}

/// Keeps what is to be remembered of an account.
///
/// # Errors
/// If the file cannot be written.
pub fn write(folder: &Path, account: &str, memory: &Memory) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    // A file beside the target, readable by its owner only, then a rename: nobody ever reads half of it.
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer_pretty(&mut beside, memory)?;
    beside.flush()?;
    beside.persist(file(folder, account))?;
    Ok(())
}

/// Accounts are numbers; whatever else a file of AWS's may call one is made harmless.
fn file(folder: &Path, account: &str) -> PathBuf {
    let harmless = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let name: String = account.chars().map(harmless).take(80).collect();
    folder.join(format!("{name}.json"))
}

fn failure(file: &Path, why: &dyn std::fmt::Display) -> Failure {
    let what = format!("what is remembered in {} cannot be read: {why}", file.display());
    Failure { what, advice: None }
}

#[cfg(test)]
mod tests {
    use super::{file, read, write};
    use crate::app::Memory;

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("a").join("b");
        assert_eq!(read(&inside, "111122223333").unwrap(), Memory::default());
        let memory = Memory { all_open: Some(true), ..Memory::default() };
        write(&inside, "111122223333", &memory).unwrap();
        assert_eq!(read(&inside, "111122223333").unwrap(), memory);
    }

    #[test]
    fn what_makes_no_sense_is_told_and_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("1.json"), "no json").unwrap();
        let failure = read(folder.path(), "1").unwrap_err();
        assert!(
            failure.advice.as_ref().is_some_and(|advice| advice.contains("1.broken")),
            "{failure:?}"
        );
        assert_eq!(read(folder.path(), "1").unwrap(), Memory::default());
    }

    #[test]
    fn fields_of_a_later_version_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("1.json"), r#"{"all_open": true, "later": 1}"#).unwrap();
        assert_eq!(read(folder.path(), "1").unwrap().all_open, Some(true));
    }

    #[test]
    fn no_account_leads_out_of_the_folder() {
        let folder = std::path::Path::new("/state");
        assert_eq!(file(folder, "../../etc/passwd"), folder.join("------etc-passwd.json"));
    }
}
