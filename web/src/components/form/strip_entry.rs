//! Cards, groups and the places between them.

use deployline_engine::{Work, format};
use deployline_form::operation::StagePosition;
use deployline_form::{Address, Entry, GroupForm, StageForm};
use yew::prelude::*;

use super::places;
use super::signs::{of_stage, sign};
use super::strip_context::StripContext;
use super::strip_page::StripPage;
use super::strip_places::{beside, drop_line, gap};
use crate::derived::Derived;

/// All entries, with the places between them.
pub(super) fn columns(drawing: &StripContext<'_>) -> Html {
    row(drawing, &drawing.form.entries, &[], drawing.form.lock.is_none())
}

fn row(drawing: &StripContext<'_>, entries: &[Entry], group: &[usize], is_open: bool) -> Html {
    let at = |index: usize| Address([group, &[index]].concat());
    let page = StripPage::new(drawing, entries.len(), group);
    let shown = entries.iter().enumerate().skip(page.from).take(page.len());
    let entries_html = shown.map(|(index, entry)| {
        html! {
            <>
                {gap(drawing, &at(index), is_open, index == page.from)}
                <div class="dl-flow-column" key={index}>
                    {entry_html(drawing, entry, is_open)}
                    if is_open {
                        {beside(drawing, &at(index))}
                    }
                </div>
            </>
        }
    });
    html! {
        <>
            {page.earlier(&at)}
            { for entries_html }
            {gap(drawing, &at(page.to), is_open, true)}
            {page.later(&at)}
        </>
    }
}

fn entry_html(drawing: &StripContext<'_>, entry: &Entry, is_open: bool) -> Html {
    match entry {
        Entry::Stage(stage) => card(drawing, stage, is_open),
        Entry::Group(group) => group_html(drawing, group),
    }
}

fn group_html(drawing: &StripContext<'_>, group: &GroupForm) -> Html {
    let is_open = group.lock.is_none();
    let members: Html = if group.is_parallel {
        let at = |index: usize| Address([&group.address.0[..], &[index]].concat());
        let page = StripPage::new(drawing, group.members.len(), &group.address.0);
        let shown = group.members.iter().enumerate().skip(page.from).take(page.len());
        let stacked = shown.map(|(index, member)| {
            let place = StagePosition::Before(at(index));
            html! {
                <>
                    {drop_line(drawing, &place)}
                    {entry_html(drawing, member, is_open)}
                </>
            }
        });
        html! {
            <div class="dl-flow-stack">{page.earlier(&at)}{ for stacked }{page.later(&at)}</div>
        }
    } else {
        html! { <div class="dl-flow-row">{row(drawing, &group.members, &group.address.0, is_open)}</div> }
    };
    let caption = places::group_caption(group);
    let label = format!("{caption}: {}", places::group_name(group));
    html! {
        <div class={classes!("dl-flow-group", is_dragged(drawing, &group.address))}>
            <button type="button" class="dl-flow-caption" aria-label={label}
                data-drag={places::encode_address(&group.address)} data-grip={is_open.then_some("mouse")}
                tabindex={tabindex(drawing, &group.address)} aria-current={current(drawing, &group.address)}>
                {caption}
            </button>
            {members}
        </div>
    }
}

fn card(drawing: &StripContext<'_>, stage: &StageForm, is_open: bool) -> Html {
    let is_open = is_open && stage.lock.is_none();
    let name = places::stage_name(stage).to_owned();
    let address = places::encode_address(&stage.address);
    let is_template = stage.template.is_some();
    let kind = match (is_template, stage.stage_type.as_str()) {
        (true, _) => "Template".to_owned(),
        (false, "") => "Stage".to_owned(),
        (false, other) => other.to_owned(),
    };
    html! {
        <button type="button" class={classes!("dl-flow-card", is_dragged(drawing, &stage.address))}
            title={name.clone()} data-drag={address} data-grip={is_open.then_some("mouse")}
            tabindex={tabindex(drawing, &stage.address)} aria-current={current(drawing, &stage.address)}>
            <span class="dl-flow-type" data-grip={is_open.then_some("")}>
                {sign(of_stage(&stage.stage_type, is_template))}
            </span>
            <span class="dl-flow-words">
                <span class="dl-flow-name">{name}</span>
                <small>{deployments(drawing.derived, stage).unwrap_or(kind)}</small>
            </span>
        </button>
    }
}

/// Number of deployments of a stage, in words.
fn deployments(derived: &Derived, stage: &StageForm) -> Option<String> {
    let plan = &derived.analysis.plan;
    let resolved = plan.pipeline.stages.get(stage.index)?;
    let count = plan.stages.get(stage.index)?.deployments.len();
    matches!(resolved.work, Work::Deploy(_)).then(|| format::count(count, "deployment"))
}

fn is_dragged(drawing: &StripContext<'_>, at: &Address) -> Option<&'static str> {
    let item = drawing.dragged.map(|it| it.item.as_str());
    (item == Some(&places::encode_address(at))).then_some("dl-dragged")
}

fn tabindex(drawing: &StripContext<'_>, at: &Address) -> &'static str {
    if drawing.chosen == at { "0" } else { "-1" }
}

fn current(drawing: &StripContext<'_>, at: &Address) -> Option<&'static str> {
    (drawing.chosen == at).then_some("true")
}
