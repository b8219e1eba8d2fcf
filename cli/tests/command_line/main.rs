//! The command as a user runs it: its arguments, its files, its output and its exit codes.

#[cfg(test)]
mod change;
#[cfg(test)]
mod check;
#[cfg(test)]
mod command;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod diff;
#[cfg(test)]
mod evaluate;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod fmt;
#[cfg(test)]
mod init;
#[cfg(test)]
mod list;
#[cfg(test)]
mod page;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod warnings;
