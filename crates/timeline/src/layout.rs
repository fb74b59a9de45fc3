//! From an arrangement to a [`Scene`]: what the viewport shows, with its place in pixels.
//!
//! ```text
//!            0s        1m        2m      ticks
//! Deploy to dev   4 deployments, 2 at a time
//! 1 cart → a |▇▇▇▇▇▇▇▇▇|
//! 2 web → a  |▇▇▇▇▇▇▇▇▇|
//! 3 cart → b           |▇▇▇▇▇▇▇▇▇|
//! ^number, name        ^bar
//! ```

mod bar;
mod headers;
mod labels;
mod parts;
mod row;
mod stage;
mod steps;

use self::stage::StageLayout;
use crate::picture::Ghosts;
use crate::row_list::{RowContent, RowList};
use crate::stage_extent::{StageExtent, bar_y, header_bar_y, visible_rows};
use crate::{Bar, LayoutOptions, Picture, Planned, Scene, Viewport};

impl Picture {
    /// Lays out what `viewport` shows.
    pub fn layout(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
    ) -> Scene {
        self.layout_with_ghosts(planned, viewport, options, &|_, _| None)
    }

    /// The same; bars also show where `ghosts` has them.
    pub fn layout_with_ghosts(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
        ghosts: Ghosts<'_>,
    ) -> Scene {
        let placement = self.placement(planned, viewport, options);
        let columns = placement.columns;
        let mut scene = Scene {
            width: viewport.width,
            number_right: columns.number_right,
            name_left: columns.name_left,
            height: self.height_of(&placement.stages, options),
            plot_left: columns.scale.left,
            plot_right: columns.scale.right,
            scale: columns.scale,
            has_controls: options.has_controls,
            ticks: columns.scale.ticks(),
            ..Scene::default()
        };
        for extent in placement.stages.iter().filter(|extent| is_visible(extent, viewport)) {
            let stage = StageLayout::new(self, planned, &columns, extent, options, ghosts);
            stage.lay_out(viewport, &mut scene);
        }
        if !self.children.is_empty() {
            deployline_map::sort_by(&mut scene.bars, |a, b| a.y.total_cmp(&b.y));
        }
        scene.key = self.key_items(scene.height, options);
        scene
    }
}

fn is_visible(extent: &StageExtent, viewport: &Viewport) -> bool {
    !extent.is_hidden
        && extent.y + extent.height >= viewport.top
        && extent.y <= viewport.top + viewport.height
}

impl StageLayout<'_> {
    fn lay_out(&self, viewport: &Viewport, scene: &mut Scene) {
        scene.bands.push(self.band());
        let rows = &self.index.rows;
        if let RowList::Collapsed(deployments) = rows {
            self.bars_of_row(deployments, header_bar_y(self.extent, self.options), true, scene);
            return;
        }
        for row in visible_rows(self.extent, rows.len(), viewport, self.options.row_height) {
            match rows.content(row) {
                Some(RowContent::One(index)) => {
                    let y = bar_y(self.extent, row, self.options);
                    let bar = Bar { is_alone: true, ..self.bar(index, y) };
                    scene.bars.push(self.named(self.with_steps(bar)));
                }
                Some(RowContent::Header(header)) => self.header_row(header, row, scene),
                None => {}
            }
        }
    }
}
