//! Reading the status.

use std::sync::Arc;

use super::FlagSet;
use super::session::Following;
use crate::status::Status;

impl FlagSet {
    pub(super) fn read_status(&'static self) -> Status {
        let running = self.running();
        let lacking_context = running.lacking.total();
        let desk = running.lock();
        let taken = &desk.taken;
        let following = desk.following.as_ref();
        let sources = following.map_or_else(Vec::new, Following::status_of_sources);
        Status {
            origin: taken.origin.clone(),
            digest: running.current.load().digest(),
            environment: taken.environment.as_deref().map(str::to_owned),
            loaded_at: taken.at,
            stale_since: following
                .and_then(|following| following.stale_since(&taken.origin, taken.at)),
            last_error: desk.last_error.clone(),
            problems: Arc::clone(&taken.problems),
            reloads: desk.reloads,
            refusals: desk.refusals,
            retries: sources
                .iter()
                .fold(0, |sum: u64, source| sum.saturating_add(source.retries)),
            sources,
            cache_error: desk.cache_error.clone(),
            is_live: following.is_some(),
            is_ready: desk.is_ready,
            lacking_context,
        }
    }
}
