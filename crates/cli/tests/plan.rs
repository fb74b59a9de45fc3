//! `deployline plan` as scripts and people use it.

mod support;

use std::process::Output;

use support::{deployline, stderr, stdout};

const SCENARIO_2: &str = include_str!("../../../web/examples/scenario-2.yaml");

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn text_says_order_limit_and_times() {
    let output = deployline(&["plan", "-"], SCENARIO_2);
    assert_eq!(output.status.code(), Some(0));
    let expected = "\
Scenario 2: 1 stage, 4 deployments, 2m

Deploy  Deployment  2 × 2 = 4 deployments, 2 at a time  0s to 2m
  S1 I1, S2 I1, S1 I2, S2 I2

            0s                                            2m
  1  S1 I1  ████████████████████████
  2  S2 I1  ████████████████████████
  3  S1 I2                          ████████████████████████
  4  S2 I2                          ████████████████████████
";
    assert_eq!(stdout(&output), expected);
    assert_eq!(stderr(&output), "");
}

#[test]
fn json_is_the_documented_contract() {
    let output = deployline(&["plan", "-", "--format", "json"], SCENARIO_2);
    assert_eq!(output.status.code(), Some(0));
    let plan = json(&output);
    assert_eq!(plan["version"], 1);
    assert_eq!(plan["schema"], "v0");
    assert_eq!(plan["pipeline"]["identifier"], "scenario_2");
    assert_eq!(plan["end"], 120_000);
    let stage = &plan["stages"][0];
    assert_eq!((&stage["type"], &stage["entry"]), (&"Deployment".into(), &0.into()));
    assert_eq!(stage["maxConcurrency"], 2);
    let expected = serde_json::json!({
        "index": 2,
        "service": "S1", "environment": "E1", "infrastructure": "I2",
        "values": {},
        "start": 60_000, "end": 120_000, "lane": 0, "status": "succeeded",
        "waitsFor": { "stage": "deploy", "index": 0, "reason": "slot" },
        "duration": { "source": "default" }
    });
    assert_eq!(stage["deployments"][2], expected);
    assert_eq!(stage["deployments"][0]["waitsFor"], serde_json::Value::Null);
    assert_eq!(plan["diagnostics"], serde_json::json!([]));
}

#[test]
fn yaml_says_the_same_as_json() {
    let as_json = json(&deployline(&["plan", "-", "--format", "json"], SCENARIO_2));
    let output = deployline(&["plan", "-", "--format", "yaml"], SCENARIO_2);
    let as_yaml: serde_json::Value = serde_yaml::from_slice(&output.stdout).expect("YAML");
    assert_eq!(as_yaml, as_json);
}

#[test]
fn an_error_gives_the_plan_all_the_same_and_status_1() {
    let broken = SCENARIO_2.replace("parallel: true", "parallel: \"true");
    let output = deployline(&["plan", "-", "--format", "json"], &broken);
    assert_eq!(output.status.code(), Some(1));
    let plan = json(&output);
    let found = &plan["diagnostics"][0];
    assert_eq!(
        (&found["severity"], &found["code"]),
        (&"error".into(), &"yaml-unclosed-quote".into())
    );
    let line = broken.lines().position(|line| line.contains("\"true")).expect("it is there") + 1;
    assert_eq!(found["line"], line);
    assert_eq!(found["column"], 25);
    assert_eq!(plan["stages"][0]["deployments"].as_array().map(Vec::len), Some(4));
}

#[test]
fn diagnostics_show_the_line_on_the_standard_error() {
    let text = "stage:\n  type: Deployment\n  spec:\n    service: {serviceRef: <+input>}\n    \
                environment: {environmentRef: E, infrastructureDefinitions: [{identifier: I}]}\n";
    let output = deployline(&["plan", "-"], text);
    assert_eq!(output.status.code(), Some(0), "a warning is no error");
    let expected = "\
warning[runtime-input]: The service is given by `<+input>`, a runtime input without a value. A placeholder stands for it. An input set (`inputSet:`) in the same text can fill it in.
 --> standard input:4:27
  |
4 |     service: {serviceRef: <+input>}
  |                           ^^^^^^^^

";
    assert_eq!(stderr(&output), expected);
}

