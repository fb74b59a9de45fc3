//! Texts that people paste and drop, and the YAML in them.

use deployline_import::{FileText, clean, gather, join};

const STAGE: &str = "\
- stage:
    name: Deploy
    identifier: deploy
    type: Deployment
    spec:
      service:
        serviceRef: cart
";

fn indented(text: &str, by: &str) -> String {
    text.lines().map(|line| format!("{by}{line}\n")).collect()
}

/// Expects `pasted` to become `text`, and to be told so.
#[track_caller]
fn check(pasted: &str, text: &str, what: &str) {
    let cleaned = clean(pasted).unwrap_or_else(|| panic!("left as it is: {pasted}"));
    assert_eq!(cleaned.text, text);
    assert_eq!(cleaned.what, what);
    assert_eq!(clean(text), None, "what was recovered is left alone");
}

#[track_caller]
fn check_left_alone(pasted: &str) {
    assert_eq!(clean(pasted), None);
}

const FENCE: &str = "Took the YAML out of its Markdown fence.";

#[test]
fn out_of_a_markdown_fence() {
    for (open, close) in
        [("```", "```"), ("```yaml", "```"), ("~~~yml title=x", "~~~~"), ("````", "````")]
    {
        check(&format!("{open}\n{STAGE}{close}\n"), STAGE, FENCE);
        check(&format!("Here it is:\n\n{open}\n{STAGE}{close}\nAsk: me if\nnot.\n"), STAGE, FENCE);
    }
    // Neither end needs to be there.
    check(&format!("```yaml\n{STAGE}"), STAGE, FENCE);
    check(&format!("{STAGE}```\nDone: that's all.\n"), STAGE, FENCE);
    // In a list, with the list's indent; and with the line breaks it has.
    check(&format!("1. Use\n   ```\n{}   ```\n", indented(STAGE, "   ")), STAGE, FENCE);
    let windows = STAGE.replace('\n', "\r\n");
    check(&format!("```yaml\r\n{windows}```\r\n"), &windows, FENCE);
    let returns = STAGE.replace('\n', "\r");
    check(&format!("```yaml\r{returns}```\r"), &returns, FENCE);
}

#[test]
fn of_several_fences_the_pipeline_and_what_belongs_to_it() {
    let service = "service:\n  identifier: cart\n";
    let other = STAGE.replace("cart", "shop");
    let pasted = format!(
        "Before:\n```\n{STAGE}```\nAfter:\n```\n{other}```\nUse:\n```sh\nmake: it\n```\n```\n{service}```\n"
    );
    check(&pasted, &format!("{STAGE}---\n{service}"), FENCE);
}

#[test]
fn out_of_a_terraform_file() {
    let file = format!(
        "resource \"harness_platform_pipeline\" \"p\" {{\n  name = \"p\"\n  yaml = <<-EOT\n{STAGE}  EOT\n}}\n"
    );
    check(&file, STAGE, "Took the YAML out of its Terraform file.");
}

#[test]
fn out_of_a_quote() {
    let quoted = indented(STAGE, "> ");
    check(&quoted, STAGE, "Removed the quote marks of its lines.");
    let answered = format!("On Monday she wrote:\n{quoted}\nThanks: all good\n");
    check(&answered, STAGE, "Removed the quote marks of its lines.");
    let fenced = indented(&format!("```\n{STAGE}```\n"), "> ");
    let both =
        "Removed the quote marks of its lines, then took the YAML out of its Markdown fence.";
    check(&fenced, STAGE, both);
}

#[test]
fn characters_that_only_look_right() {
    let spaces = "Replaced special spaces by plain ones.";
    check(&STAGE.replace(' ', "\u{a0}"), STAGE, spaces);
    check(&STAGE.replace(": ", ":\u{a0}"), STAGE, spaces);
    check(&STAGE.replace("- stage:", "-\u{202f}stage:\u{200b}"), STAGE, spaces);
    // A blank inside of a value is the value's.
    check_left_alone(&STAGE.replace("Deploy\n", "Deploy\u{a0}all\n"));

    let quotes = "Straightened quotes.";
    let named = |name: &str| STAGE.replace("Deploy\n", &format!("{name}\n"));
    check(&named("“Deploy: all”"), &named("\"Deploy: all\""), quotes);
    check(&named("‘all’"), &named("'all'"), quotes);
    check_left_alone(&named("the “all” stage"));
    check_left_alone(&named("“a” and “b”"));
}

#[test]
fn tabs_that_indent() {
    let tabs = "Replaced tabs by spaces.";
    let deep = "stages:\n  - stage:\n      spec:\n        service: {serviceRef: cart}\n";
    let tabbed = "stages:\n\t- stage:\n\t\t\tspec:\n\t\t\t\tservice: {serviceRef: cart}\n";
    check(tabbed, deep, tabs);
    // JSON may be indented as it likes, and so may a script.
    check_left_alone("{\n\t\"stages\": [\n\t\t{\"stage\": {\"name\": \"a\"}}\n\t]\n}\n");
    check_left_alone("stages:\n  - stage:\n      script: |\n        a\n        \tb\n");
}

