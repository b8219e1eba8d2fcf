//! What the process's environment says about what to follow.

use std::ffi::OsString;

use super::LiveBuilder;
use super::start::Wanted;
use crate::error::Error;
use crate::flag::Schema;

impl<S: Schema> LiveBuilder<S> {
    /// Reads `FLAGSTONE_ENVIRONMENT`, the environment's name, `FLAGSTONE_FLAGS`, the file's path, and `FLAGSTONE_CACHE`,
    /// the folder of the disk cache. One that isn't set, or is empty, leaves what was said before. The file replaces
    /// the first that was given, in its place; if none was, it is the least preferred source.
    pub fn from_env(self) -> Self {
        self.with_variables(std::env::var_os)
    }

    fn with_variables(mut self, read: impl Fn(&'static str) -> Option<OsString>) -> Self {
        let read = |variable| read(variable).filter(|value| !value.is_empty());
        if let Some(path) = read("FLAGSTONE_FLAGS") {
            let file = self
                .sources
                .iter_mut()
                .find(|wanted| matches!(wanted, Wanted::File(_)));
            match file {
                Some(file) => *file = Wanted::File(path.into()),
                None => self.sources.push(Wanted::File(path.into())),
            }
        }
        if let Some(folder) = read("FLAGSTONE_CACHE") {
            self.cache = Some(folder.into());
        }
        let variable = "FLAGSTONE_ENVIRONMENT";
        match read(variable).map(OsString::into_string) {
            Some(Ok(name)) => self.environment = Some(name),
            Some(Err(_)) => self.wrong = Some(Error::NotUnicode { variable }),
            None => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::AtomicU8;

    use super::*;
    use crate::set::{Embedded, FlagSet, NO_ROLLOUT, NO_STATE, PublishedRollout};
    use crate::snapshot::Program;

    enum Empty {}

    static SET: FlagSet = FlagSet::new(
        Embedded {
            name: "flags.yaml",
            text: "version: 1\nflags: {}\n",
            program: Program {
                flags: &[],
                attributes: &[],
                targeting_key: 0,
            },
        },
        &[],
        &[],
    );

    impl Schema for Empty {
        fn set() -> &'static FlagSet {
            &SET
        }

        fn state(_: u32) -> &'static AtomicU8 {
            &NO_STATE
        }

        fn rollout(_: u32) -> &'static PublishedRollout {
            &NO_ROLLOUT
        }
    }

    #[test]
    fn variables_say_what_to_follow_where_they_are_set() {
        let row = |flags: Option<&str>, environment: Option<&str>| {
            let builder = LiveBuilder::<Empty>::new().file("a").environment("b");
            let builder = builder.with_variables(|variable| match variable {
                "FLAGSTONE_FLAGS" => flags.map(OsString::from),
                "FLAGSTONE_ENVIRONMENT" => environment.map(OsString::from),
                _ => None,
            });
            (
                format!("{:?}", builder.sources),
                builder.environment.unwrap_or_default(),
            )
        };
        for (flags, environment, file, chosen) in [
            (None, None, "a", "b"),
            (Some(""), Some(""), "a", "b"),
            (Some("c/d.yaml"), None, "c/d.yaml", "b"),
            (None, Some("staging"), "a", "staging"),
        ] {
            assert_eq!(
                row(flags, environment),
                (format!("[{file:?}]"), chosen.to_owned())
            );
        }
        let cache = |value: &'static str| {
            let builder = LiveBuilder::<Empty>::new().cache("here");
            let builder = builder.with_variables(|variable| {
                (variable == "FLAGSTONE_CACHE").then(|| OsString::from(value))
            });
            builder.cache
        };
        assert_eq!(cache("there"), Some("there".into()));
        assert_eq!(cache(""), Some("here".into()));
    }

    #[cfg(unix)]
    #[test]
    fn an_environment_that_is_no_text_is_an_error_of_start() {
        use std::os::unix::ffi::OsStringExt;
        let builder = LiveBuilder::<Empty>::new();
        let builder = builder.with_variables(|variable| {
            (variable == "FLAGSTONE_ENVIRONMENT").then(|| OsString::from_vec(vec![0xff]))
        });
        let error = builder.start().map(drop).unwrap_err();
        let message = "the environment variable FLAGSTONE_ENVIRONMENT is no Unicode text";
        assert_eq!(error.to_string(), message);
    }
}
