//! What runs instead of a gated function takes and gives the same types.

/// A type that is the same as another.
///
/// Nothing is converted here. Where a mere mismatch would make the compiler propose a conversion of the fallback's name,
/// the expansion asks for this, so that the error says no more than what differs.
#[diagnostic::on_unimplemented(
    message = "mismatched types",
    label = "expected `{Self}`, found `{Other}`",
    note = "the function that runs instead has to have the gated function's signature"
)]
pub trait SameAs<Other> {
    /// What is given, unchanged.
    fn same(given: Other) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T> SameAs<T> for T {
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "a gate costs nothing in a debug build either"
    )]
    fn same(given: T) -> Self {
        given
    }
}
