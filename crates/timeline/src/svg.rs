//! A [`Scene`] as SVG: a self-contained file, or a part of an HTML page.
//!
//! Class names have a prefix of their own, since in a page they live beside those of the page.

mod style;

use std::fmt::{self, Write};

use crate::{Band, Bar, Cluster, Color, GroupHead, Idle, Px, Scene};

/// Height of the time axis above the rows.
const AXIS_HEIGHT: f64 = 30.0;

/// What a picture says beside its shapes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Its name, for screen readers.
    pub title: &'a str,
    /// What it shows, in a sentence; empty for none.
    pub description: &'a str,
    /// Light or dark.
    pub theme: Theme,
    /// Where it will be.
    pub place: Place,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As its viewer is, or the page around it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word for it: `system`, `light` or `dark`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Where a picture will be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In a file of its own.
    #[default]
    File,
    /// In the markup of an HTML page.
    Inline,
}

/// Writes the scene.
///
/// All text is written as text, never as markup; characters that XML can't hold are left out.
pub fn write(scene: &Scene, frame: &Frame<'_>) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = document(&mut out, scene, frame);
    out
}

/// The rows that the scene shows as SVG, for a page that has [`style_sheet`] and draws [`axis`] above
/// them. Each bar says which deployment it is: `data-at="stage index"`.
pub fn rows(scene: &Scene) -> String {
    let mut out = String::new();
    let _ = open_part(&mut out, scene, scene.height, "listed");
    let _ = write_rows(&mut out, scene, true);
    out.push_str("</svg>");
    out
}

/// The time axis as SVG.
pub fn axis(scene: &Scene) -> String {
    let mut out = String::new();
    let _ = open_part(&mut out, scene, AXIS_HEIGHT, "axis");
    let _ = write_ticks(&mut out, scene);
    out.push_str("</svg>");
    out
}

/// The style sheet of [`rows`] and [`axis`], which are as light or dark as the page around them.
pub fn style_sheet() -> String {
    style::sheet(Place::Inline, Theme::System)
}

fn open_part(out: &mut String, scene: &Scene, height: f64, kind: &str) -> fmt::Result {
    let (width, height) = (Px(scene.width), Px(height));
    write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" class="deployline dl-{kind}">"#
    )
}

