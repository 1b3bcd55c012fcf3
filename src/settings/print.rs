//! The settings as a file would hold them, each with where it comes from.

use std::fmt::{self, Write as _};

use super::{Provenance, Setting, Settings};
use crate::app::Action;

/// Columns before the remarks.
const REMARKS: usize = 44;

impl fmt::Display for Settings {
    /// Writes a file of settings that says the same as these.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) if file.exists() => {
                writeln!(out, "# the settings file is {}", file.display())?;
            }
            Some(file) => writeln!(out, "# the settings file would be {}", file.display())?,
            None => writeln!(out, "# there is no place for a settings file")?,
        }
        writeln!(out)?;
        let theme = Setting {
            value: format!("{:?}", self.theme.value.name()),
            from: self.theme.from.clone(),
        };
        entry(out, "theme", &theme)?;
        entry(out, "mask", &self.mask)?;
        entry(out, "state", &self.state)?;
        entry(out, "mouse", &self.mouse)?;
        writeln!(out, "\n[keys]")?;
        let mut told: Vec<Action> = Vec::new();
        for row in self.keys.rows().iter().filter(|row| !row.scope.is_fixed()) {
            if told.contains(&row.action) {
                continue;
            }
            told.push(row.action);
            let keys: Vec<_> =
                row.keys.iter().map(|key| format!("{:?}", key.to_string())).collect();
            let value = format!("[{}]", keys.join(", "));
            entry(
                out,
                &row.action.name(),
                &Setting { value, from: self.provenance_of(row.action) },
            )?;
        }
        Ok(())
    }
}

impl Settings {
    fn provenance_of(&self, action: Action) -> Provenance {
        let line = self.key_lines.iter().find(|(one, _)| *one == action);
        match (line, &self.file) {
            (Some((_, line)), Some(file)) => Provenance::File(file.clone(), *line),
            _ => Provenance::Default,
        }
    }
}

fn entry<T: fmt::Display>(
    out: &mut fmt::Formatter<'_>,
    name: &str,
    setting: &Setting<T>,
) -> fmt::Result {
    let mut line = String::new();
    write!(line, "{name} = {}", setting.value)?;
    writeln!(out, "{line:<REMARKS$}  # {}", setting.from)
}
