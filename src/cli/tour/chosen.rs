//! The tour that the user names, and the network that it runs on.

use std::path::Path;
use std::sync::Arc;

use crate::app::{Beginning, Failure as AppFailure};
use crate::cli::failure::Failure;
use crate::cli::source::{Source, Stages};
use crate::store::Store;
use crate::tour::embedded;
use crate::tour::script::{Place, Tour};
use crate::tour::{Shot, Unmet, perform};

/// A tour with its network.
pub struct Chosen {
    /// The tour.
    pub tour: Tour,
    /// How the user named it.
    pub name: String,
    /// Where the network comes from.
    pub source: Source,
}

impl Chosen {
    /// The embedded tour of this name, else the file. A network that the command line names takes the place of the
    /// tour's own.
    pub fn named(name: &str, source: &Source) -> Result<Self, Failure> {
        let embedded = embedded::tour(name);
        let folder = Path::new(name).parent().filter(|_| embedded.is_none());
        let tour = match embedded {
            Some(tour) => tour,
            None => Tour::parse(&std::fs::read_to_string(name).map_err(|why| no_tour(name, &why))?),
        };
        let tour = tour.map_err(|error| Failure::new(format!("{name}:{error}")))?;
        let own = tour.network.as_ref().map(|place| match place {
            Place::Embedded(network) => Source::Demo(network.clone()),
            Place::Snapshot(path) => {
                let path = folder.map_or_else(|| path.clone(), |folder| folder.join(path));
                Source::Snapshot { path, lenient: false }
            }
        });
        let source = match source {
            Source::Live(_) => own.unwrap_or_else(|| source.clone()),
            named => named.clone(),
        };
        Ok(Self { tour, name: name.to_owned(), source })
    }

    /// Plays it without a terminal; what is not as expected is no error here, but an answer.
    pub fn perform(
        &self,
        language: &str,
        watch: &mut dyn FnMut(&Shot<'_>),
    ) -> Result<Result<std::time::Duration, Unmet>, Failure> {
        let stages = Stages::of(&self.source)?;
        // Each network is read once, however often the tour comes back to it.
        let read = std::cell::RefCell::new(std::collections::BTreeMap::<usize, Arc<Store>>::new());
        let network = |stage: usize| -> Result<Arc<Store>, AppFailure> {
            if let Some(known) = read.borrow().get(&stage) {
                return Ok(Arc::clone(known));
            }
            let store = Arc::new(stages.source(&self.source, stage).store()?);
            read.borrow_mut().insert(stage, Arc::clone(&store));
            Ok(store)
        };
        network(stages.at).map_err(|failure| Failure::new(failure.what))?;
        let beginning =
            Beginning { stages: stages.names(), stage: stages.at, ..Beginning::default() };
        Ok(perform(&self.tour, language, beginning, &network, watch))
    }
}

fn no_tour(name: &str, why: &std::io::Error) -> Failure {
    let all: Vec<_> = embedded::names().collect();
    Failure::new(format!("there is no tour `{name}`: {why}"))
        .advise(format!("give a file, or one of {}", all.join(", ")))
}
