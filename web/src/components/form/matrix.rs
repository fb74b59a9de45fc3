//! The axes of a matrix as a small grid: a column per axis, a cell per value.

use std::rc::Rc;

use deployline_studio::form::{AxisForm, StrategyForm};
use deployline_studio::operation::{AxisChange, FieldName, Operation};
use yew::prelude::*;

use super::exclude::exclude;
use super::field::{TextField, TextFieldProps};
use super::list::{ListEditor, ListProps};
use super::name_field::{NameField, NameFieldProps};
use super::signs::{REMOVE, sign};
use super::wire::StageWire;
use crate::mount::mount;

/// Axes, what is left out, and how the children are called.
pub(super) fn matrix(of: &StageWire<'_>, strategy: &StrategyForm) -> Html {
    let columns = strategy.axes.iter().map(|axis| column(of, axis, strategy.axes.len()));
    let on_axes = on_axes(of);
    let label = "Name of each child";
    let on_add = on_axes.reform(|name: String| {
        let said = format!("Added the axis {name}");
        // An axis needs a value: one that can be seen to be a stand-in.
        (AxisChange::Add { name, values: vec!["value".to_owned()] }, said)
    });
    html! {
        <>
            <div class="dl-axes" role="group" aria-label="Axes" tabindex="0" data-scroll="">
                { for columns }
                if strategy.lock.is_none() {
                    <div class="dl-axis-column">
                        {mount::<NameField>(NameFieldProps {
                            label: "Add an axis".into(), value: AttrValue::default(),
                            placeholder: "Add an axis".into(), locked: None,
                            known: Rc::default(), on_name: on_add,
                        })}
                    </div>
                }
            </div>
            {exclude(of, strategy)}
            {mount::<TextField>(TextFieldProps {
                class: Some("dl-form-mono"), placeholder: "the values".into(),
                ..TextFieldProps::new(label, &strategy.node_name, of.on_set(FieldName::NodeName, label))
            })}
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
            let said = format!("The axis {name} is {to} now");
            (AxisChange::Rename { name: name.clone(), to }, said)
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
                {mount::<NameField>(NameFieldProps {
                    label: "Name of the axis".into(), value: name.clone().into(),
                    placeholder: AttrValue::default(), known: Rc::default(),
                    locked: (!is_open).then_some("The strategy can't be changed here."), on_name,
                })}
                if is_open && count > 1 {
                    <button type="button" class="dl-tool" aria-label={format!("Remove the axis {name}")}
                        title={format!("Remove the axis {name}")} onclick={on_remove}>{sign(REMOVE)}</button>
                }
            </div>
            {of.note(axis.lock.as_ref())}
            {mount::<ListEditor>(ListProps {
                lock: axis.lock.clone(), is_compact: true,
                ..ListProps::new(label, "value", &axis.values, on_values, &of.wire.go_to)
            })}
        </div>
    }
}

fn on_axes(of: &StageWire<'_>) -> Callback<(AxisChange, String)> {
    let (wire, stage) = (of.wire.clone(), of.address());
    Callback::from(move |(change, said): (AxisChange, String)| {
        wire.perform(Operation::Axes { stage: stage.clone(), change }, said);
    })
}