#[test]
fn assumptions_change_the_times() {
    let folder = std::env::temp_dir().join(format!("deployline-cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let durations = folder.join("durations.yaml");
    std::fs::write(&durations, "S1: 2m\nS2@I1: 10s\nS2@E1/I2: 20s\n").expect("a file");
    let path = durations.to_str().expect("UTF-8");
    let args = ["plan", "-", "--format", "json", "--duration", "5m", "--durations", path];
    let plan = json(&deployline(&args, SCENARIO_2));
    let times = |index: usize| {
        let deployment = &plan["stages"][0]["deployments"][index];
        (deployment["start"].as_u64(), deployment["end"].as_u64())
    };
    assert_eq!(times(0), (Some(0), Some(120_000)));
    assert_eq!(times(1), (Some(0), Some(10_000)));
    assert_eq!(times(2), (Some(10_000), Some(130_000)), "S1 I2 starts when S2 I1 ends");
    assert_eq!(times(3), (Some(120_000), Some(140_000)));
    let limited = ["plan", "-", "--format", "json", "--account-limit", "1"];
    let plan = json(&deployline(&limited, SCENARIO_2));
    assert_eq!((&plan["stages"][0]["maxConcurrency"], &plan["end"]), (&1.into(), &240_000.into()));
    for (args, own, account, at_once, minutes) in [
        (&["--account-plan", "free"][..], 2, Some(2), 2, 2),
        (&["--account-plan", "none"], 2, None, 2, 2),
        (&["--assume", "account-plan=free", "--assume", "account-limit=1"], 2, Some(1), 1, 4),
    ] {
        let args = [&["plan", "-", "--format", "json"], args].concat();
        let plan = json(&deployline(&args, SCENARIO_2));
        let stage = &plan["stages"][0];
        let limits = (&stage["limits"]["own"], &stage["limits"]["account"]);
        assert_eq!(limits, (&own.into(), &account.into()), "{args:?}");
        assert_eq!(stage["maxConcurrency"], at_once, "{args:?}");
        assert_eq!(plan["end"], minutes * 60_000, "{args:?}");
        assert_eq!(plan["assumptions"][0]["key"], "account-plan");
    }
    std::fs::write(&durations, "'@I1': 3m\n'@E1/I2': 4m\nstage:deploy#2: 7s\n").expect("a file");
    let plan = json(&deployline(&args, SCENARIO_2));
    let lasts = |plan: &serde_json::Value| -> Vec<u64> {
        let all = plan["stages"][0]["deployments"].as_array().cloned().unwrap_or_default();
        let time = |one: &serde_json::Value, key: &str| one[key].as_u64().unwrap_or_default();
        all.iter().map(|one| (time(one, "end") - time(one, "start")) / 1000).collect()
    };
    assert_eq!(lasts(&plan), [180, 7, 240, 240]);
    let uneven = |seed| ["plan", "-", "--format", "json", "--duration", "10m", "--uneven", seed];
    let once = lasts(&json(&deployline(&uneven("7"), SCENARIO_2)));
    assert_eq!(once, lasts(&json(&deployline(&uneven("7"), SCENARIO_2))), "the same number");
    assert_ne!(once, lasts(&json(&deployline(&uneven("8"), SCENARIO_2))), "another one");
    assert!(once.iter().all(|seconds| (300..=1200).contains(seconds)), "{once:?}");
    std::fs::write(&durations, "S1: soon\n").expect("a file");
    let output = deployline(&args, SCENARIO_2);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`S1`: `soon` is no duration"), "{}", stderr(&output));
    std::fs::remove_dir_all(&folder).expect("it goes");
}

#[test]
fn a_what_if_about_nothing_is_bad_usage() {
    for (arguments, expected) in [
        (
            ["--fail", "depoy:0"],
            "error: --fail depoy:0: the pipeline has no stage depoy, expected one of: deploy\n",
        ),
        (
            ["--fail", "deploy:4"],
            "error: --fail deploy:4: the stage deploy has 4 deployments, with indexes from 0\n",
        ),
        (
            ["--assume", "when:deploy=false"],
            "error: --assume when:deploy: the pipeline leaves no such thing open, expected one of: account-plan\n",
        ),
    ] {
        let output = deployline(&[&["plan", "-"][..], &arguments].concat(), SCENARIO_2);
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(2), expected));
    }
    let output = deployline(&["plan", "-", "--fail", "deploy:0,error=Timeot"], SCENARIO_2);
    assert_eq!(output.status.code(), Some(2));
    let expected = "`Timeot` is no type of error, expected AllErrors or one of Unknown, ";
    assert!(stderr(&output).contains(expected), "{}", stderr(&output));
}

