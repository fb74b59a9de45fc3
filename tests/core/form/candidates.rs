//! What could be done in a form: everything once, with awkward names.

use deployline_form::operation::{
    AxisChange, Dependencies, EnvironmentsKind, ExcludeChange, FieldName, ListChange, Operation,
    StageKind, StagePosition,
};
use deployline_form::{Address, Entry, Form, StageForm, StrategyKind};

const NAMES: [&str; 16] = [
    "web",
    "yes",
    "1.0",
    "a: b",
    "# x",
    " padded ",
    "",
    "größe ☂",
    "<+input>",
    "two\nlines",
    "- x",
    "it's \"so\"",
    "0x1F",
    "1e3",
    "<<",
    "a\u{2028}b",
];

pub(crate) fn of(form: &Form) -> Vec<Operation> {
    let mut all = Vec::new();
    let mut addresses = Vec::new();
    collect(&form.entries, &mut addresses);
    let top = 0..=form.entries.len();
    let mut places: Vec<StagePosition> =
        top.map(|at| StagePosition::Before(Address(vec![at]))).collect();
    places.extend(addresses.iter().flat_map(|address| {
        let before = (address.0.len() > 1).then(|| StagePosition::Before(address.clone()));
        [Some(StagePosition::Beside(address.clone())), before].into_iter().flatten()
    }));
    for (i, to) in places.iter().enumerate() {
        let kinds = [StageKind::Deployment, StageKind::Approval, StageKind::Custom];
        all.push(Operation::AddStage { kind: kinds[i % 3], to: to.clone() });
    }
    for stage in &addresses {
        all.push(Operation::DuplicateStage { stage: stage.clone() });
        all.push(Operation::RemoveStage { stage: stage.clone() });
        let moves = places.iter().cloned();
        all.extend(moves.map(|to| Operation::MoveStage { stage: stage.clone(), to }));
    }
    if !addresses.is_empty() {
        let ways = [Dependencies::Order, Dependencies::References];
        all.extend(ways.map(|dependencies| Operation::WriteAsDag { dependencies }));
        all.extend([false, true].map(|adds_waits| Operation::WriteAsList { adds_waits }));
    }
    for stage in form.stages() {
        of_stage(stage, &mut all);
    }
    all
}

fn collect(entries: &[Entry], all: &mut Vec<Address>) {
    for entry in entries {
        match entry {
            Entry::Stage(stage) => all.push(stage.address.clone()),
            Entry::Group(group) => {
                all.push(group.address.clone());
                collect(&group.members, all);
            }
        }
    }
}

/// Changes of a list of so many; names by turns.
fn changes(count: usize, turn: &mut usize) -> Vec<ListChange> {
    let mut name = || {
        *turn += 1;
        NAMES[*turn % NAMES.len()].to_owned()
    };
    let mut all = vec![ListChange::Add { at: 0, name: name() }];
    all.push(ListChange::Add { at: count, name: name() });
    for at in 0..count.min(4) {
        all.push(ListChange::Remove { at });
        all.push(ListChange::Rename { at, name: name() });
        all.push(ListChange::Replace { at, name: name() });
        let others = (0..count.min(4)).filter(|to| *to != at);
        all.extend(others.map(|to| ListChange::Move { from: at, to }));
    }
    all
}

