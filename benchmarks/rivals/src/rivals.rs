//! The others, one module and one cargo feature each.

#[cfg(feature = "configcat")]
pub mod configcat;
#[cfg(feature = "eppo")]
pub mod eppo;
#[cfg(feature = "featureflag")]
pub mod featureflag;
#[cfg(feature = "flagd")]
pub mod flagd;
#[cfg(feature = "flagsmith")]
pub mod flagsmith;
#[cfg(feature = "growthbook")]
pub mod growthbook;
#[cfg(feature = "launchdarkly")]
pub mod launchdarkly;
#[cfg(feature = "open-feature")]
pub mod open_feature;
#[cfg(feature = "statsig")]
pub mod statsig;
#[cfg(feature = "unleash")]
pub mod unleash;
