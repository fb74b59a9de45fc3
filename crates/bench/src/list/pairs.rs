//! Lists that meet another list: both grow.

use super::{FIRST, List, repeat};

const APPROVAL: &str = "type: Approval";

fn deployment(i: usize, spec: &str) -> String {
    format!(" - stage: {{identifier: s{i}, name: s{i}, type: Deployment, spec: {{{spec}}}}}\n")
}

fn pipeline(stages: &str) -> String {
    format!("pipeline:\n identifier: p\n name: p\n stages:\n{stages}")
}

fn one_stage(spec: &str) -> String {
    pipeline(&deployment(0, spec))
}

const ENVIRONMENT: &str =
    "environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}";
const ONE: &str = "service: {serviceRef: a}, environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}";

pub(super) fn lists() -> Vec<List> {
    let mut lists = stages();
    lists.extend(inputs());
    lists.extend(entities());
    lists.extend(strategies());
    lists.extend(newer());
    lists.extend(chained());
    lists
}

/// Lists of the newer schema.
fn newer() -> Vec<List> {
    vec![
        List::new("spaces of a condition", |n| {
            let spaces = " ".repeat(n);
            format!(
                "version: 1\nstages: [{{id: a, if: \"success(){spaces}&& true\", steps: []}}]\n"
            )
        }),
        List::new("needs that no stage has", |n| {
            let member = |i| format!("   - {{id: s{i}, needs: [t{i}], steps: []}}\n");
            format!("version: 1\nstages:\n - parallel:\n    stages:\n{}", repeat(n, member))
        }),
        List::new("inputs that are lists", |n| {
            let input = |i| format!("  x{i}: {{default: [a, b]}}\n");
            let stage = |i| {
                format!(
                    "  - {{id: s{i}, service: {{items: \"${{{{ inputs.x{i} }}}}\"}}, environment: {{id: e, deploy-to: i}}}}\n"
                )
            };
            format!(
                "version: 1\npipeline:\n inputs:\n{} stages:\n{}",
                repeat(n, input),
                repeat(n, stage)
            )
        }),
        List::new("input sets of an overlay", |n| {
            let name = |i| format!(" - a{i}\n");
            let set = |i| format!("---\n{{kind: input-set, id: a{i}, spec: {{x: {i}}}}}\n");
            format!(
                "version: 1\npipeline: {{inputs: {{x: {{}}}}, stages: [{{id: a, steps: []}}]}}\n---\nkind: overlay-input-set\nspec:\n \
                 input_sets:\n{}{}",
                repeat(n, name),
                repeat(n, set)
            )
        }),
    ]
}

/// Pipelines that stages run: each with one stage, or so many.
fn chained() -> Vec<List> {
    const VALUES: &str = "inputs: {variables: [{name: v, type: String, value: <+repeat.item>}]}";
    let run = |i: usize, child: usize, more: &str| {
        format!(
            " - stage: {{identifier: r{i}, name: r, type: Pipeline, spec: {{org: o, project: p, pipeline: c{child}{more}}}"
        )
    };
    let child = |i: usize, stages: String| {
        format!(
            "---\npipeline:\n identifier: c{i}\n name: c\n variables: [{{name: v, type: String, value: <+input>}}]\n \
             stages:\n{stages}"
        )
    };
    let one =
        || deployment(0, &ONE.replace("serviceRef: a", "serviceRef: <+pipeline.variables.v>"));
    let items = |n: usize| repeat(n, |i| format!("i{i}, "));
    vec![
        List::new("runs of another pipeline", move |n| {
            let looping = format!(", strategy: {{repeat: {{items: [{}]}}}}}}\n", items(n));
            pipeline(&(run(0, 0, &format!(", {VALUES}")) + &looping)) + &child(0, one())
        }),
        List::new("stages of a pipeline that runs four times", move |n| {
            let looping = ", strategy: {repeat: {times: 4}}}\n";
            let stages = repeat(n, |i| deployment(i, ONE));
            pipeline(&(run(0, 0, "") + looping)) + &child(0, stages)
        }),
        List::new("stages that run one pipeline", move |n| {
            pipeline(&repeat(n, |i| run(i, 0, "") + "}\n")) + &child(0, deployment(0, ONE))
        }),
        List::new("pipelines that stages run", move |n| {
            pipeline(&repeat(n, |i| run(i, i, "") + "}\n"))
                + &repeat(n, |i| child(i, deployment(0, ONE)))
        }),
    ]
}

