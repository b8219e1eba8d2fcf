//! The form of a state on disk: a line that says what it is, a checksum of all that follows, a JSON header, and the documents.

use std::sync::Arc;

use flagstone_model::{FlagKills, Kills, Timestamp};
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_128;

use super::super::running::Taken;
use crate::snapshot::{Digest, Document, Kept, KeptFlag};
use crate::status::Origin;

/// The first bytes. The number is the format's; what is older or newer is refused.
const MAGIC: &[u8] = b"flagstone cache 1\n";
const CHECKSUM_BYTES: usize = 16;
const LENGTH_BYTES: usize = 8;

/// A state as it is on disk.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::set) struct Stored {
    /// Whose it is.
    set: Box<str>,
    pub(in crate::set) environment: Option<Box<str>>,
    /// The source of the document, by its name.
    pub(in crate::set) source: Arc<str>,
    pub(in crate::set) loaded_at: Timestamp,
    /// The document in force; none where it is the program's own.
    pub(in crate::set) document: Option<Arc<Document>>,
    /// What flags that it doesn't move come from, the oldest first.
    pub(in crate::set) kept: Vec<Kept>,
    pub(in crate::set) kills: Kills,
}

impl Stored {
    pub(super) fn of(set: &str, taken: &Taken) -> Self {
        let source = match &taken.origin {
            Origin::Cache(source) => Arc::clone(source),
            other => other.to_string().into(),
        };
        Self {
            set: set.into(),
            environment: taken.environment.as_deref().map(Box::from),
            source,
            loaded_at: taken.at,
            document: taken.document.clone(),
            kept: taken.snapshot.kept(),
            kills: taken.snapshot.kills_of_documents(),
        }
    }

    /// About how many bytes it takes.
    pub(super) fn size(&self) -> usize {
        let documents = self.documents().map(|document| document.bytes.len());
        documents.fold(0, usize::saturating_add)
    }

    fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        let kept = self.kept.iter().map(|kept| &kept.document);
        kept.chain(&self.document)
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let header = self.header().to_string().into_bytes();
        let length = u64::try_from(header.len()).unwrap_or(u64::MAX);
        let mut body = length.to_le_bytes().to_vec();
        body.extend(header);
        for document in self.documents() {
            body.extend_from_slice(&document.bytes);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(xxh3_128(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    fn header(&self) -> Value {
        let document =
            |document: &Document| json!({ "name": &*document.name, "bytes": document.bytes.len() });
        let kept = self.kept.iter().map(|kept| {
            let flags = kept.flags.iter();
            let flags = flags.map(|flag| json!([&*flag.key, flag.since.to_string()]));
            let flags: Vec<Value> = flags.collect();
            json!({ "document": document(&kept.document), "flags": flags })
        });
        json!({
            "set": &*self.set,
            "environment": self.environment.as_deref(),
            "source": &*self.source,
            "loaded_at": self.loaded_at.milliseconds(),
            "kept": kept.collect::<Vec<_>>(),
            "document": self.document.as_deref().map(document),
            "killed_flags": self.kills.flags.keys().map(|key| &**key).collect::<Vec<_>>(),
            "environment_is_killed": !self.kills.environments.is_empty(),
        })
    }

    /// Reads a state.
    ///
    /// # Errors
    ///
    /// Why it is none.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self, String> {
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| {
            let wanted = String::from_utf8_lossy(MAGIC);
            format!(
                "it doesn't begin with `{}`, so it was written by another version or program",
                wanted.trim_end()
            )
        })?;
        let torn = || "it is torn or damaged; the next accepted state replaces it".to_owned();
        let (checksum, body) = rest
            .split_first_chunk::<CHECKSUM_BYTES>()
            .ok_or_else(torn)?;
        if xxh3_128(body).to_le_bytes() != *checksum {
            return Err(torn());
        }
        let read = || {
            let (length, rest) = body.split_first_chunk::<LENGTH_BYTES>()?;
            let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
            let (header, documents) = rest.split_at_checked(length)?;
            let header = serde_json::from_slice(header).ok()?;
            Self::of_header(&header, documents)
        };
        // Its checksum is right, so whoever wrote it meant something else.
        read().ok_or_else(|| "its header says what this version doesn't understand".to_owned())
    }

    fn of_header(header: &Value, documents: &[u8]) -> Option<Self> {
        let mut documents = Documents {
            rest: documents,
            serial: 0,
        };
        let kept = header.get("kept")?.as_array()?;
        let kept: Option<Vec<Kept>> = kept.iter().map(|kept| documents.kept(kept)).collect();
        let kept = kept?;
        let document = match header.get("document")? {
            Value::Null => None,
            document => Some(documents.next(document)?),
        };
        let environment = match header.get("environment")? {
            Value::Null => None,
            environment => Some(environment.as_str()?.into()),
        };
        let killed = header.get("killed_flags")?.as_array()?;
        let everywhere = FlagKills {
            base: true,
            ..FlagKills::default()
        };
        let flags: Option<_> = killed
            .iter()
            .map(|key| Some((key.as_str()?.into(), everywhere.clone())))
            .collect();
        let is_killed = header.get("environment_is_killed")?.as_bool()?;
        Some(Self {
            set: header.get("set")?.as_str()?.into(),
            source: header.get("source")?.as_str()?.into(),
            loaded_at: Timestamp::from_milliseconds(header.get("loaded_at")?.as_i64()?),
            document,
            kept,
            kills: Kills {
                environments: environment.iter().filter(|_| is_killed).cloned().collect(),
                flags: flags?,
            },
            environment,
        })
    }

    /// This state, if it is of a set and an environment.
    pub(super) fn belongs_to(self, set: &str, environment: Option<&str>) -> Result<Self, String> {
        if &*self.set == set && self.environment.as_deref() == environment {
            Ok(self)
        } else {
            let environment = self.environment.as_deref().unwrap_or("none");
            Err(format!(
                "it is the state of {}, environment {environment}",
                self.set
            ))
        }
    }
}

/// The documents behind a header, one after the other.
struct Documents<'b> {
    rest: &'b [u8],
    serial: u64,
}

impl Documents<'_> {
    fn next(&mut self, header: &Value) -> Option<Arc<Document>> {
        let length = usize::try_from(header.get("bytes")?.as_u64()?).ok()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        self.serial = self.serial.checked_add(1)?;
        Some(Arc::new(Document {
            name: header.get("name")?.as_str()?.into(),
            bytes: bytes.into(),
            serial: self.serial,
        }))
    }

    fn kept(&mut self, header: &Value) -> Option<Kept> {
        let document = self.next(header.get("document")?)?;
        let flags = header.get("flags")?.as_array()?.iter().map(|flag| {
            let since = flag.get(1)?.as_str()?;
            Some(KeptFlag {
                key: flag.get(0)?.as_str()?.into(),
                since: Digest::of_u128(u128::from_str_radix(since, 16).ok()?),
            })
        });
        Some(Kept {
            document,
            flags: flags.collect::<Option<_>>()?,
        })
    }
}