#[test]
fn an_assumption_that_matches_nothing_is_a_warning() {
    let folder = std::env::temp_dir().join(format!("deployline-unmatched-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let durations = folder.join("durations.yaml");
    std::fs::write(&durations, "S1: 2m\nS3: 5m\nstage:deploy#9: 5m\n").expect("a file");
    let path = durations.to_str().expect("UTF-8");
    let fail = "deploy:3,error=Timeout,step=roll,succeeds-at=2";
    let args = ["plan", "-", "--durations", path, "--fail", fail];
    let output = deployline(&args, SCENARIO_2);
    assert_eq!(output.status.code(), Some(0), "a warning is no error");
    let said = stderr(&output);
    let expected = [
        "warning[assumption-unmatched]: The duration for `S3` is for no deployment: there is no service `S3`.",
        "warning[assumption-unmatched]: The duration for `stage:deploy#9` is for no deployment: the stage `deploy` has 4 deployments.",
        "warning[assumption-unmatched]: Number 4 of `deploy` is assumed to fail in the step `roll`, which its stage does not have: the rules of the stage count. Expected `rollout`.",
        "warning[assumption-unmatched]: Number 4 of `deploy` is assumed to succeed at attempt 2, but nothing retries it.",
    ];
    for line in expected {
        assert!(said.contains(line), "{line} in {said}");
    }
    let output = deployline(&[&args[..], &["--format", "json"]].concat(), SCENARIO_2);
    let found = json(&output)["diagnostics"].as_array().cloned().unwrap_or_default();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    let stage = SCENARIO_2.lines().position(|line| line.contains("name: Deploy")).expect("a stage");
    for diagnostic in &found {
        assert_eq!(diagnostic["code"], "assumption-unmatched");
        let line = if diagnostic["message"].to_string().contains("`S3`") { 1 } else { stage + 1 };
        assert_eq!(diagnostic["line"], line, "{diagnostic}");
    }
    std::fs::remove_dir_all(&folder).expect("it goes");
}

#[test]
fn input_sets_are_chosen_by_their_identifiers() {
    let set = |name: &str, service: &str| {
        format!(
            "---\ninputSet: {{identifier: {name}, pipeline: {{identifier: ferry, stages: [{{stage: {{identifier: sail, \
             spec: {{service: {{serviceRef: {service}}}}}}}}}]}}}}\n"
        )
    };
    let text = format!(
        "pipeline:\n  identifier: ferry\n  stages:\n    - stage: {{identifier: sail, type: Deployment, spec: \
         {{service: {{serviceRef: <+input>}}, environment: {{environmentRef: e, infrastructureDefinitions: \
         [{{identifier: i}}]}}}}}}\n{}{}---\noverlayInputSet: {{identifier: both, pipelineIdentifier: ferry, \
         inputSetReferences: [night, base]}}\n",
        set("base", "deck"),
        set("night", "engine")
    );
    for (chosen, service) in [
        (&[][..], "deck"),
        (&["--input-set", "base"], "deck"),
        (&["--input-set", "night"], "engine"),
        (&["--input-set", "base", "--input-set", "night"], "engine"),
        (&["--input-set", "both"], "deck"),
    ] {
        let plan = json(&deployline(&[&["plan", "-", "--format", "json"], chosen].concat(), &text));
        assert_eq!(plan["stages"][0]["deployments"][0]["service"], service, "{chosen:?}");
    }
    for (text, expected) in [
        (
            text.as_str(),
            "error: --input-set nigt: the files have no input set nigt, expected one of: base, night, both\n",
        ),
        (
            SCENARIO_2,
            "error: --input-set nigt: the files have no input set nigt, they have none: give its document \
             (`inputSet:` or `overlayInputSet:`) as a further file\n",
        ),
    ] {
        let output = deployline(&["plan", "-", "--input-set", "nigt"], text);
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(2), expected));
    }
}