fn stages() -> Vec<List> {
    vec![
        List::new("deployment stages", |n| pipeline(&repeat(n, |i| deployment(i, ONE)))),
        List::new("stages of one group", |n| {
            let member = |i| format!("  - stage: {{identifier: s{i}, name: s, {APPROVAL}}}\n");
            pipeline(&format!(" - parallel:\n{}", repeat(n, member)))
        }),
        List::new("groups of two", |n| {
            let stage = |i| format!("{{stage: {{identifier: s{i}, name: s, {APPROVAL}}}}}");
            pipeline(&repeat(n, |i| {
                format!(" - parallel: [{}, {}]\n", stage(2 * i), stage(2 * i + 1))
            }))
        }),
        List::new("stages that take from the first", |n| {
            let from = |i| {
                deployment(
                    i + 1,
                    "services: {useFromStage: {stage: s0}}, environments: {useFromStage: {stage: s0}}",
                )
            };
            pipeline(&(deployment(0, ONE) + &repeat(n, from)))
        }),
        List::new("stages that take from the one before", |n| {
            let from = |i| {
                deployment(
                    i + 1,
                    &format!("service: {{useFromStage: {{stage: s{i}}}}}, {ENVIRONMENT}"),
                )
            };
            pipeline(&(deployment(FIRST, ONE) + &repeat(n, from)))
        }),
        List::new("stages that take from unknown ones", |n| {
            pipeline(&repeat(n, |i| {
                deployment(i, &format!("service: {{useFromStage: {{stage: x{i}}}}}, {ENVIRONMENT}"))
            }))
        }),
        List::new("stages that take a list of the first", |n| {
            // As many of each as make so many deployments.
            let n = n.isqrt();
            let services = repeat(n, |i| format!("{{serviceRef: a{i}}},"));
            let first =
                deployment(0, &format!("services: {{values: [{services}]}}, {ENVIRONMENT}"));
            let from = |i| {
                deployment(
                    i + 1,
                    &format!("services: {{useFromStage: {{stage: s0}}}}, {ENVIRONMENT}"),
                )
            };
            pipeline(&(first + &repeat(n, from)))
        }),
        List::new("groups of newer stages", |n| {
            let group = |i| format!("  - group: {{stages: [{{id: a{i}}}, {{id: b{i}}}]}}\n");
            format!("version: 1\npipeline:\n stages:\n{}", repeat(n, group))
        }),
        List::new("newer deployment stages", |n| {
            let stage = |i| {
                format!(
                    "  - {{id: a{i}, service: {{items: [a, b]}}, environment: {{id: e, deploy-to: [i, j]}}}}\n"
                )
            };
            format!("version: 1\npipeline:\n stages:\n{}", repeat(n, stage))
        }),
        List::new("groups of an alias", |n| {
            let n = n.isqrt();
            let part = |p: &str| {
                let members =
                    repeat(n, |i| format!("{{stage: {{identifier: {p}{i}, {APPROVAL}}}}},"));
                format!("g: &g {{parallel: [{members}]}}\n")
            };
            let groups = format!("[{}]", "*g,".repeat(n));
            format!(
                "{}pipeline:\n  identifier: p\n  name: p\n  stages: {groups}\n---\n{}inputSet:\n  \
                 identifier: i\n  name: i\n  pipeline:\n    identifier: p\n    stages: {groups}\n",
                part("a"),
                part("b")
            )
        }),
        List::new("groups that an input set fills", |n| {
            let groups = |value: &str| {
                repeat(n, |i| {
                    format!(
                        " - parallel:\n  - stage: {{identifier: s{i}, name: s, type: Deployment, spec: {{service: {{serviceRef: {value}}}}}}}\n"
                    )
                })
            };
            let set = "---\ninputSet:\n identifier: i\n pipeline:\n  identifier: p\n  stages:\n";
            let (own, filled) = (groups("<+input>"), groups("x").replace("\n ", "\n   "));
            format!("{}{set}  {}", pipeline(&own), filled.trim_end_matches("   "))
        }),
    ]
}

