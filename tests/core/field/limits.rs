//! Limits of the account.

use deployline_engine::{AccountPlan, Assumptions, Ms};

use super::{analysis, diagnostics, text};

#[test]
fn more_than_256_at_once() {
    let text = text("15-more-than-256-at-once.yaml");
    for (account_plan, at_once, found, end) in [
        (AccountPlan::Enterprise, 100, Some("256"), 3),
        (AccountPlan::Team, 50, Some("256"), 6),
        (AccountPlan::Free, 2, Some("10"), 150),
        (AccountPlan::None, 300, None, 1),
    ] {
        let analysis = analysis(&text, &Assumptions { account_plan, ..Assumptions::default() });
        let many = &analysis.schedule.stages[0];
        assert_eq!((many.runs.len(), many.max_concurrency), (300, at_once));
        assert_eq!(analysis.schedule.end, Ms(end * 60_000));
        let Some(in_all) = found else {
            assert_eq!(diagnostics(&text, &analysis), [""; 0]);
            continue;
        };
        assert_eq!(diagnostics(&text, &analysis), ["error too-many-children at 11"]);
        let message = &analysis.diagnostics[0].message;
        for part in ["300 runs", in_all, account_plan.caption(), "--account-plan"] {
            assert!(message.contains(part), "{part}: {message}");
        }
    }
}
