//! A band of the law split into tiers: which band, by which preset, seen as a bar and a grid before it is taken.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Outcome;
use crate::domain::baseline::{Baseline, Ladder};
use crate::i18n::Lang;
use crate::service::{OpenBand, Preset, describe_amount, open_bands};
use crate::tui::Ctx;
use crate::tui::canvas::Canvas;
use crate::tui::key::Key;
use crate::tui::overlays::sheet;
use crate::tui::theme::{Sign, Tone};
use crate::tui::widgets::band::BandBar;

/// The choice so far.
#[derive(Debug)]
pub(in super::super) struct Splitting {
    bands: Vec<OpenBand>,
    band: usize,
    presets: [Preset; 4],
    preset: usize,
    place: Place,
    /// The ladder with the cursor, with how many tiers it has.
    present: Option<(usize, usize)>,
    /// Whether it was told that tiers will go.
    warned: Warned,
    preview: Option<Preview>,
}

/// Where the tiers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In place of a ladder.
    Instead(usize),
    /// Behind all others.
    Added,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Warned {
    NotYet,
    Told,
}

#[derive(Debug)]
struct Preview {
    ladder: Ladder,
    bars: Vec<BandBar>,
}

impl Splitting {
    /// The choice at its beginning: the first band that no ladder is named after, 30/40/30.
    pub(super) fn new(baseline: &Baseline, ladder: Option<usize>) -> Self {
        let bands = open_bands(baseline);
        let only = (baseline.ladders.len() == 1).then_some(0);
        let present = ladder.or(only).and_then(|at| Some((at, baseline.ladders.get(at)?.tiers.len())));
        let label = present.and_then(|(at, _)| baseline.ladders.get(at)?.label.as_deref());
        // The band that the ladder's own words name.
        let own = label.and_then(|label| {
            bands.iter().position(|band| band.name().is_some_and(|name| name.contains(label) || label.contains(&name)))
        });
        let mut splitting = Self {
            band: own.unwrap_or(0),
            bands,
            presets: Preset::ALL,
            preset: 0,
            place: present.map_or(Place::Added, |(at, _)| Place::Instead(at)),
            present,
            warned: Warned::NotYet,
            preview: None,
        };
        splitting.look(baseline);
        splitting
    }

    fn preset(&self) -> Preset {
        self.presets.get(self.preset).copied().unwrap_or(Preset::ThirtyFortyThirty)
    }

    /// The ladder as it would be.
    fn look(&mut self, baseline: &Baseline) {
        self.warned = Warned::NotYet;
        let ladder = self.bands.get(self.band).and_then(|band| band.split(self.preset(), &baseline.conventions));
        self.preview = ladder.map(|ladder| {
            let mut alone = baseline.clone();
            alone.ladders = vec![ladder.clone()];
            Preview { bars: BandBar::of(&alone, 0), ladder }
        });
    }

