//! The stages of an embedded network's story as sources of their own.

use super::Source;
use crate::cli::failure::Failure;
use crate::tour::networks;

/// The stages of a demo's story; none of anything else.
pub struct Stages {
    /// The network's name, then `name:stage`.
    all: Vec<String>,
    /// Position of the one that the user named.
    pub at: usize,
}

impl Stages {
    /// Those of a source.
    pub fn of(source: &Source) -> Result<Self, Failure> {
        let Source::Demo(name) = source else { return Ok(Self { all: Vec::new(), at: 0 }) };
        let network = name.split(':').next().unwrap_or(name);
        let known = networks::names().iter().filter(|one| one.name == network);
        let all: Vec<String> = known
            .flat_map(|one| {
                let later = one.stages.iter().map(|stage| format!("{}:{}", one.name, stage.name));
                std::iter::once(one.name.to_owned()).chain(later)
            })
            .collect();
        let at = all.iter().position(|one| one == name);
        at.map(|at| Self { all, at }).ok_or_else(|| super::no_demo(name))
    }

    /// What the screen calls them.
    pub fn names(&self) -> Vec<String> {
        let short =
            |name: &String| name.split_once(':').map_or("start", |(_, stage)| stage).to_owned();
        self.all.iter().map(short).collect()
    }

    /// The source at a stage.
    pub fn source(&self, source: &Source, stage: usize) -> Source {
        self.all.get(stage).map_or_else(|| source.clone(), |name| Source::Demo(name.clone()))
    }
}
