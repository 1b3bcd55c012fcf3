//! Loads from the emulator with the library, and notes what was told on the way.

use vpctui::loader::{self, LoadError, Progress, Regions, Request, Target};
use vpctui::model::catalogue::{Envelope, Resources};
use vpctui::model::dump::{Dump, Outcome};

/// What a load brought and told.
pub struct Load {
    pub dump: Dump,
    pub progress: Vec<Progress>,
}

impl Load {
    /// What was read in the only region.
    pub fn resources(&self) -> &Resources {
        &self.dump.regions[0].resources
    }

    /// How a call went in the only region.
    pub fn outcome(&self, envelope: Envelope) -> &Outcome {
        &self.dump.regions[0].coverage.0[&envelope]
    }

    /// The calls of the only region that are not complete.
    pub fn incomplete(&self) -> Vec<(Envelope, &Outcome)> {
        let coverage = self.dump.regions[0].coverage.0.iter();
        let coverage = coverage.map(|(envelope, outcome)| (*envelope, outcome));
        coverage.filter(|(_, outcome)| **outcome != Outcome::Complete).collect()
    }
}

/// Reads one region of what listens at `url`.
pub fn load(url: &str, region: &str) -> Result<Load, LoadError> {
    run(Request {
        regions: Regions::These(vec![region.to_owned()]),
        target: Target::Emulator { endpoint_url: url.to_owned() },
        ..Request::default()
    })
}

/// Reads what is asked for.
pub fn run(request: Request) -> Result<Load, LoadError> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        // Narrow on purpose: the loader waits for its listener and loses nothing.
        let (sender, mut receiver) = tokio::sync::mpsc::channel(4);
        let listen = async {
            let mut told = Vec::new();
            while let Some(progress) = receiver.recv().await {
                told.push(progress);
            }
            told
        };
        let (dump, progress) = tokio::join!(loader::load(request, sender), listen);
        Ok(Load { dump: dump?, progress })
    })
}
