//! Questions whose answers a document must leave as they are.

use core::fmt::{self, Write};
use std::sync::Arc;

use flagstone_model::Timestamp;

use crate::context::OwnedContext;
use crate::flag::{ContextFor, Flag, Schema};
use crate::snapshot::Snapshot;
use crate::variant::Variant;

/// A context and the answers that every document has to give for it, before it is put in force: what
/// [`LiveBuilder::probe`](crate::LiveBuilder::probe) takes.
///
/// A document with which an answer is another one is refused whole; its kills take effect all the same. So a mistake that
/// is well formed, such as a rule that shuts the staff out, never reaches anybody.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/flags/mod.rs"));
/// use flagstone::{Error, Probe};
/// use flags::{Context, Flags, Plan};
///
/// fn main() -> Result<(), Error> {
///     let premium = Context::new("u-17").plan(Plan::Premium);
///     let probe = Probe::new("who pays sees the new checkout", &premium);
///     let _live = flags::live().probe(probe.expect(Flags::NEW_CHECKOUT, true)).start()?;
///
///     let wrong = flags::DOCUMENT.replace("plan: premium }, serve: on", "plan: free }, serve: on");
///     let refused = flags::control().publish("flags.yaml", &wrong);
///     assert!(matches!(refused, Err(Error::Probe { .. })));
///     assert!(Flags::NEW_CHECKOUT.is_enabled_for(&premium));
///     Ok(())
/// }
/// ```
#[must_use = "a probe does nothing before it is given to `live().probe(…)`"]
pub struct Probe<S> {
    name: Arc<str>,
    /// Copied, since the probe outlives what the context borrows.
    context: Arc<OwnedContext>,
    expected: Vec<Expectation>,
    set: core::marker::PhantomData<fn() -> S>,
}

/// One answer that has to hold.
pub(crate) struct Expectation {
    probe: Arc<str>,
    context: Arc<OwnedContext>,
    key: Box<str>,
    variant: Box<str>,
}

impl<S: Schema> Probe<S> {
    /// A probe with a name for reports, about a context.
    pub fn new<C: ContextFor<S> + ?Sized>(name: &str, context: &C) -> Self {
        Self {
            name: name.into(),
            context: Arc::new(S::set().copy_of(context.slots())),
            expected: Vec::new(),
            set: core::marker::PhantomData,
        }
    }

    /// The flag has to answer this.
    pub fn expect<V: Variant>(self, flag: Flag<V, S>, variant: V) -> Self {
        let ordinal = usize::try_from(variant.ordinal()).unwrap_or(usize::MAX);
        let name = V::NAMES.get(ordinal).copied().unwrap_or_default();
        self.expect_key(flag.key(), name)
    }

    /// The same by key and the variant's name, for flags that the program doesn't know.
    pub fn expect_key(mut self, key: &str, variant: &str) -> Self {
        self.expected.push(Expectation {
            probe: Arc::clone(&self.name),
            context: Arc::clone(&self.context),
            key: key.into(),
            variant: variant.into(),
        });
        self
    }

    pub(super) fn into_expectations(self) -> Vec<Expectation> {
        self.expected
    }
}

impl Expectation {
    /// What doesn't hold, in a line each; nothing where all do.
    pub(crate) fn failures(all: &[Self], snapshot: &Snapshot, now: Timestamp) -> Option<String> {
        let mut report = String::new();
        for expected in all {
            let given = snapshot.evaluate_slots(&expected.key, &*expected.context, now);
            if given.variant == Some(&*expected.variant) {
                continue;
            }
            let _ = writeln!(
                report,
                "probe `{}`: the flag `{}` has to answer `{}`, and answers {} ({})",
                expected.probe,
                expected.key,
                expected.variant,
                given
                    .variant
                    .map_or_else(|| "nothing".to_owned(), |variant| format!("`{variant}`")),
                given.reason,
            );
        }
        (!report.is_empty()).then_some(report)
    }
}

impl<S> fmt::Debug for Probe<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.expected.iter().map(|expected| &expected.key);
        f.debug_struct("Probe")
            .field("name", &self.name)
            .field("flags", &keys.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
