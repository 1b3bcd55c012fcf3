//! The keys as this user has them: the table of [`super::bindings`], with the user's own keys in place of the usual ones.

use thiserror::Error;

use super::bindings::{Action, BINDINGS, Binding, Scope};
use super::key::Key;
use super::scopes::STACKS;

/// The keys of one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys(Vec<Bound>);

/// A row of the table with the keys that it has here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Any of these.
    pub keys: Vec<Key>,
    /// Where.
    pub scope: Scope,
    /// What happens.
    pub action: Action,
    /// In the footer; empty if it is not shown there.
    pub label: &'static str,
    /// In the help.
    pub help: &'static str,
}

/// Why keys cannot be as the user wants them.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Two actions at one time.
    #[error(
        "the key {key} of `{wanted}` also means `{other}`: give `{other}` another one, or none"
    )]
    Taken {
        /// The key.
        key: Key,
        /// Who wants it.
        wanted: String,
        /// Who has it.
        other: String,
    },
    /// Nothing would end the program.
    #[error("`quit` needs a key that works everywhere, such as ctrl-c")]
    NoWayOut,
}

impl KeyError {
    /// Whether an action's keys are the reason.
    pub fn is_about(&self, action: Action) -> bool {
        match self {
            Self::Taken { wanted, .. } => *wanted == action.name(),
            Self::NoWayOut => action == Action::Quit,
        }
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self(BINDINGS.iter().map(Bound::usual).collect())
    }
}

impl Keys {
    /// The usual keys with some actions on others; where texts are typed and in menus everything keeps its usual keys.
    ///
    /// # Errors
    /// If a key would mean two things at one time, or nothing would end the program.
    pub fn rebound(wanted: &[(Action, Vec<Key>)]) -> Result<Self, KeyError> {
        let usual = Self::default();
        let mut keys = usual.clone();
        for row in keys.0.iter_mut().filter(|row| !row.scope.is_fixed()) {
            if let Some((_, wanted)) = wanted.iter().find(|(action, _)| *action == row.action) {
                row.keys.clone_from(wanted);
            }
        }
        for (row, _) in keys.0.iter().zip(&usual.0).filter(|(row, usual)| row != usual) {
            keys.check(row)?;
        }
        let out = keys.0.iter().find(|row| row.action == Action::Quit);
        if out.is_none_or(|row| row.keys.is_empty()) {
            return Err(KeyError::NoWayOut);
        }
        Ok(keys)
    }

    /// Every row.
    pub fn rows(&self) -> &[Bound] {
        &self.0
    }

    /// What a key does in these scopes.
    pub fn lookup(&self, scopes: &[Scope], key: Key) -> Option<Action> {
        let in_scope = |scope: &Scope| {
            let mut rows = self.0.iter().filter(|row| row.scope == *scope);
            rows.find(|row| row.keys.contains(&key)).map(|row| row.action)
        };
        scopes.iter().find_map(in_scope)
    }

    /// The rows that apply in these scopes, the most particular scope first; a row whose every key means something else
    /// in a scope before it is left out.
    pub fn in_scopes(&self, scopes: &[Scope]) -> Vec<&Bound> {
        let rows = scopes.iter().flat_map(|scope| self.0.iter().filter(|row| row.scope == *scope));
        let works =
            |row: &&Bound| row.keys.iter().any(|key| self.lookup(scopes, *key) == Some(row.action));
        rows.filter(works).collect()
    }

    /// The first key of an action, wherever it works.
    pub fn of(&self, action: Action) -> Option<Key> {
        let row = self.0.iter().find(|row| row.action == action && !row.keys.is_empty())?;
        row.keys.first().copied()
    }

    /// Whether a row's keys are its own wherever it works.
    fn check(&self, row: &Bound) -> Result<(), KeyError> {
        let beside = STACKS.iter().filter(|stack| stack.contains(&row.scope));
        let others =
            beside.flat_map(|stack| self.0.iter().filter(|one| stack.contains(&one.scope)));
        for other in others.filter(|other| other.action != row.action) {
            if let Some(key) = row.keys.iter().find(|key| other.keys.contains(key)) {
                let (wanted, other) = (row.action.name(), other.action.name());
                return Err(KeyError::Taken { key: *key, wanted, other });
            }
        }
        Ok(())
    }
}

impl Bound {
    fn usual(row: &Binding) -> Self {
        let Binding { keys, scope, action, label, help } = *row;
        Self { keys: keys.to_vec(), scope, action, label, help }
    }
}