fn document(out: &mut String, scene: &Scene, frame: &Frame<'_>) -> fmt::Result {
    let (width, height) = (Px(scene.width), Px(scene.height + AXIS_HEIGHT));
    write!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" class="deployline""#
    )?;
    let (title, description) = (Escaped(frame.title), Escaped(frame.description));
    match frame.place {
        Place::File if frame.description.is_empty() => write!(out, "><title>{title}</title>")?,
        Place::File => write!(out, "><title>{title}</title><desc>{description}</desc>")?,
        // A page would show a title beside the pointer, wherever it is in the picture.
        Place::Inline => {
            let theme = frame.theme.as_str();
            write!(out, r#" data-theme="{theme}" aria-label="{title}: {description}">"#)?;
        }
    }
    write!(out, "<style>{}</style>", style::sheet(frame.place, frame.theme))?;
    write!(out, r#"<rect class="dl-paper" width="{width}" height="{height}"/>"#)?;
    write_ticks(out, scene)?;
    write!(out, r#"<g transform="translate(0 {})">"#, Px(AXIS_HEIGHT))?;
    write_rows(out, scene, false)?;
    out.push_str("</g></svg>\n");
    Ok(())
}

fn write_ticks(out: &mut String, scene: &Scene) -> fmt::Result {
    scene.ticks.iter().try_for_each(|tick| {
        let (x, label) = (Px(tick.x), Escaped(&tick.label));
        write!(out, r#"<text class="dl-tick" x="{x}" y="20">{label}</text>"#)
    })
}

/// `is_live`: bars say which deployment they are.
fn write_rows(out: &mut String, scene: &Scene, is_live: bool) -> fmt::Result {
    scene.bands.iter().try_for_each(|band| write_band(out, band, scene))?;
    for tick in &scene.ticks {
        let (x, height) = (Px(tick.x), Px(scene.height));
        write!(out, r#"<path class="dl-grid" d="M{x} 0V{height}"/>"#)?;
    }
    scene.bands.iter().try_for_each(|band| write_header(out, band, scene))?;
    scene.heads.iter().try_for_each(|head| write_head(out, head, scene))?;
    scene.idle.iter().try_for_each(|idle| write_idle(out, idle))?;
    scene.clusters.iter().try_for_each(|cluster| write_cluster(out, cluster))?;
    for bar in &scene.bars {
        if is_live {
            write!(out, r#"<g data-at="{} {}">"#, bar.stage, bar.index)?;
        }
        write_bar(out, bar, scene)?;
        if is_live {
            out.push_str("</g>");
        }
    }
    Ok(())
}

fn write_band(out: &mut String, band: &Band, scene: &Scene) -> fmt::Result {
    let (y, height, width) = (Px(band.y), Px(band.height), Px(scene.width - 16.0));
    write!(out, r#"<rect class="dl-band" x="8" y="{y}" width="{width}" height="{height}" rx="6"/>"#)
}

fn write_header(out: &mut String, band: &Band, scene: &Scene) -> fmt::Result {
    let (y, title, detail) = (Px(band.y + 21.0), Escaped(&band.title), Escaped(&band.detail));
    write!(
        out,
        r#"<text x="16" y="{y}" class="dl-title"><tspan>{title}</tspan><tspan class="dl-detail" dx="10">{detail}</tspan></text>"#
    )?;
    let (x, times) = (Px(scene.width - 20.0), Escaped(&band.times));
    write!(out, r#"<text x="{x}" y="{y}" class="dl-detail dl-times">{times}</text>"#)
}

fn write_head(out: &mut String, head: &GroupHead, scene: &Scene) -> fmt::Result {
    let (x, y) = (Px(head.x), Px(head.y + head.height / 2.0 + 4.0));
    let (name, detail) = (Escaped(&head.name), Escaped(&head.detail));
    write!(
        out,
        r#"<text class="dl-name" x="{x}" y="{y}"><tspan>{name}</tspan><tspan class="dl-detail" dx="8">{detail}</tspan></text>"#
    )?;
    if head.group.is_none() || head.is_collapsed {
        return Ok(());
    }
    // The span of an open group, as a line above its rows.
    let (left, right) = head.span_x;
    let (y, left, right) = (Px(head.y + head.height / 2.0), Px(left), Px(right.min(scene.width)));
    write!(out, r#"<path class="dl-grid" d="M{left} {y}H{right}"/>"#)
}

fn write_idle(out: &mut String, idle: &Idle) -> fmt::Result {
    let (x, y) = (Px(idle.x), Px(idle.y + idle.height / 2.0));
    write!(out, r#"<path class="dl-grid" stroke-dasharray="2 3" d="M{x} {y}h{}"/>"#, Px(idle.width))
}

fn write_cluster(out: &mut String, cluster: &Cluster) -> fmt::Result {
    let class = prefixed(&color_class(cluster.color));
    let (x, y) = (Px(cluster.x), Px(cluster.y));
    let (width, height) = (Px(cluster.width), Px(cluster.height));
    write!(
        out,
        r#"<rect class="dl-bar{class}" x="{x}" y="{y}" width="{width}" height="{height}"><title>{} deployments</title></rect>"#,
        cluster.count
    )
}

fn write_bar(out: &mut String, bar: &Bar, scene: &Scene) -> fmt::Result {
    if !bar.is_outside {
        let class = prefixed(&class_of(bar));
        let (x, y, width, height) = (Px(bar.x), Px(bar.y), Px(bar.width), Px(bar.height));
        let dimmed = if bar.is_dimmed { r#" opacity=".25""# } else { "" };
        write!(
            out,
            r#"<rect class="dl-bar{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="3"{dimmed}/>"#
        )?;
    }
    let text_y = Px(bar.y + bar.height / 2.0 + 4.0);
    if !bar.row_label.is_empty() {
        let (x, number) = (Px(scene.number_right), &bar.number);
        write!(out, r#"<text class="dl-number" x="{x}" y="{text_y}">{number}</text>"#)?;
        let (x, label) = (Px(scene.name_left), Escaped(&bar.row_label));
        write!(out, r#"<text class="dl-name" x="{x}" y="{text_y}">{label}</text>"#)?;
    }
    if bar.bar_label.is_empty() {
        return Ok(());
    }
    // Hollow bars carry the paper's text colour.
    let place = if bar.is_label_outside || bar.is_placeholder { "name" } else { "inside" };
    let (x, label) = (Px(bar.bar_label_x), Escaped(&bar.bar_label));
    write!(out, r#"<text class="dl-{place}" x="{x}" y="{text_y}">{label}</text>"#)
}

/// ` dl-c0 dl-failed` for `c0 failed`.
fn prefixed(classes: &str) -> String {
    classes.split(' ').map(|class| format!(" dl-{class}")).collect()
}

/// The classes that colour a bar.
pub fn class_of(bar: &Bar) -> String {
    let color = color_class(bar.color);
    let placeholder = if bar.is_placeholder { " placeholder" } else { "" };
    let skipped = match bar.status {
        deployline_engine::Status::Skipped => " skipped",
        deployline_engine::Status::Failed => " failed",
        deployline_engine::Status::Succeeded => "",
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
            // In a document, readers of Markdown and of templates look for these in HTML, too.
            '`' | '{' | '}' => write!(f, "&#{};", u32::from(c)),
            '\t' | '\n' | '\r' => f.write_char(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => Ok(()),
            c => f.write_char(c),
        })
    }
}