fn of_stage(form: &StageForm, all: &mut Vec<Operation>) {
    let stage = || form.address.clone();
    let turn = &mut form.index.clone();
    if let Some(deploy) = &form.deploy {
        let services = changes(deploy.services.items.len(), turn).into_iter();
        all.extend(services.map(|change| Operation::Services { stage: stage(), change }));
        let environments = changes(deploy.environments.items.len(), turn).into_iter();
        all.extend(environments.map(|change| Operation::Environments { stage: stage(), change }));
        for (environment, it) in deploy.environments.items.iter().enumerate() {
            let changes = changes(it.infrastructures.len(), turn).into_iter();
            all.extend(changes.map(|change| Operation::Infrastructures {
                stage: stage(),
                environment,
                change,
            }));
            all.extend([true, false].map(|on| Operation::DeployToAll {
                stage: stage(),
                environment,
                on,
            }));
        }
        for (many, keep) in [(true, None), (false, None), (false, Some(0)), (false, Some(1))] {
            all.push(Operation::SwitchServices { stage: stage(), many, keep });
        }
        use EnvironmentsKind::{Group, Many, One};
        for (to, keep) in [(One, None), (One, Some(0)), (One, Some(1)), (Many, None), (Group, None)]
        {
            all.push(Operation::SwitchEnvironments { stage: stage(), to, keep });
        }
    }
    for (field, value) in [
        (FieldName::Name, "a: b"),
        (FieldName::ServicesFromStage, "st0"),
        (FieldName::EnvironmentsFromStage, "st0"),
        (FieldName::Group, "yes"),
        (FieldName::GroupDeployToAll, "true"),
        (FieldName::MaxConcurrency, "3"),
        (FieldName::OnFailure, "SkipQueued"),
        (FieldName::PipelineStatus, "All"),
        (FieldName::Condition, "<+a> == \"b: # c\""),
        (FieldName::StrategyMaxConcurrency, "0"),
        (FieldName::StrategyOnFailure, "RunAll"),
        (FieldName::NodeName, "n <+matrix.x>"),
        (FieldName::Times, "7"),
        (FieldName::Start, "1"),
        (FieldName::End, "2"),
        (FieldName::Unit, "Percentage"),
        (FieldName::PartitionSize, "2"),
        (FieldName::Parallelism, "4"),
    ] {
        for value in [Some(value.to_owned()), None] {
            all.push(Operation::Set { stage: stage(), field, value });
        }
    }
    for kind in
        [StrategyKind::None, StrategyKind::Matrix, StrategyKind::Repeat, StrategyKind::Parallelism]
    {
        all.push(Operation::SetStrategy { stage: stage(), kind });
    }
    of_strategy(form, turn, all);
}

fn of_strategy(form: &StageForm, turn: &mut usize, all: &mut Vec<Operation>) {
    let stage = || form.address.clone();
    let strategy = &form.strategy;
    let items = changes(strategy.items.len(), turn).into_iter();
    all.extend(items.map(|change| Operation::RepeatItems { stage: stage(), change }));
    let axes = |change| Operation::Axes { stage: stage(), change };
    let values = vec!["1".to_owned(), "x, y".to_owned()];
    all.push(axes(AxisChange::Add { name: "new axis".to_owned(), values }));
    for axis in &strategy.axes {
        let name = axis.name.clone();
        all.push(axes(AxisChange::Remove { name: name.clone() }));
        all.push(axes(AxisChange::Rename { name: name.clone(), to: "on".to_owned() }));
        let changes = changes(axis.values.len(), turn).into_iter();
        all.extend(changes.map(|change| Operation::AxisValues {
            stage: stage(),
            axis: name.clone(),
            change,
        }));
        let exclude = |change| Operation::Exclude { stage: stage(), change };
        all.push(exclude(ExcludeChange::Add { cells: vec![(name.clone(), "a".to_owned())] }));
        for row in 0..strategy.exclude.len() {
            all.push(exclude(ExcludeChange::Remove { row }));
            for value in [Some("no".to_owned()), None] {
                all.push(exclude(ExcludeChange::Set { row, axis: name.clone(), value }));
            }
        }
    }
}

/// Whether something written goes, and comments with it.
pub(crate) fn takes_away(operation: &Operation) -> bool {
    let of_list = |change: &ListChange| {
        matches!(change, ListChange::Remove { .. } | ListChange::Replace { .. })
    };
    match operation {
        Operation::Services { change, .. }
        | Operation::Environments { change, .. }
        | Operation::AxisValues { change, .. }
        | Operation::Infrastructures { change, .. } => of_list(change),
        // `times` goes with the first item.
        Operation::RepeatItems { .. } => true,
        Operation::Set { value, field, .. } => {
            let replaces =
                [FieldName::ServicesFromStage, FieldName::EnvironmentsFromStage, FieldName::Times];
            value.is_none() || replaces.contains(field)
        }
        Operation::Axes { change, .. } => matches!(change, AxisChange::Remove { .. }),
        Operation::Exclude { change, .. } => {
            matches!(change, ExcludeChange::Remove { .. } | ExcludeChange::Set { value: None, .. })
        }
        // The line `- parallel:` may go.
        Operation::RemoveStage { .. } | Operation::MoveStage { .. } => true,
        Operation::SwitchServices { .. }
        | Operation::SwitchEnvironments { .. }
        | Operation::SetStrategy { .. }
        | Operation::DeployToAll { .. } => true,
        // The list of what a stage waits for goes with the comment behind it.
        Operation::WriteAsList { .. } => true,
        Operation::AddStage { .. }
        | Operation::DuplicateStage { .. }
        | Operation::WriteAsDag { .. } => false,
    }
}
