//! The words that generated documents are made of. The lists stay packed: a word a line, they would fill pages.

/// Keys of the language, in all of its places, and some that are none.
#[rustfmt::skip]
pub(crate) const KEYS: &[&str] = &[
    "version", "context", "segments", "environments", "flags", "retired", "x-any", "targeting_key", "attributes", "type",
    "values", "required", "private", "description", "owner", "tags", "link", "metadata", "kind", "remove_by", "deprecated",
    "expose", "allow", "rust_name", "rust_type", "variants", "salt", "baseline", "killed", "overrides", "enabled",
    "starts_at", "ends_at", "prerequisites", "rules", "serve", "rollout", "split", "by", "members", "if", "name", "unit",
    "until", "reason", "from", "to", "start", "end", "at", "date", "note", "all", "any", "not", "segment", "sample", "flag",
    "now", "everyone", "exists", "equals", "not_equals", "in", "not_in", "contains", "not_contains", "starts_with",
    "ends_with", "matches", "gt", "gte", "lt", "lte", "before", "after", "on", "off", "true", "a", "b", "c", "plan", "age",
    "score", "verified", "seen", "app", "roles", "user_id", "production", "staging", "typo", "a-b", "a_b", "2fa", "größe", "",
];

/// Scalars that mean something somewhere, each as it is written in JSON.
#[rustfmt::skip]
pub(crate) const SCALARS: &[&str] = &[
    "1", "0", "-1", "5.0", "1e400", "9223372036854775808", "true", "false", "null", "\"on\"", "\"off\"", "\"a\"", "\"b\"",
    "\"c\"", "\"0%\"", "\"25%\"", "\"100%\"", "\"33.333333%\"", "\"101%\"", "\"25\"", "\"2026-01-01T00:00:00Z\"",
    "\"2026-06-01T00:00:00+05:30\"", "\"2026-12-31T23:59:59.999Z\"", "\"2026-02-30\"", "\"2026-01-01\"", "\"1.2.3\"",
    "\"2.10.0-rc.1\"", "\"v1\"", "\"boolean\"", "\"string\"", "\"integer\"", "\"number\"", "\"json\"", "\"semver\"",
    "\"timestamp\"", "\"strings\"", "\"release\"", "\"plan\"", "\"age\"", "\"roles\"", "\"user_id\"", "\"everyone\"",
    "\"production\"", "\"(\"", "\"a|b\"", "\"(a{1000}){1000}\"", "\"\"", "\"crate::Limits\"", "\"NAME\"", "\"größe\"", "{}", "[]",
];

/// The attributes of generated documents, and one that they don't have.
#[rustfmt::skip]
pub(crate) const ATTRIBUTES: &[&str] =
    &["user_id", "plan", "age", "score", "verified", "seen", "app", "roles", "attr0", "attr1", "attr2", "targeting_key", "no"];
