//! From what a builder was told to a flag set that is live.

use core::fmt;
use core::time::Duration;
use std::path::PathBuf;
use std::sync::Arc;

use super::Live;
use super::bell::{Bell, Rung};
use super::files::Files;
use super::follow::Follower;
use super::post::Post;
use super::probe::Expectation;
use super::source::Source;
use crate::clock::Clock;
use crate::error::Error;
use crate::set::{Beginning, Disk, FlagSet, Newcomer, Owner, Place};
use crate::status::Origin;

/// What [`LiveBuilder::start`](crate::LiveBuilder::start) waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// For nothing: the answers are those of what there is, which is the first of these: a file that is followed, the disk
    /// cache, the document in the binary. Sources that take their time take effect when they deliver.
    #[default]
    Embedded,
    /// For a document that a source delivers (a file is one) and that can be taken, but no longer than this. If there
    /// is none, `start()` fails and says what each source reported, and the flags stay as they were.
    Fresh(Duration),
    /// For nothing where the disk cache has a state that can be taken, else as [`Fresh`](Self::Fresh).
    CachedOr(Duration),
}

/// One source, in its place in the order of preference.
pub(super) enum Wanted {
    File(PathBuf),
    Custom(Box<dyn Source>),
}

impl fmt::Debug for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.fmt(f),
            Self::Custom(source) => source.fmt(f),
        }
    }
}

/// All that a builder was told.
pub(super) struct Plan {
    pub(super) sources: Vec<Wanted>,
    pub(super) environment: Option<String>,
    pub(super) policy: Start,
    pub(super) cache: Option<PathBuf>,
    pub(super) probes: Vec<Expectation>,
    pub(super) poll: Duration,
    pub(super) files: Arc<dyn Files>,
    pub(super) clock: Arc<dyn Clock>,
}

/// A source that is about to run.
enum Runner {
    File(Box<Follower>),
    Custom(Post, Box<dyn Source>),
}

/// What is in force before any source runs.
struct Ground {
    embedded: Result<(), Error>,
    is_cached: bool,
}

/// Makes a set live. `schema` is the path of its type, which tells sets and programs apart whose documents have the same name.
pub(super) fn start(
    set: &'static FlagSet,
    schema: &'static str,
    plan: Plan,
) -> Result<Live, Error> {
    check(&plan.sources)?;
    let newcomers: Vec<Newcomer> = plan.sources.iter().map(newcomer).collect();
    let heard = Arc::<Bell>::default();
    let owner = Owner::new(schema, set.name());
    let (session, before) = set.begin(Beginning {
        clock: Arc::clone(&plan.clock),
        sources: newcomers.clone(),
        probes: plan.probes.into(),
        disk: plan
            .cache
            .map(|folder| Arc::new(Disk::new(folder, owner, Arc::clone(&plan.files)))),
        heard: Arc::clone(&heard),
        environment: plan.environment.as_deref().map(Arc::from),
        is_ready: plan.policy == Start::Embedded,
    })?;
    // From here on an error drops the handle, which ends the session.
    let mut live = Live {
        set,
        session,
        bells: Vec::new(),
        detached: false,
    };
    let ground = Ground {
        embedded: set.start_embedded(plan.environment.as_deref()),
        is_cached: false,
    };
    let launch = Launch {
        set,
        clock: plan.clock,
        files: plan.files,
        poll: plan.poll,
        heard,
    };
    let started = launch.run(&mut live, plan.sources, newcomers, ground, plan.policy);
    if let Err(error) = started {
        set.give_up(session, before);
        return Err(error);
    }
    set.is_ready_now(session);
    Ok(live)
}

/// Finds the first source that can't be followed.
fn check(sources: &[Wanted]) -> Result<(), Error> {
    for wanted in sources {
        if let Wanted::Custom(source) = wanted {
            source.check().map_err(|error| Error::Source {
                name: source.name(),
                error,
            })?;
        }
    }
    Ok(())
}

