//! The attribute's arguments as they are written, each mistake reported at its own token.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Path, Token};

use super::arms::{Arm, arms};
use super::callee::Callee;
use super::flag::Flag;
use super::words::{NAMES, at_end, next_is_argument, skip};
use crate::report::Report;
use crate::suggest;

/// The arguments; what was missing or wrong is `None`.
pub(crate) struct Arguments {
    pub(crate) flag: Option<Flag>,
    /// What happens instead; more than one are reported, and the first is taken.
    pub(crate) leaves: Vec<(Ident, Leave)>,
    pub(crate) context: Option<Expr>,
    pub(crate) flags: Option<Path>,
    pub(crate) not: Option<Ident>,
    pub(crate) either: Option<Ident>,
    /// What couldn't be read may have been something that the expansion depends on; to expand without it would only
    /// make more errors.
    pub(crate) is_partial: bool,
    seen: Vec<Ident>,
}

/// What happens instead of the function's body.
pub(crate) enum Leave {
    Fallback(Callee),
    Value(Expr),
    Default,
    Error(Expr),
    Variants(Vec<Arm>),
}

impl Arguments {
    /// Reads the arguments to their end whatever is wrong with them.
    pub(crate) fn parse(tokens: TokenStream, report: &mut Report) -> Self {
        let mut arguments = Self {
            flag: None,
            leaves: Vec::new(),
            context: None,
            flags: None,
            not: None,
            either: None,
            is_partial: false,
            seen: Vec::new(),
        };
        let read = |input: ParseStream<'_>| {
            arguments.read(input, report);
            Ok(())
        };
        if let Err(error) = read.parse2(tokens) {
            report.syntax(error);
        }
        arguments
    }

    fn read(&mut self, input: ParseStream<'_>, report: &mut Report) {
        self.flag = Flag::parse(input, report);
        self.is_partial = self.flag.is_none();
        // Without a flag the first argument may already be one of the others.
        let mut is_at_argument = self.flag.is_none() && next_is_argument(input);
        while !input.is_empty() {
            if is_at_argument {
                is_at_argument = false;
            } else if input
                .parse::<Option<Token![,]>>()
                .is_ok_and(|comma| comma.is_none())
            {
                self.is_partial = true;
                report.at(input.span(), "expected `,`");
                if !next_is_argument(input) {
                    skip(input);
                    continue;
                }
            }
            if !input.is_empty() && self.argument(input, report).is_none() {
                self.is_partial = true;
                skip(input);
            }
        }
        self.refuse_rivals(report);
    }

    /// Reads one argument; `None` where what follows it up to the next comma is to be skipped.
    fn argument(&mut self, input: ParseStream<'_>, report: &mut Report) -> Option<()> {
        let Ok(name) = Ident::parse_any(input) else {
            report.at(
                input.span(),
                "expected an argument such as `fallback = old`",
            );
            return None;
        };
        match name.to_string().as_str() {
            "fallback" => {
                equals(input, &name, "a function: `fallback = old`", report)?;
                let callee = Callee::parse(
                    input,
                    "fallback",
                    report,
                    "`fallback` takes a function (`old`, `Self::old`, `self.old`); for any other expression write `value = <expression>`",
                )?;
                self.leave(name, Leave::Fallback(callee), report);
            }
            "value" => {
                let value = expression(input, &name, report)?;
                self.leave(name, Leave::Value(value), report);
            }
            "default" => {
                no_value(
                    input,
                    &name,
                    "; for a value of your own write `value = <expression>`",
                    report,
                )?;
                self.leave(name, Leave::Default, report);
            }
            "err" => {
                let error = expression(input, &name, report)?;
                self.leave(name, Leave::Error(error), report);
            }
            "variants" => {
                let arms = arms(input, &name, report)?;
                self.leave(name, Leave::Variants(arms), report);
            }
            "context" => {
                let context = expression(input, &name, report)?;
                if self.is_first(name, report) {
                    self.context = Some(context);
                }
            }
            "flags" => {
                equals(input, &name, "a path: `flags = my_flags::flags`", report)?;
                let path = input.call(Path::parse_mod_style);
                let path = path.map_err(|error| report.syntax(error)).ok()?;
                if self.is_first(name, report) {
                    self.flags = Some(path);
                }
            }
            "not" | "either" => {
                no_value(input, &name, "", report)?;
                self.word(name, report);
            }
            written => {
                self.unknown(&name, written, report);
                skip(input);
            }
        }
        Some(())
    }

    fn word(&mut self, name: Ident, report: &mut Report) {
        if !self.is_first(name.clone(), report) {
            return;
        }
        if name == "not" {
            self.not = Some(name);
        } else {
            self.either = Some(name);
        }
    }

    fn leave(&mut self, name: Ident, leave: Leave, report: &mut Report) {
        if self.is_first(name.clone(), report) {
            self.leaves.push((name, leave));
        }
    }

    /// Of the arguments that say what to do instead one is enough.
    fn refuse_rivals(&self, report: &mut Report) {
        let Some(((first, _), rivals)) = self.leaves.split_first() else {
            return;
        };
        let when = if self.not.is_some() { "on" } else { "off" };
        for (rival, _) in rivals {
            report.at(
                rival.span(),
                format!("`{rival}` can't stand beside `{first}`: choose one thing to do when the flag is {when}"),
            );
        }
    }

    fn is_first(&mut self, name: Ident, report: &mut Report) -> bool {
        if self.seen.contains(&name) {
            report.at(name.span(), format!("`{name}` is here twice"));
            return false;
        }
        self.seen.push(name);
        true
    }

    fn unknown(&mut self, name: &Ident, written: &str, report: &mut Report) {
        let near = suggest::nearest(written, NAMES);
        self.is_partial |= self.leaves.is_empty() || matches!(near, Some("flags" | "either"));
        let hint = suggest::hint(written, NAMES);
        let names = NAMES.join(", ");
        report.at(
            name.span(),
            format!("unknown argument `{written}`{hint}\nexpected one of: {names}"),
        );
    }
}

fn expression(input: ParseStream<'_>, name: &Ident, report: &mut Report) -> Option<Expr> {
    equals(
        input,
        name,
        &format!("an expression: `{name} = ..`"),
        report,
    )?;
    input.parse().map_err(|error| report.syntax(error)).ok()
}

fn equals(input: ParseStream<'_>, name: &Ident, what: &str, report: &mut Report) -> Option<()> {
    if input.parse::<Token![=]>().is_ok() && !at_end(input) {
        return Some(());
    }
    report.at(name.span(), format!("`{name}` needs {what}"));
    None
}

fn no_value(input: ParseStream<'_>, name: &Ident, hint: &str, report: &mut Report) -> Option<()> {
    if at_end(input) || !(input.peek(Token![=]) || input.peek(syn::token::Paren)) {
        return Some(());
    }
    report.at(name.span(), format!("`{name}` takes no value{hint}"));
    None
}
