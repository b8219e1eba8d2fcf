//! From what a document says to Rust.
//!
//! The file is written as text, indented as rustfmt would: people land in it by "go to definition".

mod context;
mod docs;
mod flags;
mod lookup;
mod names;
mod retired;
mod set;
mod variants;

use flagstone_model::Definition;

use names::Names;

/// Where the generated code will stand, and what it is called there.
#[derive(Debug)]
pub(crate) struct Target {
    /// The module's path from the root of the crate.
    pub(crate) module: String,
    /// The name of the file, without its ending.
    pub(crate) file: String,
    /// The path of the runtime.
    pub(crate) runtime: String,
    /// The name of the package, which keeps exported macros of several crates apart.
    pub(crate) package: String,
    /// The document's path as reports show it.
    pub(crate) document: String,
}

impl Target {
    /// The name of the file beside the generated one that holds the document's text.
    pub(crate) fn document_file(&self) -> String {
        format!("{}.document", self.file)
    }
}

/// The generated file.
pub(crate) fn file(definition: &Definition, target: &Target) -> String {
    let names = Names::new(definition);
    let mut rust = header(target);
    set::render(&mut rust, definition, target);
    flags::render(&mut rust, definition, &names);
    retired::render(&mut rust, definition, &names);
    variants::render(&mut rust, definition, &names);
    context::render(&mut rust, definition, &names);
    lookup::render(&mut rust, definition, target, &names);
    rust
}

fn header(target: &Target) -> String {
    let (document, runtime, version) =
        (&target.document, &target.runtime, env!("CARGO_PKG_VERSION"));
    format!(
        "// Written by flagstone-build {version} from {document}; edit that file, not this one.\n\
         \n\
         {runtime}::__assert_version!(\"{version}\");\n\
         \n\
         #[doc(hidden)]\n\
         #[allow(unused_imports, reason = \"a program may have no use for them\")]\n\
         pub use {runtime}::__rt;\n"
    )
}

#[cfg(test)]
mod tests;
