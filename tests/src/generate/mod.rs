//! Random documents that are valid, and questions about them; and ways to damage them.
//!
//! A document is drafted so that whatever refers to something refers to what was made before it: nothing closes a
//! circle. All of the language occurs, but for what no page settles: empty lists and mappings outside conditions,
//! the checker's warnings under `allow`, and `serve` beside a `split` that only another place's rules borrow.

mod condition;
mod damage;
mod deciding;
mod distribution;
mod flag;
mod moment;
mod random;
mod request;
mod schema;
mod segment;
mod vocabulary;

use serde_json::{Map, Value, json};

pub use damage::{damage_document, damage_text};
pub use random::Random;

use flag::FlagShape;
use schema::Attribute;

/// A random valid document and questions about it, the same for the same seed.
///
/// ```
/// use flagstone_tests::{Case, evaluate, milliseconds};
///
/// let case = Case::new(7);
/// assert_eq!(case.document, Case::new(7).document);
/// let now = milliseconds(&case.at).unwrap_or_default();
/// for (flag, context) in &case.requests {
///     let answer = evaluate(&case.document, case.environment.as_deref(), flag, context, now);
///     assert_eq!(answer.variant.is_none(), answer.reason == "error");
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Case {
    /// The document.
    pub document: Value,
    /// An environment that the document declares.
    pub environment: Option<String>,
    /// The time of every question, in RFC 3339.
    pub at: String,
    /// Flags, some of them unknown or retired, each with the attributes to ask it for.
    pub requests: Vec<(String, Map<String, Value>)>,
}

impl Case {
    /// Makes the case of a seed.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let now = moment::any(&mut random);
        let mut draft = Draft {
            random,
            now,
            ..Draft::default()
        };
        let document = draft.document();
        let environments = draft.environments.clone();
        Self {
            document,
            environment: (!environments.is_empty() && draft.random.chance(75))
                .then(|| draft.random.pick(&environments)),
            at: moment::written(&mut draft.random, now),
            requests: (0..12).map(|_| draft.request()).collect(),
        }
    }
}

impl Default for Random {
    fn default() -> Self {
        Self::new(0)
    }
}

/// What has been made of a document so far.
#[derive(Debug, Default)]
struct Draft {
    random: Random,
    /// The time of the questions, in milliseconds since 1970.
    now: i64,
    attributes: Vec<Attribute>,
    environments: Vec<String>,
    segments: Vec<SegmentShape>,
    flags: Vec<FlagShape>,
    /// What answering the flag or segment in the making may have to look at so far.
    cost: usize,
}

/// A segment that conditions can name.
#[derive(Debug, Clone, Default)]
struct SegmentShape {
    name: String,
    cost: usize,
}

/// How many other flags and segments answering one may have to look at. The language has a limit that is far higher.
const MOST_COST: usize = 300;

impl Draft {
    fn document(&mut self) -> Value {
        let mut document = Map::new();
        document.insert("version".to_owned(), 1.into());
        if let Some(context) = self.context() {
            document.insert("context".to_owned(), context);
        }
        let environments = self.declared_environments();
        let (mut segments, mut flags) = (Map::new(), Map::new());
        for _ in 0..5 + self.random.below(8) {
            self.cost = 1;
            if self.random.chance(30) {
                let (name, segment) = self.segment();
                segments.insert(name, segment);
            } else {
                let (key, flag) = self.flag();
                flags.insert(key, flag);
            }
        }
        for (key, section) in [("environments", environments), ("segments", segments)] {
            if !section.is_empty() {
                document.insert(key.to_owned(), Value::Object(section));
            }
        }
        document.insert("flags".to_owned(), Value::Object(flags));
        self.add_what_nothing_depends_on(&mut document);
        Value::Object(document)
    }

    fn add_what_nothing_depends_on(&mut self, document: &mut Map<String, Value>) {
        if self.random.chance(40) {
            let retired = json!({
                "old-search": { "date": "2026-03-01", "note": "replaced" },
                "old_banner": { "date": "2024-02-29" },
            });
            document.insert("retired".to_owned(), retired);
        }
        if self.random.chance(20) {
            document.insert("x-note".to_owned(), json!({ "any": ["thing", 1, true] }));
        }
        if self.random.chance(20) {
            document.insert("$schema".to_owned(), "flags.schema.json".into());
        }
    }

    /// Counts a reference, unless answering would have to look at too much then.
    fn can_afford(&mut self, cost: usize) -> bool {
        let is_affordable = self.cost + cost <= MOST_COST;
        if is_affordable {
            self.cost += cost;
        }
        is_affordable
    }
}
