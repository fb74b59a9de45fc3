//! What the YAML leaves open, filled in by hand: the same plan, whether it is kept beside the text or
//! added to it.

use deployline_engine::{Assumptions, Reference, Work};
use deployline_inputs::{Answers, Field, OpenInput, Origin, answers, open_inputs};
use deployline_planner::{Analysis, Inputs, ParsedTexts, resolve};
use deployline_yaml::{Diagnostic, Severity};
use proptest::prelude::*;

use crate::oracle::generate;
use crate::{corpus, diff, other_reader};

proptest! {
    #![proptest_config(crate::cases::cases(200))]

    #[test]
    fn in_pipelines_with_anything_left_open(case in generate::case(), seed in any::<u64>()) {
        let text = opened(&case.yaml(), seed);
        check(&text, seed);
    }
}

#[test]
fn in_the_corpus() {
    for (file, text) in corpus::texts() {
        for seed in 0..8 {
            let count = check(&text, seed);
            let number: u32 = file[..2].parse().expect("a number");
            // Those that show how things are left open.
            let is_open = [6, 7, 8, 9, 11, 14].contains(&number);
            assert!(!is_open || count > 0, "{file}: nothing to fill in");
        }
    }
}

/// Every question of the corpus' file about runtime inputs, in order.
#[test]
fn all_that_a_file_leaves_open_is_listed_in_its_order() {
    let text = corpus::text("11-runtime-inputs.yaml");
    let open = open_inputs(&parse(&text), &Inputs::default(), &Answers::new());
    let shown: Vec<String> = open
        .iter()
        .map(|it| format!("{} | {} | {} | {:?}", it.stage, it.place, it.question, it.field))
        .collect();
    let expected = [
        "pick services | services › values | Which services? | Names",
        "pick infrastructures | environments › values › quotes_test › deployToAll | To all infrastructures? | Flag",
        "pick infrastructures | environments › values › quotes_test › infrastructureDefinitions | Which infrastructures? | Names",
        "pick everything | service › serviceRef | Which service? | Choice([\"pricing\", \"claims\", \"documents\"])",
        "pick everything | environment › environmentRef | Which environment? | Text",
        "pick everything | environment › deployToAll | To all infrastructures? | Flag",
        "pick everything | environment › infrastructureDefinitions | Which infrastructures? | Names",
        "pick environments | services › values › 2 › serviceRef | Which service? | Text",
        "pick environments | environments › values | Which environments? | Names",
        "pick environments | environments › metadata › parallel | Environments or infrastructures in parallel? | Flag",
        "a group, later | environmentGroup › envGroupRef | Which environment group? | Text",
        "a group, later | environmentGroup › deployToAll | To all of the group? | Flag",
        "a group, later | environmentGroup › environments | Which environments of the group? | Names",
    ];
    assert_eq!(shown, expected);
    assert_eq!(open[9].value.as_deref(), Some("true"));
    assert_eq!(open[9].origin, Origin::Default);
    assert!(open.iter().all(|it| text[it.span.range()].starts_with("<+input>")));
}

/// Of the variables that are inputs, those that the stages need are asked for, in their own place.
#[test]
fn variables_are_asked_for_where_they_stand() {
    let text = "pipeline:
  name: Ferry
  identifier: ferry
  variables:
    - {name: fleet, type: String, value: <+input>}
    - {name: usual, type: String, value: <+input>.default(pier)}
    - {name: other, type: String, value: <+input>}
    - {name: fixed, type: String, value: dock}
  stages:
    - stage:
        name: Sail
        identifier: sail
        type: Deployment
        variables: [{name: own, type: String, value: <+input>}]
        spec:
          service: {serviceRef: <+repeat.item><+stage.variables.own>}
          environment:
            environmentRef: <+pipeline.variables.fixed>
            infrastructureDefinitions: [{identifier: <+pipeline.variables.usual>}]
        strategy: {repeat: {items: '<+pipeline.variables.fleet.split(\",\")>'}}
";
    let open = open_inputs(&parse(text), &Inputs::default(), &Answers::new());
    let shown: Vec<String> =
        open.iter().map(|it| format!("{} | {} | {:?}", it.stage, it.place, it.origin)).collect();
    assert_eq!(
        shown,
        [
            "Pipeline | variables › fleet › value | Open",
            "Pipeline | variables › usual › value | Default",
            "Sail | variables › own › value | Open",
        ]
    );
    let answer = |index: usize, answer: &str| (open[index].key.clone(), answer.to_owned());
    let answers = Answers::from([answer(0, "deck,engine"), answer(1, "quay"), answer(2, "_1")]);
    let analysis = analysis(text, &Inputs::default(), &answers);
    let Work::Deploy(deploy) = &analysis.plan.pipeline.stages[0].work else { panic!("deploys") };
    let names: Vec<&str> = deploy.services.items.iter().map(|it| it.name.text.as_str()).collect();
    assert_eq!(names, ["deck_1", "engine_1"]);
    assert_eq!(targets(&analysis), "dock/quay");
    let is_fault = |found: &Diagnostic| found.severity != Severity::Info;
    assert!(!analysis.diagnostics.iter().any(is_fault), "{:?}", analysis.diagnostics);
}

