//! How generated flags come into a crate.

/// Brings the flags that the build script generated into the crate, as `pub mod flags`. It belongs at the root of the crate.
///
/// `include_flags!(switches)` makes `pub mod switches` instead, for which the build script says
/// `Builder::new("flags.yaml").module("switches")`.
///
/// The module has `Flags` with a constant for each flag, `Context` with a method for each attribute, an enum for each flag with variants
/// and each closed list, and the functions `scope`, `live`, `status`, `snapshot`. `cargo doc` shows it.
///
/// ```text
/// flagstone::include_flags!();
/// use flags::{Context, Flags};
/// ```
#[macro_export]
macro_rules! include_flags {
    () => {
        $crate::include_flags!(flags);
    };
    ($module:ident) => {
        /// The feature flags of this crate, as declared in its `flags.yaml`.
        #[allow(
            dead_code,
            unreachable_pub,
            reason = "a program needn't use every flag and every function"
        )]
        pub mod $module {
            // The build script sets the variable, so that where there is none the error says what to do.
            ::core::include!(::core::env!(
                ::core::concat!("FLAGSTONE_", ::core::stringify!($module)),
                ::core::concat!(
                    "the flags `",
                    ::core::stringify!($module),
                    "` of this crate were not generated\n",
                    "add flagstone-build to [build-dependencies] in Cargo.toml, and beside it a build.rs:\n",
                    "    fn main() {\n",
                    "        flagstone_build::generate(\"flags.yaml\");\n",
                    "    }\n",
                    "for a module that isn't called `flags` it is\n",
                    "    flagstone_build::Builder::new(\"flags.yaml\").module(\"name\").generate();"
                )
            ));
        }
    };
}
