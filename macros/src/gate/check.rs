//! Whether the arguments fit each other and the function.

use proc_macro2::{Ident, Span};
use syn::{Expr, Path};

use super::arguments::{Arguments, Leave};
use super::callee::Callee;
use super::flag::Flag;
use super::function::Function;
use crate::report::Report;

/// A gate that can be expanded.
pub(crate) struct Gate<'a> {
    pub(crate) function: &'a Function,
    pub(crate) flag: &'a Flag,
    pub(crate) leave: &'a Leave,
    /// The name of the argument that says what happens instead.
    pub(crate) word: &'a Ident,
    pub(crate) context: Option<&'a Expr>,
    pub(crate) flags: Option<&'a Path>,
    pub(crate) not: bool,
    pub(crate) either: bool,
}

impl Gate<'_> {
    /// Whether another function is called instead, with the function's own arguments.
    pub(crate) fn calls(&self) -> bool {
        matches!(self.leave, Leave::Fallback(_) | Leave::Variants(_))
    }
}

/// The gate, or `None` where its expansion would only lead to errors about what is reported already.
pub(crate) fn check<'a>(
    arguments: &'a Arguments,
    function: Option<&'a Function>,
    report: &mut Report,
) -> Option<Gate<'a>> {
    let (Some((word, leave)), Some(flag)) = (arguments.leaves.first(), &arguments.flag) else {
        // What can't be gated needs no fallback either.
        if function.is_some() {
            refuse_missing(arguments, report);
        }
        return None;
    };
    let mut fits = check_variants(arguments, flag, leave, report);
    let function = function?;
    fits &= check_callees(leave, function, report);
    fits &= check_result(arguments, leave, word, function, report);
    (fits && !arguments.is_partial).then_some(Gate {
        function,
        flag,
        leave,
        word,
        context: arguments.context.as_ref(),
        flags: arguments.flags.as_ref(),
        not: arguments.not.is_some(),
        either: arguments.either.is_some(),
    })
}

/// Without a flag, or after an argument that couldn't be read, this would be a second error about one mistake.
fn refuse_missing(arguments: &Arguments, report: &mut Report) {
    if let Some(flag) = &arguments.flag
        && !arguments.is_partial
    {
        let when = if arguments.not.is_some() { "on" } else { "off" };
        report.at(
            flag.span(),
            format!("what should happen when this flag is {when}? add `fallback = <a function of the same signature>`, `value = <expression>`, `default` or `err = <expression>`"),
        );
    }
}

fn check_variants(arguments: &Arguments, flag: &Flag, leave: &Leave, report: &mut Report) -> bool {
    if !matches!(leave, Leave::Variants(_)) {
        return true;
    }
    let mut fits = true;
    for word in arguments.not.iter().chain(&arguments.either) {
        report.at(
            word.span(),
            format!("`{word}` can't stand beside `variants`"),
        );
        fits = false;
    }
    if let Flag::Path(path) = flag {
        report.over(
            path,
            "`variants` needs the flag's key as text, since the key tells what the variants are",
        );
        fits = false;
    }
    fits
}

fn check_callees(leave: &Leave, function: &Function, report: &mut Report) -> bool {
    if function.has_receiver() {
        return true;
    }
    let mut fits = true;
    for (span, name) in callees(leave).filter_map(Callee::receiver) {
        report.at(
            span,
            format!("`self.{name}` needs a method, and this function has no `self`"),
        );
        fits = false;
    }
    fits
}

fn callees(leave: &Leave) -> impl Iterator<Item = &Callee> {
    let (one, many) = match leave {
        Leave::Fallback(callee) => (Some(callee), &[][..]),
        Leave::Variants(arms) => (None, &arms[..]),
        Leave::Value(_) | Leave::Default | Leave::Error(_) => (None, &[][..]),
    };
    one.into_iter()
        .chain(many.iter().filter_map(|arm| arm.callee.as_ref()))
}

fn check_result(
    arguments: &Arguments,
    leave: &Leave,
    word: &Ident,
    function: &Function,
    report: &mut Report,
) -> bool {
    let mut refuse = |span: Span, message: &str| {
        report.at(span, message);
        false
    };
    if let Some(either) = &arguments.either
        && !matches!(leave, Leave::Variants(_))
        && !function.output.is_impl()
    {
        return refuse(
            either.span(),
            "`either` is for functions that return `impl Trait`",
        );
    }
    if matches!(leave, Leave::Error(_)) && function.output.is_unit() {
        return refuse(word.span(), "`err` is for functions that return a `Result`");
    }
    true
}
