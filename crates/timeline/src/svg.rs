//! A [`Scene`] as a self-contained SVG file, light or dark as its viewer is.

use std::fmt::{self, Write};

use crate::{Band, Bar, Cluster, Color, GroupHead, Idle, Px, Scene};

/// Height of the time axis above the rows.
const AXIS_HEIGHT: f64 = 30.0;

/// The picture's colours; the page has the same in its style sheet.
const STYLE: &str = include_str!("svg/style.css");

/// Writes the scene. `title` names the picture for screen readers.
///
/// All text is written as text, never as markup; characters that XML can't hold are left out.
pub fn write(scene: &Scene, title: &str) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = document(&mut out, scene, title);
    out
}

fn document(out: &mut String, scene: &Scene, title: &str) -> fmt::Result {
    let (width, height) = (scene.width, scene.height + AXIS_HEIGHT);
    write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" class="deployline"><title>{}</title><style>{STYLE}</style>"#,
        Escaped(title)
    )?;
    write!(out, r#"<rect class="paper" width="{width}" height="{height}"/>"#)?;
    for tick in &scene.ticks {
        let (x, label) = (Px(tick.x), Escaped(&tick.label));
        write!(out, r#"<text class="tick" x="{x}" y="20">{label}</text>"#)?;
    }
    write!(out, r#"<g transform="translate(0 {AXIS_HEIGHT})">"#)?;
    scene.bands.iter().try_for_each(|band| write_band(out, band, scene))?;
    for tick in &scene.ticks {
        let (x, height) = (Px(tick.x), Px(scene.height));
        write!(out, r#"<path class="grid" d="M{x} 0V{height}"/>"#)?;
    }
    scene.bands.iter().try_for_each(|band| write_header(out, band, scene))?;
    scene.heads.iter().try_for_each(|head| write_head(out, head, scene))?;
    scene.idle.iter().try_for_each(|idle| write_idle(out, idle))?;
    scene.clusters.iter().try_for_each(|cluster| write_cluster(out, cluster))?;
    scene.bars.iter().try_for_each(|bar| write_bar(out, bar, scene))?;
    out.push_str("</g></svg>\n");
    Ok(())
}

fn write_band(out: &mut String, band: &Band, scene: &Scene) -> fmt::Result {
    let (y, height, width) = (Px(band.y), Px(band.height), Px(scene.width - 16.0));
    write!(out, r#"<rect class="band" x="8" y="{y}" width="{width}" height="{height}" rx="6"/>"#)
}

fn write_header(out: &mut String, band: &Band, scene: &Scene) -> fmt::Result {
    let (y, title, detail) = (Px(band.y + 21.0), Escaped(&band.title), Escaped(&band.detail));
    write!(
        out,
        r#"<text x="16" y="{y}" class="title">{title}<tspan class="detail" dx="10">{detail}</tspan></text>"#
    )?;
    let (x, times) = (Px(scene.width - 20.0), Escaped(&band.times));
    write!(out, r#"<text x="{x}" y="{y}" class="detail times">{times}</text>"#)
}

fn write_head(out: &mut String, head: &GroupHead, scene: &Scene) -> fmt::Result {
    let (x, y) = (Px(head.x), Px(head.y + head.height / 2.0 + 4.0));
    let (name, detail) = (Escaped(&head.name), Escaped(&head.detail));
    write!(
        out,
        r#"<text class="name" x="{x}" y="{y}">{name}<tspan class="detail" dx="8">{detail}</tspan></text>"#
    )?;
    if head.group.is_none() || head.is_collapsed {
        return Ok(());
    }
    // The span of an open group, as a line above its rows.
    let (left, right) = head.span_x;
    let (y, left, right) = (Px(head.y + head.height / 2.0), Px(left), Px(right.min(scene.width)));
    write!(out, r#"<path class="grid" d="M{left} {y}H{right}"/>"#)
}

fn write_idle(out: &mut String, idle: &Idle) -> fmt::Result {
    let (x, y) = (Px(idle.x), Px(idle.y + idle.height / 2.0));
    write!(out, r#"<path class="grid" stroke-dasharray="2 3" d="M{x} {y}h{}"/>"#, Px(idle.width))
}

fn write_cluster(out: &mut String, cluster: &Cluster) -> fmt::Result {
    let class = color_class(cluster.color);
    let (x, y) = (Px(cluster.x), Px(cluster.y));
    let (width, height) = (Px(cluster.width), Px(cluster.height));
    write!(
        out,
        r#"<rect class="bar {class}" x="{x}" y="{y}" width="{width}" height="{height}"><title>{} deployments</title></rect>"#,
        cluster.count
    )
}

fn write_bar(out: &mut String, bar: &Bar, scene: &Scene) -> fmt::Result {
    if !bar.is_outside {
        let class = class_of(bar);
        let (x, y, width, height) = (Px(bar.x), Px(bar.y), Px(bar.width), Px(bar.height));
        let dimmed = if bar.is_dimmed { r#" opacity=".25""# } else { "" };
        write!(
            out,
            r#"<rect class="bar {class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="3"{dimmed}/>"#
        )?;
    }
    let text_y = Px(bar.y + bar.height / 2.0 + 4.0);
    if !bar.row_label.is_empty() {
        let (x, number) = (Px(scene.number_right), &bar.number);
        write!(out, r#"<text class="number" x="{x}" y="{text_y}">{number}</text>"#)?;
        let (x, label) = (Px(scene.name_left), Escaped(&bar.row_label));
        write!(out, r#"<text class="name" x="{x}" y="{text_y}">{label}</text>"#)?;
    }
    if bar.bar_label.is_empty() {
        return Ok(());
    }
    // Hollow bars carry the paper's text colour.
    let place = if bar.is_label_outside || bar.is_placeholder { "name" } else { "inside" };
    let (x, label) = (Px(bar.bar_label_x), Escaped(&bar.bar_label));
    write!(out, r#"<text class="{place}" x="{x}" y="{text_y}">{label}</text>"#)
}

/// The classes that colour a bar.
pub fn class_of(bar: &Bar) -> String {
    let color = color_class(bar.color);
    let placeholder = if bar.is_placeholder { " placeholder" } else { "" };
    let skipped = match bar.status {
        deployline_planner::Status::Skipped => " skipped",
        deployline_planner::Status::Failed => " failed",
        deployline_planner::Status::Succeeded => "",
    };
    format!("{color}{placeholder}{skipped}")
}

/// The class that stands for a colour.
pub fn color_class(color: Color) -> String {
    match color {
        Color::Nth(color) => format!("c{color}"),
        Color::Neutral => "neutral".to_owned(),
    }
}

/// Text that stays text.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\t' | '\n' | '\r' => f.write_char(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => Ok(()),
            c => f.write_char(c),
        })
    }
}
