//! Looping strategy of a stage.

use deployline_form::operation::{FieldName, Operation};
use deployline_form::{Field, StrategyForm, StrategyKind};
use yew::prelude::*;

use super::field::{TextField, choice};
use super::list::ListEditor;
use super::matrix::matrix;
use super::section::section;
use super::segments::{Segment, segments};
use super::settings::on_failure;
use super::wire::StageWire;

const KINDS: [(StrategyKind, &str); 4] = [
    (StrategyKind::None, "None"),
    (StrategyKind::Matrix, "Matrix"),
    (StrategyKind::Repeat, "Repeat"),
    (StrategyKind::Parallelism, "Parallelism"),
];

/// The section of the looping strategy.
pub(super) fn looping(of: &StageWire<'_>) -> Html {
    let strategy = &of.stage.strategy;
    let all = KINDS.map(|(kind, caption)| {
        let (wire, stage) = (of.wire.clone(), of.address());
        let onclick = Callback::from(move |_: MouseEvent| {
            let stage = stage.clone();
            wire.perform(
                Operation::SetStrategy { stage, kind },
                format!("Looping strategy: {caption}"),
            );
        });
        Segment { caption, is_chosen: strategy.kind == kind, onclick }
    });
    // An unknown one can only be taken away.
    let lock = strategy.lock.as_ref().filter(|_| strategy.kind != StrategyKind::Unknown);
    let body = match strategy.kind {
        StrategyKind::None | StrategyKind::Unknown => Html::default(),
        StrategyKind::Matrix => matrix(of, strategy),
        StrategyKind::Repeat => repeat(of, strategy),
        StrategyKind::Parallelism => {
            let on_change = of.on_set(FieldName::Parallelism, "Parallelism");
            html! {
                <TextField label="How many" field={strategy.parallelism.clone()} {on_change}
                    least={Some(1)} is_needed=true />
            }
        }
    };
    let has_limit = matches!(strategy.kind, StrategyKind::Matrix | StrategyKind::Repeat)
        || strategy.max_concurrency.text.is_some();
    section(
        "Looping strategy",
        Html::default(),
        html! {
            <>
                {segments("Looping strategy", all.into(), lock)}
                {of.note(strategy.lock.as_ref())}
                {body}
                if strategy.kind != StrategyKind::None && strategy.kind != StrategyKind::Unknown {
                    <div class="dl-form-pair">
                        if has_limit {
                            {max_concurrency(of, strategy)}
                        }
                        {on_failure(of, &strategy.on_failure, FieldName::StrategyOnFailure)}
                    </div>
                    {of.note(strategy.max_concurrency.lock.as_ref())}
                    {of.note(strategy.on_failure.lock.as_ref())}
                }
            </>
        },
    )
}

fn max_concurrency(of: &StageWire<'_>, strategy: &StrategyForm) -> Html {
    let label = "Max concurrency";
    let on_change = of.on_set(FieldName::StrategyMaxConcurrency, label);
    html! {
        <TextField {label} field={strategy.max_concurrency.clone()} {on_change} least={Some(0)}
            placeholder="all at once" />
    }
}

fn repeat(of: &StageWire<'_>, strategy: &StrategyForm) -> Html {
    let [count, percentage] = strategy.units;
    let units = [("", "Count (default)"), (count, "Count"), (percentage, "Percentage")];
    let number = |label: &'static str, field: &Field, name: FieldName| {
        html! {
            <TextField {label} field={field.clone()} on_change={of.on_set(name, label)}
                least={Some(0)} />
        }
    };
    let StrategyForm { times, items, items_lock, start, end, unit, partition_size, .. } = strategy;
    let counts = items.is_empty() && items_lock.is_none();
    let lists = times.text.is_none();
    let on_items = of.on_list(|stage, change| Operation::RepeatItems { stage, change });
    html! {
        <>
            if counts || times.text.is_some() {
                <div class="dl-form-pair">{number("Times", times, FieldName::Times)}</div>
                {of.note(times.lock.as_ref())}
            }
            if lists {
                {of.note(items_lock.as_ref())}
                <ListEditor label="Items" noun="item" items={items.to_vec()} on_change={on_items}
                    go_to={of.wire.go_to.clone()} lock={items_lock.clone()} />
                <div class="dl-form-pair">
                    {number("Start", start, FieldName::Start)}
                    {number("End", end, FieldName::End)}
                    {choice("Unit", unit, &units, of.on_set(FieldName::Unit, "Unit"))}
                    {number("Partition size", partition_size, FieldName::PartitionSize)}
                </div>
                { for [start, end, unit, partition_size].map(|field| of.note(field.lock.as_ref())) }
            }
        </>
    }
}