#[test]
fn what_fails_stops_what_comes_after() {
    let text = "stages:
  - stage: {name: First, identifier: first, type: Custom}
  - stage: {name: Second, identifier: second, type: Custom}
  - stage: {name: Last, identifier: last, type: Custom, when: {pipelineStatus: All}}
";
    let output = deployline(&["plan", "-", "--format", "json", "--fail", "first:0"], text);
    assert_eq!(output.status.code(), Some(0), "a failure assumed is no error of the pipeline");
    let plan = json(&output);
    let status = |stage: usize| plan["stages"][stage]["status"].as_str().map(str::to_owned);
    let all: Vec<_> = (0..3).filter_map(status).collect();
    assert_eq!(all, ["failed", "skipped", "succeeded"]);
    assert_eq!(plan["end"], 120_000);
    let output = deployline(&["plan", "-", "--fail", "first"], text);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("as in `deploy:3`"), "{}", stderr(&output));
}

#[test]
fn mermaid_and_markdown_say_the_same() {
    let output = deployline(&["plan", "-", "--format", "mermaid"], SCENARIO_2);
    let expected = "\
gantt
    title Scenario 2
    dateFormat YYYY-MM-DD HH:mm:ss.SSS
    axisFormat %M:%S
    section Deploy (2 × 2 #61; 4 deployments#44; 2 at a time)
    1 S1 I1 :s0d0, 2000-01-01 00:00:00.000, 2000-01-01 00:01:00.000
    2 S2 I1 :s0d1, 2000-01-01 00:00:00.000, 2000-01-01 00:01:00.000
    3 S1 I2 :s0d2, 2000-01-01 00:01:00.000, 2000-01-01 00:02:00.000
    4 S2 I2 :s0d3, 2000-01-01 00:01:00.000, 2000-01-01 00:02:00.000
";
    assert_eq!(stdout(&output), expected);
    let output = deployline(&["plan", "-", "--format", "markdown"], SCENARIO_2);
    let expected = "\
**Scenario 2**: 1 stage, 4 deployments, 2m

**Deploy** 2 × 2 = 4 deployments, 2 at a time, 0s to 2m

| # | Deployment | Start | End | Why then |
|--:|---|--:|--:|---|
| 1 | S1 I1 | 0s | 1m | Starts with the pipeline. |
| 2 | S2 I1 | 0s | 1m | Starts with the pipeline. |
| 3 | S1 I2 | 1m | 2m | Starts at 1m: slot 1 was taken by S1 I1 until then. |
| 4 | S2 I2 | 1m | 2m | Starts at 1m: slot 2 was taken by S2 I1 until then. |
";
    assert_eq!(stdout(&output), expected);
}

#[test]
fn csv_has_a_record_for_each_deployment() {
    let output = deployline(&["plan", "-", "--format", "csv"], SCENARIO_2);
    let expected = "\
Number,Stage,Service,Environment,Infrastructure,Iteration,Start,End,Start ms,End ms,Slot,Status,Why then\r
1,Deploy,S1,E1,I1,,0s,1m,0,60000,1,succeeded,Starts with the pipeline.\r
2,Deploy,S2,E1,I1,,0s,1m,0,60000,2,succeeded,Starts with the pipeline.\r
3,Deploy,S1,E1,I2,,1m,2m,60000,120000,1,succeeded,Starts at 1m: slot 1 was taken by S1 I1 until then.\r
4,Deploy,S2,E1,I2,,1m,2m,60000,120000,2,succeeded,Starts at 1m: slot 2 was taken by S2 I1 until then.\r
";
    assert_eq!(stdout(&output), expected);
    let looping =
        "stage: {name: Test, identifier: t, type: Custom, strategy: {repeat: {items: [=a, b]}}}";
    let output = stdout(&deployline(&["plan", "-", "--format", "csv"], looping));
    assert!(output.contains("\r\n1,Test,,,,'=a,0s,"), "{output}");
}

#[test]
fn a_pull_request_gets_facts_a_chart_the_order_and_the_table() {
    let text = format!("{SCENARIO_2}  tags:\n    a: b\n");
    let output = deployline(&["plan", "-", "--format", "pull-request", "--duration", "5m"], &text);
    let said = stdout(&output);
    let parts = [
        "**Scenario 2**: 1 stage, 4 deployments, 10m\n\nEach deployment is assumed to take 5m.\n",
        "\n```mermaid\ngantt\n",
        "\n```\n\n- **Deploy** 2 × 2 = 4 deployments, 2 at a time, 0s to 10m: S1 I1, S2 I1, S1 I2, S2 I2\n",
        "\n<details><summary>Deployments in order</summary>\n\n**Deploy**",
        "\n| 4 | S2 I2 | 5m | 10m | Starts at 5m: slot 2 was taken by S2 I1 until then. |\n\n</details>\n",
    ];
    let mut rest = said.as_str();
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part} in {said}"));
        rest = &rest[at + part.len()..];
    }
    assert_eq!(rest, "");
    let broken = stdout(&deployline(&["plan", "-", "--format", "pull-request"], "stage: [<a>"));
    assert!(broken.contains("- **Error**, line 1: "), "{broken}");
}