    pub(super) fn key(&mut self, key: Key, baseline: &Baseline) -> Outcome {
        let turn = |at: usize, by: isize, of: usize| {
            let of = isize::try_from(of.max(1)).unwrap_or(1);
            usize::try_from((isize::try_from(at).unwrap_or(0) + by).rem_euclid(of)).unwrap_or(0)
        };
        match key.as_command().code {
            KeyCode::Esc | KeyCode::Char('q') => return Outcome::Close,
            KeyCode::Tab => self.band = turn(self.band, 1, self.bands.len()),
            KeyCode::BackTab => self.band = turn(self.band, -1, self.bands.len()),
            KeyCode::Down | KeyCode::Char('j') => self.preset = turn(self.preset, 1, self.presets.len()),
            KeyCode::Up | KeyCode::Char('k') => self.preset = turn(self.preset, -1, self.presets.len()),
            KeyCode::Left | KeyCode::Char('h') => self.set_parts(-1),
            KeyCode::Right | KeyCode::Char('l') => self.set_parts(1),
            KeyCode::Char(digit @ '2'..='6') => {
                let parts = digit.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).unwrap_or(2);
                if let Some(preset) = self.presets.get_mut(self.preset) {
                    *preset = preset.with_parts(parts);
                }
            }
            KeyCode::Char(' ') => {
                self.place = match (self.place, self.present) {
                    (Place::Added, Some((at, _))) => Place::Instead(at),
                    _ => Place::Added,
                };
            }
            KeyCode::Enter | KeyCode::F(10) => return self.take(baseline),
            _ => return Outcome::Stay,
        }
        self.look(baseline);
        Outcome::Stay
    }

    fn set_parts(&mut self, by: i8) {
        if let Some(preset) = self.presets.get_mut(self.preset) {
            *preset = preset.with_parts(preset.parts().saturating_add_signed(by));
        }
    }

    /// Tiers that stand already go only after a second Enter.
    fn take(&mut self, baseline: &Baseline) -> Outcome {
        let Some(preview) = &self.preview else { return Outcome::Stay };
        let goes = match (self.place, self.present) {
            (Place::Instead(_), Some((_, tiers))) => tiers,
            _ => 0,
        };
        if goes > 0 && self.warned == Warned::NotYet {
            self.warned = Warned::Told;
            return Outcome::Stay;
        }
        let mut next = baseline.clone();
        match self.place {
            Place::Added => next.ladders.push(preview.ladder.clone()),
            Place::Instead(at) => {
                if let Some(place) = next.ladders.get_mut(at) {
                    let new = preview.ladder.clone();
                    let label = new.label.or_else(|| place.label.clone());
                    *place = Ladder { label, remarks: place.remarks.clone(), ..new };
                }
            }
        }
        Outcome::Take(Box::new(next))
    }

    pub(super) fn view(&self, canvas: &mut Canvas<'_>, area: Rect, ctx: &Ctx) {
        let width = 100.min(area.width.saturating_sub(4));
        let title = ctx.say("分档　法定幅度按方案分成阶次", "Split   a band of the law into tiers by a preset");
        let tiers = self.preview.as_ref().map_or(1, |preview| preview.ladder.tiers.len());
        let warning = self.warning(ctx.lang);
        let below = if warning.is_some() { 2 } else { 0 };
        let height = u16::try_from(2 * tiers + 5 + below).unwrap_or(u16::MAX);
        let place = sheet(canvas, area, width, height, title);
        self.view_choices(canvas, place, ctx);
        let foot = place.bottom().saturating_sub(u16::from(warning.is_some()));
        let mut y = place.y + 4;
        match &self.preview {
            None => {
                let words = if self.bands.is_empty() {
                    ctx.say(
                        "法定依据和法定幅度里没有读出可以分档的罚款幅度。",
                        "No range of a fine was read from the basis or the band.",
                    )
                } else {
                    ctx.say("幅度太窄，分不出这么多档。", "The band is too narrow for so many tiers.")
                };
                canvas.paragraphs(Rect { y, height: 2, ..place }, words, Tone::Soon, 0);
            }
            Some(preview) => {
                for bar in &preview.bars {
                    let lines = bar.height(&[], place.width).min(foot.saturating_sub(y));
                    bar.view(canvas, Rect { y, height: lines, ..place }, &[], "", ctx.lang);
                    y += lines;
                }
                for (tier, y) in preview.ladder.tiers.iter().zip(y..foot) {
                    super::view_tier(canvas, Rect { y, height: 1, ..place }, tier);
                }
            }
        }
        if let Some(warning) = warning {
            canvas.text(place.x, foot, place.width, &warning, Tone::Late);
        }
    }

    /// What a second Enter will do away with.
    fn warning(&self, lang: Lang) -> Option<String> {
        let count = self.present.map_or(0, |(_, tiers)| tiers);
        (self.warned == Warned::Told).then(|| match lang {
            Lang::Zh => format!("现有的 {count} 个阶次将被替换，可以撤销；再按 Enter 确认。"),
            Lang::En => format!("The {count} tiers will be replaced, which undo takes back; Enter again."),
        })
    }

    fn view_choices(&self, canvas: &mut Canvas<'_>, place: Rect, ctx: &Ctx) {
        let band = self.bands.get(self.band).map(|band| {
            let name = band.name().map(|name| format!("{name}　")).unwrap_or_default();
            let count =
                if self.bands.len() > 1 { format!("{}/{}　", self.band + 1, self.bands.len()) } else { String::new() };
            format!("{count}{name}{}", describe_amount(&band.amount, ctx.lang))
        });
        let preset = self.preset();
        let parts = match (preset, ctx.lang) {
            (Preset::Equal(parts) | Preset::Offences(parts), Lang::Zh) => format!("　{parts} 档（←→）"),
            (Preset::Equal(parts) | Preset::Offences(parts), Lang::En) => format!("   {parts} tiers (←→)"),
            _ => String::new(),
        };
        let count = format!("{}/{}　", self.preset + 1, self.presets.len());
        let to = match (self.place, ctx.lang) {
            (Place::Added, Lang::Zh) => "新的阶次序列".to_owned(),
            (Place::Added, Lang::En) => "a ladder of its own".to_owned(),
            (Place::Instead(at), Lang::Zh) => format!("替换第 {} 序列", at + 1),
            (Place::Instead(at), Lang::En) => format!("over ladder {}", at + 1),
        };
        let rows = [
            ("Tab", ctx.say("幅度", "band"), band.unwrap_or_else(|| canvas.theme().sign(Sign::None).to_owned())),
            ("↑↓", ctx.say("方案", "preset"), format!("{count}{}{parts}", preset.label().say(ctx.lang))),
            (ctx.say("空格", "Space"), ctx.say("写入", "writes"), to),
        ];
        for ((key, label, words), y) in rows.iter().zip(place.y..) {
            canvas.text(place.x, y, 6, key, Tone::Accent);
            canvas.text(place.x + 6, y, 8, label, Tone::Faint);
            canvas.text(place.x + 14, y, place.width.saturating_sub(14), words, Tone::Normal);
        }
    }
}