fn inputs() -> Vec<List> {
    vec![
        List::new("stages that an input set fills", |n| {
            let stages = |value: &str| {
                repeat(n, |i| {
                    deployment(i, &format!("service: {{serviceRef: {value}}}, {ENVIRONMENT}"))
                })
            };
            let filled = stages("x").replace(" - stage", "   - stage");
            format!(
                "{}---\ninputSet:\n identifier: i\n pipeline:\n  identifier: p\n  stages:\n{filled}",
                pipeline(&stages("<+input>"))
            )
        }),
        List::new("input sets", |n| {
            let set = |i| {
                format!(
                    "---\ninputSet: {{identifier: i{i}, pipeline: {{identifier: p, stages: [{{stage: {{identifier: s0, spec: {{service: {{serviceRef: a{i}}}}}}}}}]}}}}\n"
                )
            };
            let stage = one_stage(&format!("service: {{serviceRef: <+input>}}, {ENVIRONMENT}"));
            stage + &repeat(n, set)
        }),
        List::new("input sets and stages", |n| {
            let set = |i| {
                format!(
                    "---\ninputSet: {{identifier: i{i}, pipeline: {{identifier: p, stages: [{{stage: {{identifier: s{i}, spec: {{service: {{serviceRef: a{i}}}}}}}}}]}}}}\n"
                )
            };
            let stage =
                |i| deployment(i, &format!("service: {{serviceRef: <+input>}}, {ENVIRONMENT}"));
            pipeline(&repeat(n, stage)) + &repeat(n, set)
        }),
        List::new("input sets for other pipelines", |n| {
            let set =
                |i| format!("---\ninputSet: {{identifier: i{i}, pipeline: {{identifier: q}}}}\n");
            one_stage(ONE) + &repeat(n, set)
        }),
        List::new("services that an input set fills", |n| {
            let values = |value: &str| {
                repeat(n, |i| format!("{{serviceRef: a{i}, serviceInputs: {value}}},"))
            };
            let spec = |value| format!("services: {{values: [{}]}}, {ENVIRONMENT}", values(value));
            let filled = deployment(0, &spec("x")).replace(" - stage", "   - stage");
            format!(
                "{}---\ninputSet:\n identifier: i\n pipeline:\n  identifier: p\n  stages:\n{filled}",
                one_stage(&spec("<+input>"))
            )
        }),
        List::new("stages with inputs", |n| {
            pipeline(&repeat(n, |i| {
                deployment(
                    i,
                    "service: {serviceRef: <+input>}, environment: {environmentRef: <+input>, infrastructureDefinitions: <+input>}",
                )
            }))
        }),
        List::new("allowed values", |n| {
            let values = repeat(n, |i| format!("v{i},"));
            one_stage(&format!(
                "service: {{serviceRef: \"<+input>.allowedValues({values}x)\"}}, {ENVIRONMENT}"
            ))
        }),
        List::new("expressions of a text", |n| {
            let text = "<+stage.variables.a>".repeat(n);
            one_stage(&format!("service: {{serviceRef: \"{text}\"}}, {ENVIRONMENT}"))
        }),
        List::new("beginnings of expressions", |n| {
            one_stage(&format!("service: {{serviceRef: \"{}\"}}, {ENVIRONMENT}", "<+".repeat(n)))
        }),
        List::new("variables of a matrix in a text", |n| {
            let text = "<+matrix.a>".repeat(n);
            pipeline(&format!(
                " - stage: {{identifier: s, type: Deployment, strategy: {{matrix: {{a: [x, y]}}}}, spec: {{service: {{serviceRef: \"{text}\"}}, {ENVIRONMENT}}}}}\n"
            ))
        }),
    ]
}

