//! The axes of a matrix as a small grid: a column per axis, a cell per value.

use deployline_form::operation::{AxisChange, FieldName, Operation};
use deployline_form::{AxisForm, StrategyForm};
use yew::prelude::*;

use super::exclude::exclude;
use super::field::TextField;
use super::list::ListEditor;
use super::name_field::NameField;
use super::signs::{REMOVE, sign};
use super::wire::StageWire;

/// Axes, what is left out, and how the children are called.
pub(super) fn matrix(of: &StageWire<'_>, strategy: &StrategyForm) -> Html {
    let columns = strategy.axes.iter().map(|axis| column(of, axis, strategy.axes.len()));
    let on_axes = on_axes(of);
    let label = "Name of each child";
    let on_add = on_axes.reform(|name: String| {
        let announcement = format!("Added the axis {name}");
        // An axis needs a value: one that can be seen to be a stand-in.
        (AxisChange::Add { name, values: vec!["value".to_owned()] }, announcement)
    });
    html! {
        <>
            <div class="dl-axes" role="group" aria-label="Axes" tabindex="0" data-scroll="">
                { for columns }
                if strategy.lock.is_none() {
                    <div class="dl-axis-column">
                        <NameField label="Add an axis" placeholder="Add an axis" on_name={on_add} />
                    </div>
                }
            </div>
            {exclude(of, strategy)}
            <TextField {label} field={strategy.node_name.clone()}
                on_change={of.on_set(FieldName::NodeName, label)} class={Some("dl-form-mono")}
                placeholder="the values" />
            {of.note(strategy.node_name.lock.as_ref())}
        </>
    }
}

fn column(of: &StageWire<'_>, axis: &AxisForm, count: usize) -> Html {
    let on_axes = on_axes(of);
    let name = axis.name.clone();
    let on_name = on_axes.reform({
        let name = name.clone();
        move |to: String| {
            let announcement = format!("The axis {name} is {to} now");
            (AxisChange::Rename { name: name.clone(), to }, announcement)
        }
    });
    let on_remove = on_axes.reform({
        let name = name.clone();
        move |_: MouseEvent| {
            (AxisChange::Remove { name: name.clone() }, format!("Removed the axis {name}"))
        }
    });
    let on_values = {
        let axis = name.clone();
        of.on_list(move |stage, change| Operation::AxisValues { stage, axis: axis.clone(), change })
    };
    let is_open = of.stage.strategy.lock.is_none();
    let label = format!("Values of {name}");
    html! {
        <div class="dl-axis-column" key={name.clone()} role="group" aria-label={format!("Axis {name}")}>
            <div class="dl-axis-head">
                <NameField label="Name of the axis" value={name.clone()}
                    locked={(!is_open).then_some("The strategy can't be changed here.")} {on_name}
                />
                if is_open && count > 1 {
                    <button type="button" class="dl-tool" aria-label={format!("Remove the axis {name}")}
                        title={format!("Remove the axis {name}")} onclick={on_remove}>{sign(REMOVE)}</button>
                }
            </div>
            {of.note(axis.lock.as_ref())}
            <ListEditor {label} noun="value" items={axis.values.clone()} on_change={on_values}
                go_to={of.wire.go_to.clone()} lock={axis.lock.clone()} is_compact=true />
        </div>
    }
}

fn on_axes(of: &StageWire<'_>) -> Callback<(AxisChange, String)> {
    let (wire, stage) = (of.wire.clone(), of.address());
    Callback::from(move |(change, announcement): (AxisChange, String)| {
        wire.perform(Operation::Axes { stage: stage.clone(), change }, announcement);
    })
}
