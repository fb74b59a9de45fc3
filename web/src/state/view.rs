//! View of the picture.

use std::rc::Rc;

use deployline_engine::Ms;
use deployline_timeline::{Arrangement, TimeWindow};

/// View of the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct View {
    /// Rows, colours and the filter.
    pub(crate) arrangement: Arrangement,
    /// The visible time; `None` for all of the run, however long it gets.
    pub(crate) window: Option<TimeWindow>,
    /// `true` where the chain that decides the end is shown.
    pub(crate) shows_critical_path: bool,
    /// `true` where the run is drawn as if each target were finished before the next one.
    pub(crate) is_waves: bool,
    /// The instant that is looked at, while the run is played.
    pub(crate) playhead: Option<Ms>,
    /// Key of the assumption whose bars are marked.
    pub(crate) dependents_of: Option<Rc<str>>,
}