#[test]
fn an_input_set_in_the_text_settles_and_can_be_overruled() {
    let text =
        [corpus::text("11-runtime-inputs.yaml"), corpus::text("19-input-set.yaml")].join("---\n");
    let open = open_inputs(&parse(&text), &Inputs::default(), &Answers::new());
    assert_eq!(
        (open[0].value.as_deref(), open[0].origin),
        (Some("pricing, claims"), Origin::InputSet)
    );
    let answers = Answers::from([(open[0].key.clone(), "one".to_owned())]);
    let analysis = analysis(&text, &Inputs::default(), &answers);
    assert_eq!(analysis.plan.stages[0].deployments.len(), 1);
    let again = open_inputs(&analysis.documents, &Inputs::default(), &answers);
    assert_eq!((again[0].value.as_deref(), again[0].origin), (Some("one"), Origin::Answer));
}

/// What an answer makes is shown where the text asks for it.
#[test]
fn everything_that_is_filled_in_points_into_the_text() {
    for (file, text) in corpus::texts() {
        let (inputs, answers) = filled(&text, 1);
        let analysis = analysis(&text, &inputs, &answers);
        for stage in &analysis.plan.pipeline.stages {
            let Work::Deploy(deploy) = &stage.work else { continue };
            let services = deploy.services.items.iter().map(|service| service.span);
            for span in services.chain(deploy.targets.items.iter().map(|target| target.span)) {
                assert!(text.get(span.range()).is_some(), "{file}: {span:?}");
                assert_eq!(span.source.0, 0, "{file}");
            }
        }
        assert!(analysis.diagnostics.iter().all(|it| it.span.source.0 == 0), "{file}");
    }
}

#[test]
fn counts_are_what_was_asked_for() {
    let stage = |spec: &str| {
        format!("stage: {{name: A, identifier: a, spec: {{service: {{serviceRef: S}}, {spec}}}}}")
    };
    for (spec, answers, expected) in [
        (
            "environments: {values: [{environmentRef: prod, deployToAll: true}]}",
            &["3"][..],
            "prod/all_of_prod_1 prod/all_of_prod_2 prod/all_of_prod_3",
        ),
        ("environment: {environmentRef: prod, deployToAll: true}", &["1"], "prod/all_of_prod"),
        (
            "environmentGroup: {envGroupRef: org.g, deployToAll: true}",
            &["2"],
            "g_1/all_of_g_1 g_2/all_of_g_2",
        ),
        (
            "environmentGroup: {envGroupRef: g}",
            &["2", "2"],
            "g_1/all_of_g_1_1 g_1/all_of_g_1_2 g_2/all_of_g_2_1 g_2/all_of_g_2_2",
        ),
        (
            "environments: {filters: [{type: tags, entities: [environments], spec: {tags: {a: b}}}]}",
            &["2"],
            "environment_1/all_of_environment_1 environment_2/all_of_environment_2",
        ),
        (
            "environments: {values: [{environmentRef: e, filters: [{type: tags, entities: [infrastructures], spec: {matchType: all, tags: {a: b, c: ''}}}]}]}",
            &["2"],
            "e/chosen_of_e_1 e/chosen_of_e_2",
        ),
        ("environments: {values: <+input>}", &["x/i, x/j, y", "1"], "x/i x/j y/all_of_y"),
        ("environment: <+input>", &["x/i"], "x/i"),
    ] {
        let text = stage(spec);
        let (inputs, mut given) = (Inputs::default(), Answers::new());
        for answer in answers {
            let open = open_inputs(&analysis(&text, &inputs, &given).documents, &inputs, &given);
            let next =
                open.iter().find(|it| it.origin != Origin::Answer).expect("something is open");
            given.insert(next.key.clone(), (*answer).to_owned());
        }
        let analysis = analysis(&text, &inputs, &given);
        assert_eq!(targets(&analysis), expected, "{spec}");
    }
}