#[test]
fn a_first_line_without_its_indent() {
    let moved = "Moved the first line in line with the next.";
    let inside = indented(STAGE.split_once('\n').map_or("", |(_, rest)| rest), "    ");
    // From `name:` on, one key below the other.
    check(inside.trim_start(), &inside, moved);
    let below = inside.split_once("spec:").map_or("", |(_, rest)| rest);
    let below = format!("spec:{below}        failureStrategies: []\n");
    check(&below, &format!("        {below}"), moved);
    // From the dash on: the next stage's dash has the indent the first has lost.
    let two = indented(&format!("{STAGE}{}", STAGE.replace("deploy", "again")), "    ");
    check(two.trim_start(), &two, moved);
    // One that is indented too far.
    check(&format!("        {STAGE}"), STAGE, moved);
}

#[test]
fn out_of_the_middle() {
    let left_out = "Left out the lines around it that were cut off.";
    let before = "          timeout: 10m\n      tags: {}\n";
    let after = "notificationRules:\n  - name: x\n";
    let stage = indented(STAGE, "    ");
    check(&format!("{before}{stage}"), &stage, left_out);
    check(&format!("{before}{stage}{after}"), &stage, left_out);
}

#[test]
fn what_can_be_read_stays_as_it_is() {
    for text in [
        "",
        "\n",
        STAGE,
        &indented(STAGE, "      "),
        &STAGE.replace('\n', "\r\n"),
        &STAGE.replace('\n', "\r"),
        &format!("\u{feff}{STAGE}"),
        "{\"stages\": []}",
        // Neither has anything to do with a pipeline.
        "Hello: this is no pipeline\n",
        "```sh\nmake\n```\n",
        // A mistake is the user's to mend.
        &STAGE.replace("cart", "\"cart"),
        // Nor is what stands behind it, or before, left out.
        &format!("pipeline:\n  stages:\n{}: \"\n", indented(STAGE, "    ")),
        &format!("pipeline:\n  name: \"a\n  stages:\n{}", indented(STAGE, "    ")),
    ] {
        check_left_alone(text);
    }
}

#[test]
fn hostile_texts_end_quickly() {
    for unit in ["```\n", "> ", "\t", "  - a:\n", "\u{a0}", "“", "~~~\n- stage:\n", "- [", "\n"] {
        let _ = clean(&unit.repeat(100_000));
    }
}

fn file(name: &str, text: &str) -> FileText {
    FileText { name: name.into(), text: text.into() }
}

fn names(files: &[FileText]) -> Vec<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

#[test]
fn all_entities_belong_to_the_only_pipeline() {
    let gathered = gather(vec![
        file("cart.yaml", "service: {identifier: cart}"),
        file("release.json", "{\"pipeline\": {\"stages\": []}}\n"),
        file("set.yaml", "---\ninputSet: {identifier: set}\n"),
        file("ci.yaml", "on: push\n"),
        file("readme.yaml", ""),
    ]);
    let expected = "{\"pipeline\": {\"stages\": []}}\n---\nservice: {identifier: cart}\n---\n\
                    inputSet: {identifier: set}\n";
    assert_eq!(gathered.pipelines, [file("release.json", expected)]);
    assert_eq!(names(&gathered.entities), ["cart.yaml", "set.yaml"]);
    assert_eq!(gathered.used_count, 2);
    assert_eq!(names(&gathered.others), ["ci.yaml", "readme.yaml"]);
}

#[test]
fn each_of_several_pipelines_gets_what_it_refers_to() {
    let pipeline = |id: &str, service: &str| {
        format!(
            "pipeline: {{identifier: {id}, stages: [{{stage: {{spec: {{service: {{serviceRef: {service}}}}}}}}}]}}\n"
        )
    };
    let group = "environmentGroup: {identifier: all, envIdentifiers: [east]}\n";
    let east = "environment: {identifier: east}\n";
    let infrastructure = "infrastructureDefinition: {identifier: k8s, environmentRef: east}\n";
    let set = "inputSet: {identifier: set, pipeline: {identifier: two}}\n";
    let cart = "service: {identifier: cart}\n";
    let gathered = gather(vec![
        file("one.yaml", &pipeline("one", "org.cart")),
        file("two.yaml", &pipeline("two", "carts, environmentGroup: all")),
        file("k8s.yaml", infrastructure),
        file("east.yaml", east),
        file("all.yaml", group),
        file("cart.yaml", cart),
        file("set.yaml", set),
        file("unused.yaml", "service: {identifier: unused}\n"),
    ]);
    let one = join(&[&pipeline("one", "org.cart"), cart]);
    let two =
        join(&[&pipeline("two", "carts, environmentGroup: all"), infrastructure, east, group, set]);
    assert_eq!(gathered.pipelines, [file("one.yaml", &one), file("two.yaml", &two)]);
    assert_eq!(gathered.used_count, 5);
}

#[test]
fn a_filter_may_mean_any_environment() {
    let gathered = gather(vec![
        file("one.yaml", "pipeline: {stages: [], filters: []}\n"),
        file("two.yaml", "pipeline: {stages: []}\n"),
        file("east.yaml", "environment: {identifier: east}\n"),
    ]);
    assert!(gathered.pipelines[0].text.ends_with("environment: {identifier: east}\n"));
    assert!(!gathered.pipelines[1].text.contains("east"));
}

#[test]
fn texts_become_documents_of_one() {
    assert_eq!(join(&["a: 1\n"]), "a: 1\n");
    assert_eq!(join(&["a: 1", "b: 2\n"]), "a: 1\n---\nb: 2\n");
    assert_eq!(join(&["a: 1\r\n", "---\nb: 2\n"]), "a: 1\r\n---\nb: 2\n");
    assert_eq!(join(&["a: 1\rb: 2", "c: 3\r"]), "a: 1\rb: 2\r---\rc: 3\r");
}
