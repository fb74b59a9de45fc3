//! Numbers of cases of the properties.

use proptest::test_runner::Config;

/// So many cases, or as many as `PROPTEST_CASES` says.
pub(crate) fn cases(usual: u32) -> Config {
    let default = Config { failure_persistence: None, ..Config::default() };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => default,
        None => Config { cases: usual, ..default },
    }
}
