//! Why a name stands for no end of a path.

use super::Candidate;

/// Why a name stands for no end of a path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing has this name.
    #[error("nothing here is called `{text}`")]
    NotFound {
        /// What was asked for.
        text: String,
        /// Names that look like it, the nearest first.
        near: Vec<String>,
        /// Lists of things with names that are not there: it may be in one of them.
        lacks: Vec<&'static str>,
    },
    /// Several things have it.
    #[error("`{text}` may be any of {}", candidates.len())]
    Ambiguous {
        /// What was asked for.
        text: String,
        /// What it may be; the text of each stands for it alone.
        candidates: Vec<Candidate>,
    },
    /// What has it neither sends nor receives.
    #[error("`{text}` is a {kind}, which is no end of a path")]
    NotAnEnd {
        /// What was asked for.
        text: String,
        /// What it is.
        kind: &'static str,
    },
}

impl NameError {
    /// What to do about it, one line each.
    pub fn advice(&self) -> Vec<String> {
        match self {
            Self::NotFound { near, lacks, .. } => {
                let says = if near.is_empty() {
                    "`vpctui find TEXT` looks through ids, names, addresses and DNS names".into()
                } else {
                    format!("did you mean {}?", near.join(", "))
                };
                let lacks = (!lacks.is_empty())
                    .then(|| format!("it may be in what was not read here: {}", lacks.join(", ")));
                std::iter::once(says).chain(lacks).collect()
            }
            Self::Ambiguous { candidates, .. } => listed(candidates),
            Self::NotAnEnd { .. } => {
                vec![
                    "name an instance, interface, function, database, load balancer, NAT gateway, \
                      endpoint, address, `internet` or `aws:SERVICE`"
                        .into(),
                ]
            }
        }
    }
}

/// How many candidates an error lists.
const LISTED: usize = 12;

fn listed(candidates: &[Candidate]) -> Vec<String> {
    let shown = candidates.iter().take(LISTED).map(|candidate| {
        let name = candidate.name.as_deref().unwrap_or_default();
        let about = [candidate.kind, name, &candidate.place, &candidate.detail];
        let about: Vec<_> = about.into_iter().filter(|text| !text.is_empty()).collect();
        format!("{}  ({})", candidate.text, about.join(", "))
    });
    let more = candidates.len().checked_sub(LISTED).filter(|more| *more > 0);
    shown.chain(more.map(|more| format!("and {more} more"))).collect()
}
