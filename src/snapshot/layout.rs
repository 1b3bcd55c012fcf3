//! Where the files of a snapshot are, and whose they are by their folders' names.

use std::path::{Component, Path, PathBuf};

use crate::model::ids::{AccountId, RegionName};

/// Name of the manifest: the only file that is known by its name.
pub(super) const MANIFEST: &str = "manifest.json";

/// Folder that holds the answers of AWS.
pub(super) const ANSWERS: &str = "aws_configs";

/// Folder in it that holds one folder per account.
const ACCOUNTS: &str = "accounts";

/// Stands in a path for an account or region that is not known.
const UNKNOWN: &str = "unknown";

/// An account and region; either is empty if it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    /// Twelve digits, or empty.
    pub account: AccountId,
    /// `eu-west-1`, or empty.
    pub region: RegionName,
}

/// What a folder may hold, which says how far to look into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Files, and folders of accounts or regions.
    Anything,
    /// Folders of accounts.
    Accounts,
    /// Folders of regions.
    Regions,
    /// Files only.
    Files,
}

impl Holds {
    /// What the folder `name` inside of this one holds, or `None` if it is none of ours.
    pub fn inside(self, name: &str) -> Option<Self> {
        match self {
            Self::Anything if name == ANSWERS => Some(Self::Anything),
            Self::Anything if name == ACCOUNTS => Some(Self::Accounts),
            Self::Anything if is_account(name) => Some(Self::Regions),
            Self::Anything if name.starts_with('.') => None,
            Self::Accounts => Some(Self::Regions),
            Self::Anything | Self::Regions => Some(Self::Files),
            Self::Files => None,
        }
    }
}

/// Whose the file at `relative` is, or `None` if it is no part of a snapshot.
pub(super) fn owner(relative: &Path) -> Option<Owner> {
    let mut owner = Owner::default();
    let mut holds = Holds::Anything;
    for folder in folders(relative) {
        let inside = holds.inside(&folder)?;
        match (holds, inside) {
            (Holds::Accounts, _) | (Holds::Anything, Holds::Regions) => {
                owner.account = known(&folder).into();
            }
            (Holds::Regions, _) => owner.region = known(&folder).into(),
            (Holds::Anything, Holds::Files) if is_region(&folder) => {
                owner.region = folder.as_str().into();
            }
            _ => {}
        }
        holds = inside;
    }
    Some(owner)
}

/// The folder of this owner's files, or `None` if the names cannot name folders.
pub(super) fn folder(owner: &Owner) -> Option<PathBuf> {
    let account = folder_name(owner.account.as_str())?;
    let region = folder_name(owner.region.as_str())?;
    Some([ANSWERS, ACCOUNTS, account, region].iter().collect())
}

/// Whether `name` has the form of an account id.
pub(super) fn is_account(name: &str) -> bool {
    name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `name` has the form of a region: words and a number at the end, such as `us-gov-west-1`.
pub(super) fn is_region(name: &str) -> bool {
    let mut parts = name.rsplit('-');
    let number = parts.next().unwrap_or_default();
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && parts.clone().count() >= 2 && parts.all(is_word)
}

fn folders(relative: &Path) -> impl Iterator<Item = String> + '_ {
    let parents = relative.parent().into_iter().flat_map(Path::components);
    parents.filter_map(|component| match component {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    })
}

fn known(folder: &str) -> &str {
    if folder == UNKNOWN { "" } else { folder }
}

/// Names come out of data, so one that could lead out of the snapshot must not become a path.
fn folder_name(name: &str) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    match name {
        "" => Some(UNKNOWN),
        _ => name.bytes().all(is_plain).then_some(name),
    }
}