fn newcomer(wanted: &Wanted) -> Newcomer {
    let (name, origin) = match wanted {
        Wanted::File(path) => (path.display().to_string(), Origin::File(path.clone())),
        Wanted::Custom(source) => {
            let name = source.name();
            (name.clone(), Origin::Source(name.into()))
        }
    };
    Newcomer {
        name: name.into(),
        origin,
        bell: Arc::default(),
    }
}

/// What it takes to start sources.
struct Launch {
    set: &'static FlagSet,
    clock: Arc<dyn Clock>,
    files: Arc<dyn Files>,
    poll: Duration,
    heard: Arc<Bell>,
}

impl Launch {
    fn run(
        &self,
        live: &mut Live,
        sources: Vec<Wanted>,
        newcomers: Vec<Newcomer>,
        mut ground: Ground,
        policy: Start,
    ) -> Result<(), Error> {
        if let Err(Error::Probe { .. }) = ground.embedded {
            return ground.embedded;
        }
        ground.is_cached = self.set.restore(live.session);
        let mut runners = Vec::new();
        for ((wanted, newcomer), rank) in sources.into_iter().zip(newcomers).zip(0..) {
            let runner = self.runner(live.session.place(rank), wanted, newcomer, ground.is_cached);
            runners.push(runner?);
        }
        if policy == Start::Embedded && !ground.is_cached && !self.set.is_fresh(live.session) {
            ground.embedded?;
        }
        for runner in runners {
            live.bells.push(spawn(runner)?);
        }
        match policy {
            Start::Embedded => Ok(()),
            Start::CachedOr(_) if ground.is_cached => Ok(()),
            Start::Fresh(at_most) | Start::CachedOr(at_most) => self.wait(live, at_most),
        }
    }

    /// Prepares a source; a file is read, so that `start()` returns with what it says.
    fn runner(
        &self,
        place: Place,
        wanted: Wanted,
        newcomer: Newcomer,
        is_cached: bool,
    ) -> Result<Runner, Error> {
        let post = Post {
            set: self.set,
            place,
            origin: newcomer.origin,
            name: newcomer.name,
            bell: newcomer.bell,
            clock: Arc::clone(&self.clock),
        };
        match wanted {
            Wanted::Custom(source) => Ok(Runner::Custom(post, source)),
            Wanted::File(path) => {
                let mut follower = Follower::new(post, path, Arc::clone(&self.files), self.poll);
                match follower.first() {
                    // It may be the name that is wrong, and silence would be answers of another environment. Where the cache
                    // has a state of it, it is the file.
                    Err(error @ Error::UnknownEnvironment { .. }) if !is_cached => Err(error),
                    _ => Ok(Runner::File(Box::new(follower))),
                }
            }
        }
    }

    /// Waits until a source has delivered.
    fn wait(&self, live: &Live, at_most: Duration) -> Result<(), Error> {
        let end = self.clock.elapsed().saturating_add(at_most);
        while !self.set.is_fresh(live.session) {
            let is_over = !self.set.can_be_fresh(live.session);
            if is_over || self.heard.wait_until(&*self.clock, end) == Rung::Silence {
                return Err(Error::NotFresh {
                    waited: at_most,
                    report: self.set.report_of_sources(live.session),
                });
            }
        }
        Ok(())
    }
}

/// Starts a source's thread.
fn spawn(runner: Runner) -> Result<Arc<Bell>, Error> {
    let thread = std::thread::Builder::new().name("flagstone".to_owned());
    let (bell, spawned) = match runner {
        Runner::File(follower) => (follower.bell(), thread.spawn(move || follower.run())),
        Runner::Custom(post, source) => (
            Arc::clone(&post.bell),
            thread.spawn(move || post.run(source)),
        ),
    };
    spawned.map_err(Error::Thread)?;
    Ok(bell)
}
