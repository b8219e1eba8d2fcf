//! flagstone beside other engines: the same three flags, users and attributes, in one run.
//!
//! ```sh
//! cargo run --release
//! ```
//!
//! prints the tables of `docs/performance/rivals.md` and writes them there, with the plot beside them. It fails where an
//! engine answers wrongly, and where a question costs more here than with a rival.

flagstone::include_flags!();

mod answers;
mod contender;
mod engine;
mod file;
mod ours;
mod page;
mod plot;
mod question;
mod rivals;
mod sampling;
mod table;
mod versions;

use std::io::{self, Write};
use std::process::ExitCode;

use contender::{Contender, Measure};
use engine::{Engine, Failure};

/// How often each question is sampled, one engine after the other each time.
const PASSES: usize = 501;
/// How often the 10 000 flags are loaded.
const LOADS: usize = 45;

fn main() -> Result<ExitCode, Failure> {
    // Some clients expect a runtime about them.
    let runtime = tokio::runtime::Runtime::new()?;
    let _entered = runtime.enter();
    let mut field = Field::default();
    field.gather();
    field.measure()?;
    let page = page::render(&field);
    let mut out = io::stdout().lock();
    out.write_all(page.as_bytes())?;
    page::write(&page)?;
    plot::write(&field)?;
    let is_won = field.missing.is_empty() && table::lost_answers(&field).is_empty();
    Ok(if is_won {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Everyone who takes part, and everyone who should have.
#[derive(Default)]
pub struct Field {
    /// Who takes part, flagstone first.
    contenders: Vec<Contender>,
    /// Who should have, and why not.
    missing: Vec<(&'static str, String)>,
}

impl Field {
    fn gather(&mut self) {
        self.enter::<ours::Typed>();
        self.enter::<ours::InScope>();
        self.enter::<ours::ParsedVersion>();
        self.enter::<ours::Json>();
        self.enter::<ours::Yaml>();
        #[cfg(feature = "unleash")]
        self.enter::<rivals::unleash::Unleash>();
        #[cfg(feature = "eppo")]
        self.enter::<rivals::eppo::Eppo>();
        #[cfg(feature = "launchdarkly")]
        self.enter::<rivals::launchdarkly::Evaluation>();
        #[cfg(feature = "launchdarkly")]
        self.enter::<rivals::launchdarkly::Sdk>();
        #[cfg(feature = "statsig")]
        self.enter::<rivals::statsig::StatsigSdk>();
        #[cfg(feature = "configcat")]
        self.enter::<rivals::configcat::ConfigCat>();
        #[cfg(feature = "flagsmith")]
        self.enter::<rivals::flagsmith::Flagsmith>();
        #[cfg(feature = "growthbook")]
        self.enter::<rivals::growthbook::GrowthBook>();
        #[cfg(feature = "open-feature")]
        self.enter::<rivals::open_feature::OpenFeatureClient>();
        #[cfg(feature = "flagd")]
        self.enter::<rivals::flagd::Flagd>();
        #[cfg(feature = "featureflag")]
        self.enter::<rivals::featureflag::Facade>();
    }

    /// An engine that doesn't start, or answers wrongly, doesn't keep the others from being measured.
    fn enter<E: Engine>(&mut self) {
        match Contender::new::<E>() {
            Ok(contender) => self.contenders.push(contender),
            Err(failure) => self.missing.push((E::NAME, failure.to_string())),
        }
    }

    /// Takes samples, of each engine in turn, so that whatever slows this machine for a while slows all of them.
    fn measure(&mut self) -> Result<(), Failure> {
        for _ in 0..PASSES {
            for measure in Measure::ALL {
                let cells = self
                    .contenders
                    .iter_mut()
                    .flat_map(|contender| &mut contender.cells);
                cells
                    .filter(|(this, _)| *this == measure)
                    .for_each(|(_, sampled)| sampled.sample());
            }
        }
        for _ in 0..LOADS {
            let mut loadings = self
                .contenders
                .iter_mut()
                .filter_map(|contender| contender.loading.as_mut());
            loadings.try_for_each(sampling::Loading::sample)?;
        }
        Ok(())
    }
}
