// Flags for the tests and examples of this crate, which stands below the build script: a module of the shape that it writes.

/// The flags.
#[allow(
    dead_code,
    unused_imports,
    missing_debug_implementations,
    missing_docs,
    unreachable_pub,
    reason = "not every test uses every flag, and nobody else reads them"
)]
pub mod flags {
    pub use ::flagstone::__rt;

    /// The document.
    pub const DOCUMENT: &str = "\
version: 1
context:
  targeting_key: user_id
  attributes:
    user_id: string
    plan: { type: string, values: [free, premium] }
environments:
  staging: {}
flags:
  new_dashboard:
    environments:
      staging: { serve: on }
  new_checkout:
    rules: [{ name: paying, if: { plan: premium }, serve: on }]
  half:
    rollout: 50%
  button_color:
    variants: { control: blue, treatment: green }
    baseline: control
    rules: [{ if: { plan: premium }, serve: treatment }]
  page_size:
    type: json
    variants: { small: { rows: 10 }, large: { rows: 50 } }
    baseline: small
    rust_type: crate::Page
  launch:
    starts_at: 2100-01-01T00:00:00Z
    serve: on
";

    pub enum Schema {}

    impl __rt::Schema for Schema {
        fn set() -> &'static __rt::FlagSet {
            &SET
        }

        fn state(index: u32) -> &'static ::core::sync::atomic::AtomicU8 {
            STATES.get(index as usize).unwrap_or(&__rt::NO_STATE)
        }

        fn rollout(index: u32) -> &'static __rt::PublishedRollout {
            ROLLOUTS.get(index as usize).unwrap_or(&__rt::NO_ROLLOUT)
        }
    }

    static STATES: [::core::sync::atomic::AtomicU8; 6] =
        [const { ::core::sync::atomic::AtomicU8::new(__rt::ASK) }; 6];

    static ROLLOUTS: [__rt::PublishedRollout; 6] = [const { __rt::PublishedRollout::new() }; 6];

    pub static SET: __rt::FlagSet = __rt::FlagSet::new(
        __rt::Embedded {
            name: "flags.yaml",
            text: DOCUMENT,
            program: __rt::Program {
                targeting_key: 0,
                attributes: &[
                    __rt::EmbeddedAttribute {
                        name: "user_id",
                        ty: __rt::AttributeType::String,
                    },
                    __rt::EmbeddedAttribute {
                        name: "plan",
                        ty: __rt::AttributeType::String,
                    },
                ],
                flags: &[
                    __rt::EmbeddedFlag::boolean("new_dashboard", 0),
                    __rt::EmbeddedFlag::boolean("new_checkout", 0),
                    __rt::EmbeddedFlag::boolean("half", 0),
                    __rt::EmbeddedFlag {
                        key: "button_color",
                        ty: __rt::ValueType::String,
                        variants: &["control", "treatment"],
                        baseline: 0,
                        decode: None,
                    },
                    __rt::EmbeddedFlag {
                        key: "page_size",
                        ty: __rt::ValueType::Json,
                        variants: &["small", "large"],
                        baseline: 0,
                        decode: Some(decode_page),
                    },
                    __rt::EmbeddedFlag::boolean("launch", 0),
                ],
            },
        },
        &STATES,
        &ROLLOUTS,
    );

    /// What `__rt::decode` does for a type that derives `Deserialize`.
    fn decode_page(
        json: &serde_json::Value,
    ) -> Result<::std::sync::Arc<dyn ::core::any::Any + Send + Sync>, String> {
        let rows = json.get("rows").and_then(serde_json::Value::as_u64);
        let rows = rows.ok_or("missing field `rows`")?;
        Ok(::std::sync::Arc::new(Page { rows }))
    }

    /// The `rust_type` of a flag.
    #[derive(Debug, PartialEq, Eq)]
    pub struct Page {
        pub rows: u64,
    }

    pub type Flag<V> = __rt::Flag<V, Schema>;

    pub struct Flags;

    impl Flags {
        pub const NEW_DASHBOARD: Flag<bool> = Flag::new(0);
        pub const NEW_CHECKOUT: Flag<bool> = Flag::new(1);
        pub const HALF: Flag<bool> = Flag::new(2);
        pub const BUTTON_COLOR: Flag<ButtonColor> = Flag::new(3);
        pub const PAGE_SIZE: Flag<PageSize> = Flag::new(4);
        pub const LAUNCH: Flag<bool> = Flag::new(5);
    }

    macro_rules! variant {
        ($name:ident { $first:ident $first_name:literal, $second:ident $second_name:literal } $value:ty) => {
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub enum $name {
                $first,
                $second,
            }

            impl __rt::Variant for $name {
                const NAMES: &'static [&'static str] = &[$first_name, $second_name];
                const FIRST: Self = Self::$first;
                type Value = $value;

                fn from_ordinal(ordinal: u32) -> Option<Self> {
                    match ordinal {
                        0 => Some(Self::$first),
                        1 => Some(Self::$second),
                        _ => None,
                    }
                }

                fn ordinal(self) -> u32 {
                    match self {
                        Self::$first => 0,
                        Self::$second => 1,
                    }
                }
            }
        };
    }
    variant!(ButtonColor { Control "control", Treatment "treatment" } __rt::Text);
    variant!(PageSize { Small "small", Large "large" } __rt::Typed<Page>);

    #[derive(Debug, Clone, Copy)]
    pub enum Plan {
        Free,
        Premium,
    }

    #[derive(Debug, Clone, Copy)]
    #[must_use = "a context does nothing until flags are asked about it"]
    pub struct Context<'a> {
        slots: __rt::Context<'a, Schema, 2>,
    }

    impl<'a> Context<'a> {
        pub fn new(user_id: &'a str) -> Self {
            Self {
                slots: __rt::Context::new().set(0, user_id),
            }
        }

        pub fn plan(self, plan: Plan) -> Self {
            let plan = match plan {
                Plan::Free => "free",
                Plan::Premium => "premium",
            };
            Self {
                slots: self.slots.set(1, plan),
            }
        }
    }

    impl<'a> __rt::ContextFor<Schema> for Context<'a> {
        type Slots = __rt::Context<'a, Schema, 2>;

        fn slots(&self) -> &Self::Slots {
            &self.slots
        }
    }

    pub fn scope(context: &Context<'_>) -> ::flagstone::Scope<Schema> {
        ::flagstone::Scope::new(context)
    }

    pub fn live() -> ::flagstone::LiveBuilder<Schema> {
        ::flagstone::LiveBuilder::new()
    }

    pub fn status() -> ::flagstone::Status {
        SET.status()
    }

    pub fn subscribe() -> ::flagstone::Changes {
        SET.subscribe()
    }

    pub fn control() -> ::flagstone::Control {
        SET.control()
    }

    pub fn snapshot() -> ::std::sync::Arc<::flagstone::Snapshot> {
        SET.snapshot()
    }

    macro_rules! __lookup {
        ("new_checkout" gate $place:tt) => { $crate::flags::Flags::NEW_CHECKOUT };
        ($key:tt $how:ident $place:tt $($rest:tt)*) => {
            $crate::flags::__rt::__unknown! { $how $place ["new_checkout"] }
        };
    }
    pub(crate) use __lookup as __flag;
}
