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
        // 150m are more than the 2h that a pipeline may take on the Free plan.
        let too_long = ["warning timeout-exceeded at 7"].into_iter().filter(|_| end > 120);
        let expected: Vec<&str> = too_long.chain(["error too-many-children at 11"]).collect();
        assert_eq!(diagnostics(&text, &analysis), expected);
        let found = analysis.diagnostics.iter().find(|it| it.code == "too-many-children");
        let message = &found.expect("the error").message;
        for part in ["300 runs", in_all, account_plan.caption(), "--account-plan"] {
            assert!(message.contains(part), "{part}: {message}");
        }
    }
}