/// An answer is a text for every reader of YAML, whatever it looks like.
#[test]
fn answers_that_look_like_other_types_are_texts() {
    let text = "stage: {identifier: a, spec: {service: {serviceRef: <+input>}, environment: \
                {environmentRef: E, infrastructureDefinitions: [{identifier: I}]}}}";
    let open = open_inputs(&parse(text), &Inputs::default(), &Answers::new());
    for answer in [
        "y",
        "n",
        "on",
        ".inf",
        "<<",
        "=",
        "0XFF",
        "0o17",
        "1:30",
        "1,000",
        "1_000",
        "1e3",
        "~",
        "2024-01-01",
        "2024-01-01T00:00:00Z",
        "a: b",
        "# x",
        "- x",
        "a\u{85}b",
        "a\u{2028}b",
    ] {
        let answers = Answers::from([(open[0].key.clone(), answer.to_owned())]);
        let made = answers::for_people(&parse(text), &Inputs::default(), &answers).text;
        other_reader::check_agreement(&made);
        let documents = other_reader::documents(&made).expect("it has just been read");
        let mut texts = Vec::new();
        other_reader::texts(&documents[0], &mut texts);
        assert!(texts.iter().any(|text| text == answer), "{made}");
        let written = made.lines().find_map(|line| line.trim().strip_prefix("serviceRef: "));
        let is_quoted = written.is_some_and(|written| written.starts_with(['"', '\'']));
        assert!(is_quoted, "{made}");
    }
}

/// What only a run knows can be said by hand, and stays beside the text.
#[test]
fn other_expressions_can_be_settled_too() {
    let text = "stage: {identifier: a, spec: {service: {serviceRef: <+pipeline.variables.s>}, environment: \
                {environmentRef: E, infrastructureDefinitions: [{identifier: <+a.b>}, {identifier: I}]}}}";
    let open = open_inputs(&parse(text), &Inputs::default(), &Answers::new());
    let answers: Answers = open
        .iter()
        .zip(["cart", "east"])
        .map(|(it, answer)| (it.key.clone(), answer.to_owned()))
        .collect();
    assert_eq!(answers.len(), 2);
    let analysis = analysis(text, &Inputs::default(), &answers);
    assert_eq!(
        outcome(&analysis),
        "stage a, 1 at a time, 0s … 1m\n  cart → E/east 0s … 1m\nend 1m"
    );
    let made = answers::for_people(&analysis.documents, &Inputs::default(), &answers);
    assert_eq!((made.text.as_str(), made.left_out), ("", 2));
}

/// Fills in what a text leaves open, and compares; says how many answers there were.
fn check(text: &str, seed: u64) -> usize {
    let (inputs, answers) = filled(text, seed);
    let with_answers = analysis(text, &inputs, &answers);
    let made = answers::for_people(&with_answers.documents, &inputs, &answers);
    let added = answers::append_documents(text, &made.text);
    other_reader::check_agreement(&made.text);
    assert!(added.starts_with(text), "what was there stays\n{added}");
    let mut stays = answers.clone();
    stays.retain(|key, _| !made.included.contains(key));
    let mut flags = inputs.clone();
    flags.parallel.retain(|flag, _| !made.included_flags.contains(flag));
    let with_text = analysis(&added, &flags, &stays);
    let (expected, actual) = (outcome(&with_answers), outcome(&with_text));
    assert!(
        expected == actual,
        "- beside the text, + in it\n{}\n{answers:#?}\n{added}",
        diff::lines(&expected, &actual)
    );
    assert!(!with_text.is_broken, "{added}");
    assert_eq!(made.left_out, stays.len() + flags.parallel.len(), "{answers:#?}");
    answers.len() + inputs.parallel.len()
}

/// An answer to everything, and to what follows from the answers.
pub(crate) fn filled(text: &str, seed: u64) -> (Inputs, Answers) {
    let (mut inputs, mut answers) = (Inputs::default(), Answers::new());
    for round in 0..4 {
        let open = open_inputs(&analysis(text, &inputs, &answers).documents, &inputs, &answers);
        for (number, input) in open.iter().enumerate() {
            let seed = (seed >> (number % 60)).wrapping_add(round);
            let is_new = input.origin != Origin::Answer;
            let Some(answer) = answer(input, seed).filter(|_| is_new) else { continue };
            match &input.axis {
                Some(axis) => drop(inputs.parallel.insert(axis.clone(), answer == "true")),
                None => drop(answers.insert(input.key.clone(), answer)),
            }
        }
    }
    (inputs, answers)
}

