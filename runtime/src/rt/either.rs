//! One of two types that share a trait, for gated functions that return `impl Trait`.

use core::fmt;
use core::iter::FusedIterator;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::error::Error;
use std::io::{self, Read, Write};

use pin_project_lite::pin_project;

pin_project! {
    /// What a function gated with `either` returns: its own result, or its fallback's.
    #[derive(Clone)]
    pub struct Either<L, R> {
        #[pin]
        side: Side<L, R>,
    }
}

pin_project! {
    #[project = Projected]
    #[derive(Clone)]
    enum Side<L, R> {
        Left { #[pin] value: L },
        Right { #[pin] value: R },
    }
}

#[expect(
    non_snake_case,
    reason = "the expansion writes them like the variants of an enum"
)]
impl<L, R> Either<L, R> {
    /// The function's own result.
    pub fn Left(value: L) -> Self {
        Self {
            side: Side::Left { value },
        }
    }

    /// The fallback's result.
    pub fn Right(value: R) -> Self {
        Self {
            side: Side::Right { value },
        }
    }
}

/// The same expression for whichever side there is.
macro_rules! either {
    ($side:expr, $value:ident => $result:expr) => {
        match $side {
            Side::Left { value: $value } => $result,
            Side::Right { value: $value } => $result,
        }
    };
}

impl<L: Iterator, R: Iterator<Item = L::Item>> Iterator for Either<L, R> {
    type Item = L::Item;

    fn next(&mut self) -> Option<L::Item> {
        either!(&mut self.side, value => value.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        either!(&self.side, value => value.size_hint())
    }

    fn nth(&mut self, n: usize) -> Option<L::Item> {
        either!(&mut self.side, value => value.nth(n))
    }

    fn fold<A, F: FnMut(A, L::Item) -> A>(self, start: A, add: F) -> A {
        either!(self.side, value => value.fold(start, add))
    }
}

impl<L: DoubleEndedIterator, R: DoubleEndedIterator<Item = L::Item>> DoubleEndedIterator
    for Either<L, R>
{
    fn next_back(&mut self) -> Option<L::Item> {
        either!(&mut self.side, value => value.next_back())
    }
}

impl<L: ExactSizeIterator, R: ExactSizeIterator<Item = L::Item>> ExactSizeIterator
    for Either<L, R>
{
}

impl<L: FusedIterator, R: FusedIterator<Item = L::Item>> FusedIterator for Either<L, R> {}

impl<L: Future, R: Future<Output = L::Output>> Future for Either<L, R> {
    type Output = L::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<L::Output> {
        match self.project().side.project() {
            Projected::Left { value } => value.poll(context),
            Projected::Right { value } => value.poll(context),
        }
    }
}

impl<L: fmt::Display, R: fmt::Display> fmt::Display for Either<L, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        either!(&self.side, value => value.fmt(f))
    }
}

impl<L: fmt::Debug, R: fmt::Debug> fmt::Debug for Either<L, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        either!(&self.side, value => value.fmt(f))
    }
}

impl<L: Error, R: Error> Error for Either<L, R> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        either!(&self.side, value => value.source())
    }
}

impl<L: Read, R: Read> Read for Either<L, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        either!(&mut self.side, value => value.read(buffer))
    }
}

impl<L: Write, R: Write> Write for Either<L, R> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        either!(&mut self.side, value => value.write(buffer))
    }

    fn flush(&mut self) -> io::Result<()> {
        either!(&mut self.side, value => value.flush())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(left: bool) -> impl DoubleEndedIterator<Item = u8> + ExactSizeIterator {
        if left {
            return Either::Left([1, 2, 3].into_iter());
        }
        Either::Right(
            (4..6_u8)
                .rev()
                .map(|number| number * 2)
                .collect::<Vec<_>>()
                .into_iter(),
        )
    }

    #[test]
    fn either_side_behaves_as_itself() {
        for (left, expected) in [(true, vec![1, 2, 3]), (false, vec![10, 8])] {
            assert_eq!(numbers(left).len(), expected.len());
            assert_eq!(numbers(left).collect::<Vec<_>>(), expected);
            assert_eq!(numbers(left).next_back(), expected.last().copied());
        }
        let shown: [Either<u8, &str>; 2] = [Either::Left(5), Either::Right("five")];
        assert_eq!(
            format!("{} {} {shown:?}", shown[0], shown[1]),
            r#"5 five [5, "five"]"#
        );
    }

    #[test]
    fn either_side_is_polled() {
        let mut context = Context::from_waker(core::task::Waker::noop());
        for (left, expected) in [(true, 1), (false, 2)] {
            let either = if left {
                Either::Left(async { 1 })
            } else {
                Either::Right(core::future::ready(2))
            };
            let polled = core::pin::pin!(either).poll(&mut context);
            assert_eq!(polled, Poll::Ready(expected));
        }
    }
}