#[test]
fn html_is_one_file_that_asks_for_nothing() {
    let output = deployline(&["plan", "-", "--format", "html", "--theme", "dark"], SCENARIO_2);
    let html = stdout(&output);
    for part in [
        "data-theme=\"dark\"",
        "<h1><bdi>Scenario 2</bdi></h1>",
        "<svg ",
        "<table>",
        "S1 I1, S2 I1",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let yaml = html.split_once("<pre tabindex=\"0\">\n").expect("the YAML").1;
    assert!(yaml.starts_with(&SCENARIO_2[..40]), "{yaml}");
    for part in ["<script", "<link", "<img", "url(", "@import", "onload"] {
        assert!(!html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_typo_is_named_with_what_was_meant() {
    let text = SCENARIO_2.replace("environments:", "enviroments:");
    let output = deployline(&["plan", "-"], &text);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(
        said.contains("`enviroments` is not known here: did you mean `environments`?"),
        "{said}"
    );
    assert!(said.contains("help: Change it to `environments`"), "{said}");
}

#[test]
fn further_files_fill_in_what_the_pipeline_leaves_open() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/corpus/");
    let [pipeline, inputs] =
        ["11-runtime-inputs.yaml", "19-input-set.yaml"].map(|name| format!("{corpus}{name}"));
    let services = |args: &[&str]| {
        let plan = json(&deployline(args, ""));
        let deployments = plan["stages"][0]["deployments"].as_array().cloned().unwrap_or_default();
        deployments.iter().map(|deployment| deployment["service"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(services(&["plan", &pipeline, "--format", "json"]), [serde_json::Value::Null]);
    assert_eq!(services(&["plan", &pipeline, &inputs, "--format", "json"]), ["pricing", "claims"]);
}

#[test]
fn bad_usage_and_unreadable_files_give_status_2() {
    for (args, expected) in [
        (&["plan"][..], "<FILE>"),
        (&["plan", "-", "--duration", "1"], "is no duration"),
        (&["plan", "-", "--account-limit", "0"], "0 is not in 1"),
        (&["plan", "-", "--account-plan", "gold"], "possible values: free, team"),
        (&["plan", "-", "--assume", "gold"], "expected a key and a value"),
        (
            &["plan", "-", "--assume", "plan=free"],
            "unknown key `plan`, expected one of account-plan",
        ),
        (&["plan", "-", "--uneven", "very"], "invalid digit"),
        (&["plan", "-", "--format", "pdf"], "possible values"),
        (&["plan", "no/such/file.yaml"], "can't read no/such/file.yaml"),
        (&["plan", "-", "-"], "only once"),
        (&["plan", "-", "--durations", "-"], "only once"),
    ] {
        let output = deployline(args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(expected), "{args:?}: {}", stderr(&output));
    }
    let output = deployline(&["plan", "-"], " \n");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("standard input is empty"));
}

#[test]
fn names_that_look_like_markup_or_steer_terminals_stay_text() {
    let hostile = SCENARIO_2.replace(
        "serviceRef: S1",
        "serviceRef: \"<script>alert(1)</script>\\u001b[31m\\\"&\\u202e\"",
    );
    let svg = stdout(&deployline(&["plan", "-", "--format", "svg"], &hostile));
    assert!(svg.contains("&lt;script&gt;"), "the name is shown as text");
    assert!(!svg.contains("<script"), "and is no markup");
    assert!(!svg.contains('\u{1b}'), "XML can't hold control characters");
    let text = stdout(&deployline(&["plan", "-"], &hostile));
    assert!(text.contains("<script>alert(1)</script>\u{fffd}[31m\"&\u{fffd} I1"), "{text}");
}

#[test]
fn what_mends_a_mistake_is_named_below_it() {
    let text = "\
stage:
  type: Deployment
  spec: {when: {pipelineStatus: All}}
";
    let output = deployline(&["plan", "-"], text);
    let help = "= help: Move it beside `spec:`\n";
    assert!(stderr(&output).contains(help), "{}", stderr(&output));
}

#[test]
fn json_has_the_pipeline_that_a_deployment_runs() {
    let folder = std::env::temp_dir().join(format!("deployline-chained-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let parent = write(
        "parent.yaml",
        "pipeline: {identifier: parent, stages: [{stage: {identifier: ask, type: Approval}}, {stage: {identifier: \
         twice, type: Pipeline, strategy: {repeat: {items: [a, b], maxConcurrency: 1}}, spec: {org: o, project: p, \
         pipeline: child, inputs: {variables: [{name: v, type: String, value: <+repeat.item>}]}}}}]}",
    );
    let child = write(
        "child.yaml",
        "pipeline: {identifier: child, name: Child, variables: [{name: v, type: String, value: <+input>}], stages: \
         [{stage: {identifier: ship, type: Deployment, spec: {service: {serviceRef: <+pipeline.variables.v>}, \
         environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}}}}]}",
    );
    let plan = json(&deployline(&["plan", &parent, &child, "--format", "json"], ""));
    assert_eq!(plan["end"], 180_000);
    let stages = plan["stages"].as_array().expect("a list");
    let names: Vec<&str> = stages.iter().filter_map(|it| it["identifier"].as_str()).collect();
    assert_eq!(names, ["ask", "twice"]);
    assert_eq!(stages[0]["deployments"][0].get("child"), None);
    for (index, service, start) in [(0, "a", 60_000), (1, "b", 120_000)] {
        let child = &stages[1]["deployments"][index]["child"];
        assert_eq!((&child["identifier"], &child["name"]), (&"child".into(), &"Child".into()));
        assert_eq!(child["stages"].as_array().map(Vec::len), Some(1));
        let stage = &child["stages"][0];
        assert_eq!((&stage["identifier"], &stage["start"]), (&"ship".into(), &start.into()));
        let one = &stage["deployments"][0];
        assert_eq!((&one["service"], &one["end"]), (&service.into(), &(start + 60_000).into()));
        assert_eq!(one["waitsFor"], serde_json::Value::Null);
    }
    let fail = ["plan", &parent, &child, "--format", "json", "--fail", "twice/0/ship:0"];
    let plan = json(&deployline(&fail, ""));
    let statuses = [0, 1].map(|index| plan["stages"][1]["deployments"][index]["status"].clone());
    // A strategy on a stage of another type goes on.
    assert_eq!(statuses, ["failed", "succeeded"]);
    std::fs::remove_dir_all(&folder).expect("removed");
}
