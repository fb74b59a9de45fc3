//! The plan of a tab, memoised: what is planned anew when the tab changes, and what stays.

use std::rc::Rc;

use yew::prelude::*;

use crate::debounce::use_debounced_source;
use crate::derived::{Derived, Shared};
use crate::reading::{PlanRequest, use_latest_plan};
use crate::state::{Action, Tab};

/// Plans that the page shows of a tab.
pub(crate) struct Planned {
    /// The plan of the text as it is, or of the one before while this one is read.
    pub(crate) derived: Shared<Derived>,
    /// Number of the tab that it is of.
    pub(crate) document: u32,
    /// Number of bytes that are being read.
    pub(crate) bytes_in_reading: Option<usize>,
    /// The one that is drawn: while the YAML is broken, the last one before it was.
    pub(crate) shown: Shared<Derived>,
    /// `true` where `shown` is an older one than `derived`.
    pub(crate) is_stale: bool,
    /// The one that is compared with.
    pub(crate) pinned: Option<Shared<Derived>>,
}

#[hook]
pub(crate) fn use_plan(tab: &Tab, act: &Callback<Action>) -> Planned {
    let count = use_mut_ref(|| 0_usize);
    let source = use_debounced_source(tab, *count.borrow());
    let request = PlanRequest { source, is_waves: tab.view.is_waves, is_pasted: tab.is_pasted };
    let (latest, bytes_in_reading) = use_latest_plan(request, tab.number, act);
    let (derived, document) = (latest.derived, latest.document);
    count.replace(derived.deployment_count());
    let shown = use_last_good(&derived, document);
    let pinned = use_memo(tab.pinned.clone(), |pinned| {
        pinned.as_ref().map(|source| Shared(Rc::new(Derived::new(source, false))))
    });
    let pinned = (*pinned).clone();
    Planned { is_stale: shown != derived, derived, document, bytes_in_reading, shown, pinned }
}

/// While the YAML is broken, the last picture of the same document stays.
#[hook]
fn use_last_good(derived: &Shared<Derived>, document: u32) -> Shared<Derived> {
    let last = use_mut_ref(|| None::<(u32, Shared<Derived>)>);
    let mut last = last.borrow_mut();
    let kept = last.as_ref().filter(|(of, _)| *of == document).map(|(_, good)| good.clone());
    match kept {
        Some(good) if derived.analysis.is_broken => good,
        _ => {
            *last = (!derived.analysis.is_broken).then(|| (document, derived.clone()));
            derived.clone()
        }
    }
}
