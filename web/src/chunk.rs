//! Parts of the page that are loaded later: wasm files of their own.
//!
//! In the finished page (feature `split`), what only such a part needs is a chunk, which shares memory
//! and functions with the page: `wasm-split` takes it out of the linked wasm by what refers to what.
//! Elsewhere it is a part of the whole, and loaded at once.
//!
//! Chunks are loaded in the background as soon as the page is idle (`components/app.rs`), and at once
//! where one is used before. A file that has arrived is not fetched again; one that failed is fetched
//! again by the next one who asks.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use yew::platform::spawn_local;
use yew::prelude::*;

/// A chunk did not arrive: there is no network, or the server has a later version of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotLoaded;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// `chunk!(tools: load_answer -> fn(&str) -> String = answer)` makes `load_answer()`, which loads the
/// chunk `tools` and gives its function `answer`. All that is reached by no other way is in the chunk.
macro_rules! chunk {
    ($chunk:ident: $load:ident -> $function:ty = $value:expr) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($chunk, fallible)]
        fn $load() -> Result<$function, crate::chunk::NotLoaded> {
            Ok($value)
        }

        #[cfg(not(feature = "split"))]
        async fn $load() -> Result<$function, crate::chunk::NotLoaded> {
            Ok($value)
        }
    };
}
pub(crate) use chunk;

/// State of a chunk that a component needs.
#[derive(Clone, Copy)]
pub(crate) enum Loading<T> {
    Pending,
    Failed,
    Ready(T),
}

/// A chunk as a component sees it.
pub(crate) struct UseChunk<T> {
    pub(crate) loading: Loading<T>,
    /// Fetches it again.
    pub(crate) retry: Callback<MouseEvent>,
}

/// Loads a chunk, and draws anew when it is there.
#[hook]
pub(crate) fn use_chunk<T, F>(load: fn() -> F) -> UseChunk<T>
where
    T: Copy + 'static,
    F: Future<Output = Result<T, NotLoaded>> + 'static,
{
    // What has been loaded before is there at once, without a placeholder in between.
    let loading = use_state(|| match poll_once(load()) {
        Some(Ok(value)) => Loading::Ready(value),
        _ => Loading::Pending,
    });
    let start = {
        let loading = loading.setter();
        use_callback((), move |(), ()| {
            let loading = loading.clone();
            spawn_local(async move {
                loading.set(load().await.map_or(Loading::Failed, Loading::Ready));
            });
        })
    };
    {
        let start = start.clone();
        let is_pending = matches!(*loading, Loading::Pending);
        use_effect_with((), move |()| {
            if is_pending {
                start.emit(());
            }
        });
    }
    let retry = {
        let loading = loading.setter();
        use_callback((), move |_: MouseEvent, ()| {
            loading.set(Loading::Pending);
            start.emit(());
        })
    };
    UseChunk { loading: *loading, retry }
}

impl<T: Copy> UseChunk<T> {
    /// Draws with what the chunk gives; until then a placeholder, or why it is not there.
    pub(crate) fn draw(&self, draw: impl FnOnce(T) -> Html) -> Html {
        match self.loading {
            Loading::Ready(value) => draw(value),
            Loading::Pending => {
                html! { <p class="dl-placeholder dl-loading" role="status">{"Loading…"}</p> }
            }
            Loading::Failed => html! {
                <div class="dl-placeholder" role="alert">
                    <p>{"This part of the page could not be loaded. Where trying again does not help, \
                        reload the page: its texts are kept."}</p>
                    <button type="button" class="dl-control" onclick={self.retry.clone()}>
                        {"Try again"}
                    </button>
                </div>
            },
        }
    }
}

/// Output of a future that need not wait.
pub(crate) fn poll_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}
