//! What documentation tools ask of the command line.

mod support;

use support::{deployline, stderr, stdout};

const SCENARIO_2: &str = include_str!("../../../web/examples/scenario-2.yaml");

/// A book of one chapter with another below it, as mdBook writes it.
fn book(content: &str, list: &str) -> String {
    let chapter = |name: &str, content: &str, sub_items: serde_json::Value| {
        serde_json::json!({"Chapter": {
            "name": name, "content": content, "number": [1], "sub_items": sub_items,
            "path": "a.md", "source_path": "a.md", "parent_names": []
        }})
    };
    let below = chapter("Below", content, serde_json::json!([]));
    let chapters =
        serde_json::json!([chapter("Above", "# Above\n", serde_json::json!([below])), "Separator"]);
    let context = serde_json::json!({"root": "/", "config": {}, "renderer": "html", "mdbook_version": "0.5.4"});
    serde_json::json!([context, {list: chapters}]).to_string()
}

#[test]
fn mdbook_gets_its_book_back_with_pictures_in_it() {
    // The list has another name since mdBook 0.5.
    for list in ["items", "sections"] {
        let content = format!("# Below\n\n```deployline\n{SCENARIO_2}```\n");
        let input = book(&content, list);
        let output = deployline(&["mdbook"], &input);
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
        let rewritten: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let mut given: serde_json::Value = serde_json::from_str(&input).expect("JSON");
        let path = format!("/{list}/0/Chapter/sub_items/0/Chapter/content");
        let text = rewritten.pointer(&path).and_then(|text| text.as_str()).expect("the chapter");
        assert!(text.starts_with("# Below\n") && text.contains("<svg "), "{text}");
        // Nothing else has changed.
        *given[1].pointer_mut(&path).expect("the chapter") = text.into();
        assert_eq!(rewritten, given[1]);
    }
}

#[test]
fn mdbook_keeps_every_byte_but_those_of_rewritten_contents() {
    let before = r#"{ "items" : [ {"Chapter":{"z":1e400,"name":"a","number":[18446744073709551616,1.0],
        "z":-0.0,"content":"#;
    let after = r#","sub_items":[{"Chapter":{"content":"\u00e9\/ `deployline`","sub_items":[]}}, "Separator"],
        "a":100000000000000000000000000000000.10}}, {"PartTitle":"\u0041\ud83d\ude80"}], "x":1E5 }"#;
    let content = "\"\\u0023 A\\n\\n```deployline\\nstage: {name: Ask, type: Approval}\\n```\\n\"";
    let output = deployline(&["mdbook"], &format!("[{{}},{before}{content}{after} ]"));
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    let said = stdout(&output);
    assert!(said.starts_with(before) && said.ends_with(after), "{said}");
    let text: String =
        serde_json::from_str(&said[before.len()..said.len() - after.len()]).expect("a string");
    assert!(text.starts_with("# A\n\n") && text.contains("<svg "), "{text}");
    // Without a block, all of it is the same.
    let output = deployline(&["mdbook"], &format!("[{{}},{before}\"\\u0023\"{after}]"));
    assert_eq!(stdout(&output), format!("{before}\"\\u0023\"{after}"));
}

#[test]
fn a_book_that_is_too_large_too_deep_or_has_too_many_mistakes_says_so() {
    let deep = "{\"Chapter\":{\"sub_items\":[".repeat(50_000);
    for input in [format!("[{{}},{{\"items\":[{deep}"), format!("[{{}},{}", "[".repeat(100_000))] {
        let output = deployline(&["mdbook"], &input);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).len() < 300, "{}", stderr(&output));
    }
    let closed = deep + &"]}}".repeat(50_000);
    let output = deployline(&["mdbook"], &format!("[{{}},{{\"items\":[{closed}]}}]"));
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("recursion limit"), "{}", stderr(&output));
    let blocks = "```deployline\na: [\n```\n\n".repeat(1_200);
    let output = deployline(&["mdbook"], &book(&blocks, "items"));
    assert_eq!(output.status.code(), Some(0));
    let said = stderr(&output);
    assert!(
        said.starts_with("error: 200 blocks stay as they are; a book may have 1,000 blocks with 5,000,000 deployments and 64 MB of HTML\n"),
        "{said}"
    );
    assert!(said.ends_with("error: and 901 more like these\n"), "{said}");
    assert_eq!(said.lines().count(), 101);
}

#[test]
fn mdbook_is_told_which_renderer_and_where_a_mistake_is() {
    for (renderer, status) in [("html", 0), ("epub", 1), ("markdown", 1)] {
        let output = deployline(&["mdbook", "supports", renderer], "");
        assert_eq!(output.status.code(), Some(status), "{renderer}");
    }
    let output = deployline(&["mdbook"], &book("```deployline\nstage: [\n```\n", "items"));
    assert_eq!(output.status.code(), Some(0), "a book with a mistake in it is still a book");
    assert!(
        stderr(&output).starts_with("error: a.md: block at line 1: line 1: "),
        "{}",
        stderr(&output)
    );
    let output = deployline(&["mdbook"], "no book");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("expected a book from mdBook as JSON"));
}

#[test]
fn a_fence_is_printed_as_html_with_its_mistakes_beside() {
    let output = deployline(&["fence", "-", "--info", "view=lanes live"], SCENARIO_2);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    assert!(stdout(&output).contains("<deploy-line view=\"lanes\"><pre hidden"));
    let output = deployline(&["fence", "-", "--info", "height=tall"], "stage: [");
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("<div class=\"deployline-fence\">"));
    let said = stderr(&output);
    assert!(said.starts_with("error: `tall` is not known here: `height` takes"), "{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn a_link_carries_the_files() {
    let output = deployline(&["link", "-", "--page", "https://example.org/x/"], SCENARIO_2);
    let said = stdout(&output);
    let fragment = said.trim_end().strip_prefix("https://example.org/x/").expect("the page");
    let opened = deployline_share::read_link(fragment).expect("whole").expect("a link");
    let state = opened.state;
    assert_eq!(state.plan.texts[0].text, SCENARIO_2);
    assert!(fragment.len() < SCENARIO_2.len(), "{} bytes", fragment.len());
}