fn entities() -> Vec<List> {
    let documents = |kind: &'static str, rest: &'static str| {
        List::new(format!("documents: {kind}"), move |n| {
            let document = |i| format!("---\n{kind}: {{identifier: x{i}, name: x{i}{rest}}}\n");
            one_stage(ONE) + &repeat(n, document)
        })
    };
    vec![
        documents("service", ""),
        documents("environment", ", type: Production"),
        documents("infrastructureDefinition", ", environmentRef: e"),
        documents("environmentGroup", ", envIdentifiers: [e]"),
        documents("template", ", versionLabel: v, type: Stage, spec: {type: Approval}"),
        documents("unknownKind", ""),
        List::new("versions of a template", |n| {
            let stage = |i| {
                format!(
                    " - stage: {{identifier: s{i}, name: s, template: {{templateRef: t, versionLabel: v{i}}}}}\n"
                )
            };
            let template = |i| {
                format!(
                    "---\ntemplate: {{identifier: t, versionLabel: v{i}, type: Stage, spec: {{{APPROVAL}}}}}\n"
                )
            };
            pipeline(&repeat(n, stage)) + &repeat(n, template)
        }),
        List::new("stages of unknown templates", |n| {
            pipeline(&repeat(n, |i| {
                format!(
                    " - stage: {{identifier: s{i}, name: s, template: {{templateRef: t{i}}}}}\n"
                )
            }))
        }),
        List::new("templates in templates", |n| {
            let template = |i| {
                format!(
                    "---\ntemplate: {{identifier: t{i}, versionLabel: v, type: Stage, spec: {{template: {{templateRef: t{}}}}}}}\n",
                    i + 1
                )
            };
            let stage = format!("{{identifier: s, name: s, template: {{templateRef: t{FIRST}}}}}");
            pipeline(&format!(" - stage: {stage}\n")) + &repeat(n, template)
        }),
        List::new("stages of one template with faults", |n| {
            let n = n.isqrt();
            let stage = |i| {
                format!(" - stage: {{identifier: s{i}, name: s, template: {{templateRef: t}}}}\n")
            };
            let faults = "{zzz: 1}, ".repeat(n);
            pipeline(&repeat(n, stage))
                + &format!(
                    "---\ntemplate: {{identifier: t, versionLabel: v, type: Stage, spec: {{type: Deployment, spec: {{services: {{values: [{faults}]}}, {ENVIRONMENT}}}}}}}\n"
                )
        }),
        List::new("deploy to all infrastructures", |n| {
            let document = |i| {
                format!("---\ninfrastructureDefinition: {{identifier: i{i}, environmentRef: e}}\n")
            };
            one_stage(
                "service: {serviceRef: a}, environment: {environmentRef: e, deployToAll: true}",
            ) + &repeat(n, document)
        }),
        List::new("environments of a group", |n| {
            let names = repeat(n, |i| format!("e{i},"));
            let document = |i| {
                format!(
                    "---\nenvironment: {{identifier: e{i}}}\n---\ninfrastructureDefinition: {{identifier: i, environmentRef: e{i}}}\n"
                )
            };
            one_stage(
                "service: {serviceRef: a}, environmentGroup: {envGroupRef: g, deployToAll: true}",
            ) + &format!("---\nenvironmentGroup: {{identifier: g, envIdentifiers: [{names}]}}\n")
                + &repeat(n, document)
        }),
        List::new("tags and filters", |n| {
            let tags = repeat(n, |i| format!("k{i}: v,"));
            let document = |i| {
                format!(
                    "---\ninfrastructureDefinition: {{identifier: i{i}, environmentRef: e, tags: {{k{i}: v}}}}\n"
                )
            };
            one_stage(&format!(
                "service: {{serviceRef: a}}, environment: {{environmentRef: e, filters: [{{identifier: f, type: tags, entities: [infrastructures], spec: {{matchType: any, tags: {{{tags}}}}}}}]}}"
            )) + &repeat(n, document)
        }),
        List::new("references to unknown entities", |n| {
            pipeline(&repeat(n, |i| {
                deployment(
                    i,
                    &format!(
                        "service: {{serviceRef: a{i}}}, environment: {{environmentRef: e{i}, deployToAll: true}}"
                    ),
                )
            }))
        }),
        List::new("services and documents of them", |n| {
            let services = repeat(n, |i| format!("{{serviceRef: x{i}}},"));
            let document = |i| format!("---\nservice: {{identifier: x{i}}}\n");
            one_stage(&format!("services: {{values: [{services}]}}, {ENVIRONMENT}"))
                + &repeat(n, document)
        }),
    ]
}

fn strategies() -> Vec<List> {
    let stage = |strategy: &str| {
        pipeline(&format!(
            " - stage: {{identifier: s, name: s, type: Deployment, strategy: {{{strategy}}}, spec: {{{ONE}}}}}\n"
        ))
    };
    vec![
        List::new("axes of one value", move |n| {
            stage(&format!("matrix: {{{}}}", repeat(n, |i| format!("a{i}: [x],"))))
        }),
        List::new("values of an axis", move |n| {
            stage(&format!("matrix: {{a: [{}]}}", repeat(n, |i| format!("x{i},"))))
        }),
        List::new("exclusions", move |n| {
            let values = repeat(n, |i| format!("x{i},"));
            let exclude = repeat(n, |i| format!("{{a: x{i}}},"));
            stage(&format!("matrix: {{a: [{values}], exclude: [{exclude}]}}"))
        }),
        List::new("exclusions of nothing", move |n| {
            let values = repeat(n, |i| format!("x{i},"));
            let exclude = repeat(n, |i| format!("{{a: y{i}, b: z}},"));
            stage(&format!("matrix: {{a: [{values}], b: [z], exclude: [{exclude}]}}"))
        }),
        List::new("items of a loop", move |n| {
            stage(&format!("repeat: {{items: [{}]}}", repeat(n, |i| format!("x{i},"))))
        }),
        List::new("stages with a matrix", |n| {
            pipeline(&repeat(n, |i| {
                format!(
                    " - stage: {{identifier: s{i}, name: s, type: Deployment, strategy: {{matrix: {{a: [x, y]}}}}, spec: {{service: {{serviceRef: <+matrix.a>}}, {ENVIRONMENT}}}}}\n"
                )
            }))
        }),
        List::new("services and infrastructures", |n| {
            // The square root of each, so that there are so many deployments.
            let side = n.isqrt();
            let services = repeat(side, |i| format!("{{serviceRef: a{i}}},"));
            let infrastructures = repeat(side, |i| format!("{{identifier: i{i}}},"));
            one_stage(&format!(
                "services: {{values: [{services}]}}, environment: {{environmentRef: e, infrastructureDefinitions: [{infrastructures}]}}"
            ))
        }),
    ]
}
