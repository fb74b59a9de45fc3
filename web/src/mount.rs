//! Components whose code behind the scenes is compiled once.
//!
//! Yew compiles what starts, updates and ends a component anew for each of them, some kilobytes each
//! time. So the page has one component below the app, [`Mount`], which is told what to draw. The
//! others are written as ever, and placed with [`mount`] instead of a tag:
//!
//! ```text
//! html! { <section>{mount::<Legend>(LegendProps { derived, color_by })}</section> }
//! ```

use std::any::{Any, type_name};
use std::rc::Rc;

use yew::functional::{FunctionProvider, Hook, HookContext};
use yew::html::HtmlResult;
use yew::prelude::*;
use yew::virtual_dom::{Key, VChild, VList};

/// A component and what it is given.
trait Mounted: Any {
    fn run(&self, ctx: &mut HookContext) -> HtmlResult;
    fn is_same(&self, other: &dyn Any) -> bool;
}

struct Given<C: FunctionProvider>(C::Properties);

impl<C: FunctionProvider + 'static> Mounted for Given<C> {
    fn run(&self, ctx: &mut HookContext) -> HtmlResult {
        C::run(ctx, &self.0)
    }

    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| other.0 == self.0)
    }
}

/// What [`Mount`] is told.
#[derive(Clone, Properties)]
pub(crate) struct MountProps {
    mounted: Rc<dyn Mounted>,
}

impl MountProps {
    /// A component with what it is given.
    pub(crate) fn new<C>(props: C::Properties) -> Self
    where
        C: FunctionProvider + 'static,
    {
        Self { mounted: Rc::new(Given::<C>(props)) }
    }
}

impl PartialEq for MountProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.mounted, &other.mounted) || self.mounted.is_same(&*other.mounted)
    }
}

/// Draws the component that it is told. It never becomes another one: its key names it.
#[function_component(Mount)]
pub(crate) fn mount_any(props: &MountProps) -> HtmlResult {
    use_mounted(&*props.mounted)
}

/// The hooks of a component, as one.
fn use_mounted(mounted: &dyn Mounted) -> impl Hook<Output = HtmlResult> + '_ {
    struct Run<'a>(&'a dyn Mounted);
    impl Hook for Run<'_> {
        type Output = HtmlResult;

        fn run(self, ctx: &mut HookContext) -> HtmlResult {
            self.0.run(ctx)
        }
    }
    Run(mounted)
}

/// Places a component.
pub(crate) fn mount<C: FunctionProvider + 'static>(props: C::Properties) -> Html {
    placed(MountProps::new::<C>(props), type_name::<C>(), None)
}

/// Places a component which stays itself while the key does, like `key` on a tag.
pub(crate) fn mount_keyed<C: FunctionProvider + 'static>(
    key: impl Into<Key>,
    props: C::Properties,
) -> Html {
    placed(MountProps::new::<C>(props), type_name::<C>(), Some(key.into()))
}

/// In a list of its own, so that the name is no key among the component's neighbours, which may be of
/// the same kind.
fn placed(props: MountProps, name: &'static str, key: Option<Key>) -> Html {
    let mount = VChild::<Mount>::new(props, Some(name.into()));
    VList::with_children(vec![mount.into()], key).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Properties, PartialEq)]
    struct WordProps {
        word: &'static str,
    }

    #[function_component(Said)]
    fn said(props: &WordProps) -> Html {
        let count = use_state(|| props.word.len());
        html! { <i>{format!("{} {}", props.word, *count)}</i> }
    }

    #[function_component(Cried)]
    fn cried(props: &WordProps) -> Html {
        html! { <b>{props.word}</b> }
    }

    #[function_component(All)]
    fn all() -> Html {
        let word = |word| WordProps { word };
        html! {
            <>
                {mount::<Said>(word("two"))}
                {mount::<Said>(word("three"))}
                {mount_keyed::<Cried>("key", word("four"))}
            </>
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn each_is_drawn_with_its_hooks_and_what_it_is_given() {
        let html = yew::LocalServerRenderer::<All>::new().hydratable(false).render().await;
        assert_eq!(html, "<i>two 3</i><i>three 5</i><b>four</b>");
    }

    #[test]
    fn the_same_is_the_same_component_given_the_same() {
        let said = |word| MountProps::new::<Said>(WordProps { word });
        assert!(said("two") == said("two"));
        assert!(said("two") != said("three"));
        assert!(said("two") != MountProps::new::<Cried>(WordProps { word: "two" }));
    }
}
