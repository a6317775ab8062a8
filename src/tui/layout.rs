//! Where everything stands, from the size of the terminal alone.

use ratatui::layout::Rect;

/// The frame of every screen: first line where I am, last line the keys that work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The first line.
    pub head: Rect,
    /// Between the rules.
    pub body: Rect,
    /// The last line.
    pub foot: Rect,
}

/// From this width on a list has its preview beside it.
pub const WIDE: u16 = 110;

/// Smaller terminals are told to be too small.
pub const LEAST: (u16, u16) = (40, 10);

/// The frame for a terminal of this size.
#[must_use]
pub const fn frame(area: Rect) -> Frame {
    let Rect { x, y, width, height } = area;
    let last = y + height.saturating_sub(1);
    Frame {
        head: Rect { x, y, width, height: 1 },
        body: Rect { x, y: y + 2, width, height: height.saturating_sub(4) },
        foot: Rect { x, y: last, width, height: 1 },
    }
}

/// A list with its preview: beside it on wide screens, else the list alone.
#[must_use]
pub const fn split(area: Rect) -> (Rect, Option<Rect>) {
    if area.width < WIDE {
        return (area, None);
    }
    let list = area.width * 11 / 20;
    let preview = Rect { x: area.x + list + 2, width: area.width - list - 2, ..area };
    (Rect { width: list, ..area }, Some(preview))
}

/// The upper `height` lines, and what is below them.
#[must_use]
pub const fn above(area: Rect, height: u16) -> (Rect, Rect) {
    let height = if height < area.height { height } else { area.height };
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

/// The lower `height` lines below the rest.
#[must_use]
pub const fn below(area: Rect, height: u16) -> (Rect, Rect) {
    above(area, area.height.saturating_sub(height))
}

/// The left `width` columns, and what is beside them after a gap of two.
#[must_use]
pub const fn beside(area: Rect, width: u16) -> (Rect, Rect) {
    let width = if width < area.width { width } else { area.width };
    let gap = if width + 2 < area.width { width + 2 } else { area.width };
    (Rect { width, ..area }, Rect { x: area.x + gap, width: area.width - gap, ..area })
}

/// A sheet in the middle of the screen for an overlay; it takes the whole width rather than leave a strip of a few
/// columns beside it.
#[must_use]
pub fn sheet(area: Rect, width: u16, height: u16) -> Rect {
    let width = if width.saturating_add(12) > area.width { area.width } else { width };
    let height = height.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 3, width, height }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn everything_stays_inside(width in 0..300_u16, height in 0..100_u16, part in 0..120_u16) {
            let area = Rect::new(0, 0, width, height);
            let frame = frame(area);
            let (list, preview) = split(frame.body);
            let (upper, lower) = above(frame.body, part);
            let (left, right) = beside(frame.body, part);
            for part in [frame.body, list, preview.unwrap_or_default(), upper, lower, left, right, sheet(area, part, part)] {
                prop_assert!(part.is_empty() || area.intersection(part) == part, "{part:?} in {area:?}");
            }
        }
    }
}
