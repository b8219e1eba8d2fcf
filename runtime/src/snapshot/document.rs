//! A document as it came, for as long as something in force comes from it.

use core::fmt;
use std::sync::Arc;

/// A document as it came.
#[derive(PartialEq, Eq)]
pub(crate) struct Document {
    /// What reports call it.
    pub(crate) name: Arc<str>,
    pub(crate) bytes: Arc<[u8]>,
    /// Later documents have a greater one.
    pub(crate) serial: u64,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("name", &self.name)
            .field("bytes", &self.bytes.len())
            .field("serial", &self.serial)
            .finish()
    }
}
