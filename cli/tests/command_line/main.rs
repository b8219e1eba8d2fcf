//! The command as a user runs it: its arguments, its files, its output and its exit codes.

#[cfg(test)]
mod check;
#[cfg(test)]
mod command;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod evaluate;
#[cfg(test)]
mod requests;
