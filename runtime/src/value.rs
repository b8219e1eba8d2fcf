//! What a variant holds, as programs read it.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;
use std::sync::Arc;

use crate::compile::StoredValue;

/// A flag's text or JSON, shared with the snapshot that it came from.
///
/// It keeps that one value alive and nothing else, so it may be held for as long as one likes.
///
/// ```
/// use flagstone::Value;
///
/// let color: Value<str> = Value::from("blue");
/// assert_eq!(&*color, "blue");
/// assert_eq!(color.len(), 4);
/// ```
pub struct Value<T: ?Sized>(Arc<T>);

impl<T: ?Sized> Value<T> {
    /// The value as the `Arc` that it is.
    pub fn into_arc(self) -> Arc<T> {
        self.0
    }
}

impl<T: ?Sized> Deref for Value<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> AsRef<T> for Value<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> Clone for Value<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: ?Sized + PartialEq> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: ?Sized + Eq> Eq for Value<T> {}

impl<T: ?Sized + PartialEq> PartialEq<T> for Value<T> {
    fn eq(&self, other: &T) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Value<str> {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl<T: ?Sized> From<Arc<T>> for Value<T> {
    fn from(value: Arc<T>) -> Self {
        Self(value)
    }
}

impl From<&str> for Value<str> {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

/// How a flag's values are read. Generated code picks one for each flag.
pub trait ValueKind {
    /// What `value()` gives.
    type Output;

    /// Takes what a snapshot holds; nothing where the flag isn't known at all.
    fn read(stored: Option<&StoredValue>) -> Self::Output;
}

/// Values that are on or off.
#[derive(Debug, Clone, Copy)]
pub enum Switch {}

impl ValueKind for Switch {
    type Output = bool;

    fn read(stored: Option<&StoredValue>) -> bool {
        matches!(
            stored.map(StoredValue::value),
            Some(flagstone_model::Value::Boolean(true))
        )
    }
}

/// Values that are text, read as [`Value<str>`].
#[derive(Debug, Clone, Copy)]
pub enum Text {}

impl ValueKind for Text {
    type Output = Value<str>;

    fn read(stored: Option<&StoredValue>) -> Value<str> {
        match stored.map(StoredValue::value) {
            Some(flagstone_model::Value::String(text)) => Value(Arc::clone(text)),
            _ => Value::from(""),
        }
    }
}

/// Values that are JSON, read as [`Value<serde_json::Value>`](Value).
#[derive(Debug, Clone, Copy)]
pub enum Json {}

impl ValueKind for Json {
    type Output = Value<serde_json::Value>;

    fn read(stored: Option<&StoredValue>) -> Value<serde_json::Value> {
        match stored.map(StoredValue::value) {
            Some(flagstone_model::Value::Json(json)) => Value(Arc::clone(json)),
            _ => Value(Arc::new(serde_json::Value::Null)),
        }
    }
}

impl ValueKind for i64 {
    type Output = Self;

    fn read(stored: Option<&StoredValue>) -> Self {
        match stored.map(StoredValue::value) {
            Some(flagstone_model::Value::Integer(number)) => *number,
            _ => 0,
        }
    }
}

impl ValueKind for f64 {
    type Output = Self;

    fn read(stored: Option<&StoredValue>) -> Self {
        match stored.map(StoredValue::value) {
            Some(flagstone_model::Value::Number(number)) => *number,
            _ => 0.0,
        }
    }
}

/// Values of a `rust_type`, read as `Result<Value<T>, ValueError>`.
#[derive(Debug, Clone, Copy)]
pub struct Typed<T>(PhantomData<fn() -> T>);

impl<T: Send + Sync + 'static> ValueKind for Typed<T> {
    type Output = Result<Value<T>, ValueError>;

    fn read(stored: Option<&StoredValue>) -> Self::Output {
        let decoded = stored.and_then(StoredValue::typed);
        match decoded.map(|decoded| decoded.map(Arc::clone)) {
            Some(Ok(value)) => value
                .downcast()
                .map(Value)
                .map_err(|_| ValueError::new("it has another type")),
            Some(Err(reason)) => Err(ValueError(Arc::clone(reason))),
            None => Err(ValueError::new("the flag isn't known")),
        }
    }
}

/// A value in the document that the program was built from doesn't fit the flag's `rust_type`.
///
/// Documents that arrive later never cause it: a flag whose values don't fit keeps its last good form. Generated code
/// brings a test that finds the misfit, and `live().start()` refuses with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError(Arc<str>);

impl ValueError {
    fn new(reason: &str) -> Self {
        Self(reason.into())
    }

    /// Why the value doesn't fit.
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the value that this program was built with doesn't fit the flag's `rust_type`: {}",
            self.0
        )
    }
}

impl core::error::Error for ValueError {}