fn answer(input: &OpenInput, seed: u64) -> Option<String> {
    // Some things stay open.
    if seed % 5 == 4 {
        return None;
    }
    let pick = |of: &[&str]| Some(of[(seed % of.len() as u64) as usize].to_owned());
    match &input.field {
        Field::Text => {
            pick(&["alpha", "b c", "8080", "yes", "a: b", "0x1F", "<<", "it's # \"so\""])
        }
        Field::Choice(words) => words.get(seed as usize % words.len()).cloned(),
        Field::Number { least } => Some((u64::from(*least) + seed % 3).to_string()),
        Field::Count => pick(&["1", "2", "3"]),
        Field::Flag => pick(&["true", "false"]),
        Field::Names => pick(&["a, b", "3", "e/x, e/y, f", "one", "on/1, on/.inf, 1e3"]),
        Field::Nothing => None,
    }
}

/// The same text with some names, lists and flags left open.
pub(crate) fn opened(yaml: &str, seed: u64) -> String {
    let mut bits = seed;
    let mut next = || {
        bits = bits.rotate_left(1);
        bits & 1 == 1
    };
    let lines = yaml.lines().map(|line| {
        let mut line = line.to_owned();
        // Steps are no targets.
        if line.trim_start().starts_with("execution:") {
            return line;
        }
        for (start, end) in [
            ("serviceRef: ", "}"),
            // In a document, other keys follow.
            ("{identifier: ", if line.starts_with("infrastructureDefinition") { "," } else { "}" }),
            ("infrastructureDefinitions: ", "]}"),
            ("parallel: ", "}"),
        ] {
            let Some(at) = line.find(start).map(|at| at + start.len()) else { continue };
            let value = line[at..].find(end).unwrap_or(line.len() - at);
            let value = if end == "]}" { value + 1 } else { value };
            if next() && !line[at..at + value].contains("matrix") {
                line.replace_range(
                    at..at + value,
                    if next() { "<+input>" } else { "<+input>.default(false)" },
                );
            }
        }
        line
    });
    lines.map(|line| line + "\n").collect()
}

fn parse(text: &str) -> Vec<deployline_yaml::Document> {
    deployline_yaml::parse(text).documents
}

pub(crate) fn analysis(text: &str, inputs: &Inputs, answers: &Answers) -> Analysis {
    let assumptions = Assumptions::default();
    let parsed = ParsedTexts::new(&[text]);
    let made = answers::for_planner(parsed.documents(), inputs, answers);
    let parsed = match &made {
        Some(made) => parsed.with_answers(&made.text),
        None => parsed,
    };
    let resolved = resolve(parsed.documents(), inputs);
    let mut analysis = parsed.schedule(resolved, &assumptions);
    if let Some(made) = &made {
        answers::relocate(&mut analysis, made);
    }
    // The page has the checks later than the plan.
    analysis.diagnostics = analysis.checked(inputs, &assumptions);
    if let Some(made) = &made {
        answers::relocate_diagnostics(&mut analysis.diagnostics, made);
    }
    analysis
}

fn targets(analysis: &Analysis) -> String {
    let Work::Deploy(deploy) = &analysis.plan.pipeline.stages[0].work else { panic!("it deploys") };
    let name =
        |name: &Option<Reference>| name.as_ref().map_or("–".to_owned(), |it| it.text.clone());
    let target = |it: &deployline_engine::Target| {
        format!("{}/{}", name(&it.environment), name(&it.infrastructure))
    };
    deploy.targets.items.iter().map(target).collect::<Vec<_>>().join(" ")
}

/// Order, limits and times of a plan, by name.
pub(crate) fn outcome(analysis: &Analysis) -> String {
    let Analysis { plan, schedule, .. } = analysis;
    let mut lines = Vec::new();
    for ((stage, deployments), runs) in
        plan.pipeline.stages.iter().zip(&plan.stages).zip(&schedule.stages)
    {
        lines.push(format!(
            "stage {}, {} at a time, {} … {}",
            stage.identifier, runs.max_concurrency, runs.start, runs.end
        ));
        for (deployment, run) in deployments.deployments.iter().zip(&runs.runs) {
            let Work::Deploy(deploy) = &stage.work else {
                lines.push(format!("  one bar {} … {}", run.start, run.end));
                continue;
            };
            let name = |it: &Reference| {
                if it.is_known { it.text.clone() } else { format!("({})", it.text) }
            };
            let service =
                deployment.service.map(|it| name(&deploy.services.items[it as usize].name));
            let target = deployment.target.map(|it| &deploy.targets.items[it as usize]);
            let environment = target.and_then(|it| it.environment.as_ref()).map(name);
            let infrastructure = target.and_then(|it| it.infrastructure.as_ref()).map(name);
            lines.push(format!(
                "  {} → {}/{} {} … {}",
                service.unwrap_or_default(),
                environment.unwrap_or_default(),
                infrastructure.unwrap_or_default(),
                run.start,
                run.end
            ));
        }
    }
    lines.push(format!("end {}", schedule.end));
    lines.join("\n")
}
