//! Figures with depth: a bar with its number, a cell of a heat table.

use ratatui::layout::Rect;

use crate::tui::canvas::Canvas;
use crate::tui::theme::{Sign, Tone};

/// Depth of a figure in a heat table, from 0 to 4, against the largest one.
#[must_use]
pub fn depth(figure: i64, largest: i64) -> u8 {
    match (figure, largest) {
        (..=0, _) => 0,
        // The square root lets small figures beside a large one be told apart.
        (figure, largest) => {
            let share = (figure.saturating_mul(16) / largest.max(1)).clamp(0, 16);
            u8::try_from(share.isqrt()).unwrap_or(4).clamp(1, 4)
        }
    }
}

/// Draws a bar of a figure against the largest one; even the smallest is seen.
pub fn bar(canvas: &mut Canvas<'_>, area: Rect, figure: i64, largest: i64, tone: Tone) {
    let width = i64::from(area.width);
    let length = (figure.saturating_mul(width) / largest.max(1)).clamp(i64::from(figure > 0), width);
    let filled = canvas.theme().sign(Sign::Bar).repeat(usize::try_from(length).unwrap_or(0));
    canvas.text(area.x, area.y, area.width, &filled, tone);
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn depths() {
        let depths: Vec<u8> = [0, 1, 10, 50, 99, 100].into_iter().map(|figure| depth(figure, 100)).collect();
        assert_eq!(depths, [0, 1, 1, 2, 3, 4]);
        assert_eq!((depth(5, 0), depth(-1, 3)), (4, 0));
    }
}
