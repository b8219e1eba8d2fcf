//! An engine without its type: what can be measured about it.

use std::any::Any;
use std::rc::Rc;
use std::sync::LazyLock;

use crate::answers::verify;
use crate::engine::{Engine, Failure};
use crate::question::{Question, User, declarations};
use crate::sampling::{Loading, Sampled};

/// What is measured of a question or of a context, in the order of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// An answer.
    Answer(Question),
    /// The creation of a context.
    Build,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Answer(Question::Plain),
        Self::Answer(Question::Rollout),
        Self::Answer(Question::Rule),
        Self::Build,
    ];

    /// The column's title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Answer(Question::Plain) => "plain flag",
            Self::Answer(Question::Rollout) => "50 % rollout",
            Self::Answer(Question::Rule) => "rule of 3 conditions",
            Self::Build => "context build",
        }
    }
}

/// An engine that was set up and answers rightly.
pub struct Contender {
    /// The row's name.
    pub name: &'static str,
    /// Whose version is shown.
    pub package: &'static str,
    /// How it is used.
    pub setup: &'static str,
    /// What is measured of it.
    pub cells: Vec<(Measure, Sampled)>,
    /// Loading 10 000 flags, where it loads flags.
    pub loading: Option<Loading>,
}

/// How many flags are loaded.
pub const LOADED: usize = 10_000;

/// The users who are asked about in turn. A rule holds for each of them, a rollout takes half.
static USERS: LazyLock<Vec<User>> = LazyLock::new(|| (0..16).map(User::within).collect());

impl Contender {
    /// Sets an engine up and checks all its answers.
    ///
    /// # Errors
    ///
    /// What keeps the engine from starting, or its first wrong answer.
    pub fn new<E: Engine>() -> Result<Self, Failure> {
        let engine = E::load(&E::document(&declarations(Question::ALL.len())))?;
        verify(&engine, E::QUESTIONS, 2_000)?;
        let engine = Rc::new(engine);
        let users: &'static [User] = USERS.as_slice();
        let contexts: Rc<[E::Context<'static>]> = users.iter().map(E::context).collect();
        let answers = E::QUESTIONS.iter().map(|&question| {
            let (engine, contexts) = (Rc::clone(&engine), Rc::clone(&contexts));
            let ask = move |rounds| {
                std::hint::black_box(engine.ask(question, &contexts, rounds));
            };
            (Measure::Answer(question), Sampled::new(users.len(), ask))
        });
        let mut cells: Vec<_> = answers.collect();
        if E::BUILDS {
            let build = |rounds| (0..rounds).for_each(|_| users.iter().for_each(E::build));
            cells.push((Measure::Build, Sampled::new(users.len(), build)));
        }
        Ok(Self {
            name: E::NAME,
            package: E::PACKAGE,
            setup: E::SETUP,
            cells,
            loading: E::LOADS.then(loading::<E>).transpose()?,
        })
    }

    /// What was measured of it.
    pub fn cell(&self, measure: Measure) -> Option<&Sampled> {
        let (_, sampled) = self.cells.iter().find(|(this, _)| *this == measure)?;
        Some(sampled)
    }

    /// Whether it is flagstone.
    pub fn is_ours(&self) -> bool {
        self.package == "flagstone"
    }
}

fn loading<E: Engine>() -> Result<Loading, Failure> {
    let document = E::document(&declarations(LOADED));
    // Some copy all flags for each question.
    verify(&E::load(&document)?, &Question::ALL, 40)?;
    let size = document.len();
    let user: Option<&'static User> = USERS.first();
    let context = user.map(E::context).ok_or("there are no users")?;
    let load = move || -> Result<Box<dyn Any>, Failure> {
        let engine = E::load(&document)?;
        if !engine.first_answer(&context) {
            return Err("the first answer is wrong".into());
        }
        Ok(Box::new(engine))
    };
    Ok(Loading::new(size, load))
}
