//! Parts of the page that are loaded when they are first used.
//!
//! In the finished page (feature `split`), what only such a part needs is a wasm of its own, a chunk,
//! which shares memory and functions with the page: `wasm-split` takes it out of the linked wasm by
//! what refers to what. Elsewhere it is a part of the whole, and "loaded" at once.

use std::future::Future;
use std::rc::Rc;

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

/// `chunk!(exports: answers -> fn(&str) -> String = answer)` makes `answers()`, which loads the chunk
/// `exports` and gives its function `answer`. All that is reached by no other way is in the chunk.
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

/// How far the loading is.
#[derive(Clone, Copy)]
pub(crate) enum Loaded<T> {
    NotYet,
    Failed,
    Here(T),
}

/// Loads a part, and draws anew when it is here. The callback tries again.
#[hook]
pub(crate) fn use_chunk<T, F>(load: fn() -> F) -> (Loaded<T>, Callback<()>)
where
    T: Copy + 'static,
    F: Future<Output = Result<T, NotLoaded>> + 'static,
{
    let loaded = use_state(|| Loaded::NotYet);
    let start: Rc<dyn Fn()> = {
        let loaded = loaded.setter();
        Rc::new(move || {
            let loaded = loaded.clone();
            spawn_local(async move {
                loaded.set(load().await.map_or(Loaded::Failed, Loaded::Here));
            });
        })
    };
    {
        let start = start.clone();
        use_effect_with((), move |()| start());
    }
    let again = {
        let loaded = loaded.setter();
        Callback::from(move |()| {
            loaded.set(Loaded::NotYet);
            start();
        })
    };
    (*loaded, again)
}
