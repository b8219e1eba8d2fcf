//! Sections 2 and 5: moments that switch something.

use super::*;

#[test]
fn windows_end_after_they_start() {
    check(
        flag,
        &[
            ("{ starts_at: 2026-01-01T00:00:00Z }", &[]),
            ("{ ends_at: 2026-01-01T00:00:00+05:30 }", &[]),
            (
                "{ starts_at: 2026-01-01T00:00:00Z, ends_at: 2026-01-01T00:00:00.001Z }",
                &[],
            ),
            (
                "{ starts_at: 2026-01-01T00:00:00Z, ends_at: 2026-01-01T00:00:00Z }",
                &[ScheduleOrder],
            ),
            (
                "{ starts_at: 2026-01-01T02:00:00+02:00, ends_at: 2026-01-01T00:00:00Z }",
                &[ScheduleOrder],
            ),
            (
                "{ starts_at: 2026-01-01T00:00:00.0009Z, ends_at: 2026-01-01T00:00:00.0001Z }",
                &[ScheduleOrder],
            ),
            ("{ starts_at: 2026-01-01 }", &[InvalidTime]),
            ("{ ends_at: 2026-01-01T00:00:00 }", &[InvalidTime]),
            ("{ ends_at: 1767225600 }", &[Unquoted]),
        ],
    );
}

#[test]
fn linear_rollouts_have_four_keys_and_take_time() {
    check(
        flag,
        &[
            (
                "{ rollout: { from: 0%, to: 50%, start: 2026-01-01T00:00:00Z, end: 2026-02-01T00:00:00Z } }",
                &[],
            ),
            (
                "{ rollout: { from: 50%, to: 0%, start: 2026-01-01T00:00:00Z, end: 2026-02-01T00:00:00Z } }",
                &[],
            ),
            (
                "{ rollout: { from: 0%, to: 50%, start: 2026-01-01T00:00:00Z } }",
                &[MissingKey],
            ),
            (
                "{ rollout: { to: 50%, start: 2026-01-01T00:00:00Z, end: 2026-02-01T00:00:00Z } }",
                &[MissingKey],
            ),
            (
                "{ rollout: { from: 0%, to: 50%, start: 2026-01-01T00:00:00Z, end: 2026-01-01T00:00:00Z } }",
                &[ScheduleOrder],
            ),
            (
                "{ rollout: { from: 0, to: 50%, start: 2026-01-01T00:00:00Z, end: 2026-02-01T00:00:00Z } }",
                &[InvalidPercent],
            ),
            (
                "{ rollout: { from: 0%, to: 50%, start: 2026-01-01, end: 2026-02-01T00:00:00Z } }",
                &[InvalidTime],
            ),
        ],
    );
}

#[test]
fn steps_ascend_in_time_and_may_fall() {
    check(
        flag,
        &[
            ("{ rollout: [{ at: 2026-01-01T00:00:00Z, to: 5% }] }", &[]),
            (
                "{ rollout: [{ at: 2026-01-01T00:00:00Z, to: 50% }, { at: 2026-01-02T00:00:00Z, to: 5% }] }",
                &[],
            ),
            (
                "{ rollout: [{ at: 2026-01-01T00:00:00Z, to: 5% }, { at: 2026-01-01T00:00:00Z, to: 6% }] }",
                &[ScheduleOrder],
            ),
            (
                "{ rollout: [{ at: 2026-01-02T00:00:00Z, to: 5% }, { at: 2026-01-01T00:00:00Z, to: 6% }] }",
                &[ScheduleOrder],
            ),
            ("{ rollout: [] }", &[Emptiness]),
            ("{ rollout: [{ to: 5% }] }", &[MissingKey]),
            ("{ rollout: [{ at: 2026-01-01T00:00:00Z }] }", &[MissingKey]),
            ("{ rollout: [{ at: 2026-01-01, to: 5% }] }", &[InvalidTime]),
            ("{ rollout: [5%] }", &[WrongType]),
        ],
    );
}
