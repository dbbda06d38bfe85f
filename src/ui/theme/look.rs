//! How a person wants everything to look: theme, zoom, stillness, and how the page is set.
//!
//! Read from the settings with every value within its limits, and written back only where it differs from the usual.
//! `Tokens::of` makes colours of it, the page its setting.

use crate::ui::theme::Tokens;
use crate::workbench::Settings;

/// How everything is to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The theme.
    pub theme: ThemeChoice,
    /// How much larger than usual everything is.
    pub zoom: f32,
    /// Whether nothing moves by itself.
    pub still: bool,
    /// How the page is set.
    pub page: PageLook,
}

/// How the page is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageLook {
    /// The face that one reads.
    pub face: ReadingFace,
    /// Points of the text.
    pub size: f32,
    /// Height of a line against the size.
    pub leading: f32,
    /// Letters in a line.
    pub letters: f32,
    /// Whether paragraphs are numbered.
    pub numbers: bool,
}

/// Light, dark, with more contrast, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Light or dark with the system; light where it does not say.
    #[default]
    System,
    /// Dark ink on light grounds.
    Light,
    /// Light ink on dark grounds.
    Dark,
    /// Light with more contrast.
    LightContrast,
    /// Dark with more contrast.
    DarkContrast,
}

/// The face that one reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadingFace {
    /// Noto Serif.
    #[default]
    Serif,
    /// Noto Sans.
    Sans,
}

/// Allowed values and a step of each.
pub const ZOOM: (f32, f32, f32) = (0.6, 2.5, 0.1);
/// Points of the reading text.
pub const SIZE: (f32, f32, f32) = (13.0, 28.0, 1.0);
/// Height of a line against the size; with less there is no room for six bars between two lines.
pub const LEADING: (f32, f32, f32) = (1.8, 2.6, 0.05);
/// Letters in a line.
pub const LETTERS: (f32, f32, f32) = (50.0, 100.0, 5.0);

impl Default for PageLook {
    fn default() -> Self {
        let face = ReadingFace::Serif;
        Self { face, size: 17.0, leading: 2.05, letters: 70.0, numbers: true }
    }
}

impl Default for Look {
    fn default() -> Self {
        let page = PageLook::default();
        Self { theme: ThemeChoice::System, zoom: 1.0, still: false, page }
    }
}

impl ThemeChoice {
    /// All, in the order of the settings.
    pub const ALL: [Self; 5] =
        [Self::System, Self::Light, Self::Dark, Self::LightContrast, Self::DarkContrast];

    /// Its name in the settings.
    pub fn id(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::LightContrast => "light-contrast",
            Self::DarkContrast => "dark-contrast",
        }
    }

    /// On screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "As the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::LightContrast => "High contrast, light",
            Self::DarkContrast => "High contrast, dark",
        }
    }

    /// Whether it has more contrast.
    pub fn is_contrast(self) -> bool {
        matches!(self, Self::LightContrast | Self::DarkContrast)
    }

    /// Whether it is dark where the system says `system`.
    pub fn is_dark(self, system: Option<egui::Theme>) -> bool {
        match self {
            Self::System => system == Some(egui::Theme::Dark),
            Self::Light | Self::LightContrast => false,
            Self::Dark | Self::DarkContrast => true,
        }
    }

    /// The theme with that darkness and contrast.
    #[expect(clippy::fn_params_excessive_bools, reason = "two yes-or-no properties of a theme")]
    pub fn with(dark: bool, contrast: bool) -> Self {
        match (dark, contrast) {
            (false, false) => Self::Light,
            (true, false) => Self::Dark,
            (false, true) => Self::LightContrast,
            (true, true) => Self::DarkContrast,
        }
    }
}

impl Look {
    /// As the settings say, each value within its limits.
    pub fn of(settings: &Settings) -> Self {
        let usual = Self::default();
        let (reading, page) = (&settings.reading, usual.page);
        let named = |choice: &ThemeChoice| Some(choice.id()) == settings.theme.as_deref();
        let face = match reading.font.as_deref() {
            Some("sans") => ReadingFace::Sans,
            _ => ReadingFace::Serif,
        };
        Self {
            theme: ThemeChoice::ALL.into_iter().find(named).unwrap_or_default(),
            zoom: within(settings.zoom.unwrap_or(usual.zoom), ZOOM),
            still: settings.reduced_motion.unwrap_or(usual.still),
            page: PageLook {
                face,
                size: within(reading.size.unwrap_or(page.size), SIZE),
                leading: within(reading.line_height.unwrap_or(page.leading), LEADING),
                letters: within(reading.letters.unwrap_or(page.letters), LETTERS),
                numbers: reading.numbers.unwrap_or(page.numbers),
            },
        }
    }

    /// Writes what differs from the usual.
    pub fn write(&self, settings: &mut Settings) {
        let usual = Self::default();
        let differs = |value: f32, usual: f32| ((value - usual).abs() > 0.001).then_some(value);
        let (mine, page) = (self.page, usual.page);
        settings.theme = (self.theme != usual.theme).then(|| self.theme.id().to_owned());
        settings.zoom = differs(self.zoom, usual.zoom);
        settings.reduced_motion = (self.still != usual.still).then_some(self.still);
        settings.reading.font = (mine.face != page.face).then(|| "sans".to_owned());
        settings.reading.size = differs(mine.size, page.size);
        settings.reading.line_height = differs(mine.leading, page.leading);
        settings.reading.letters = differs(mine.letters, page.letters);
        settings.reading.numbers = (mine.numbers != page.numbers).then_some(mine.numbers);
    }

    /// Everything a step larger, or smaller for a negative one.
    #[must_use]
    pub fn zoomed(mut self, steps: f32) -> Self {
        self.zoom = within(((self.zoom + steps * ZOOM.2) * 10.0).round() / 10.0, ZOOM);
        self
    }

    /// The reading text some points larger, or smaller.
    #[must_use]
    pub fn with_larger_text(mut self, points: f32) -> Self {
        self.page.size = within(self.page.size + points, SIZE);
        self
    }
}

impl Tokens {
    /// The tokens of a theme, where the system says `system`.
    pub fn of(choice: ThemeChoice, system: Option<egui::Theme>) -> Self {
        match (choice.is_dark(system), choice.is_contrast()) {
            (false, false) => Self::light(),
            (true, false) => Self::dark(),
            (false, true) => Self::light_contrast(),
            (true, true) => Self::dark_contrast(),
        }
    }
}

fn within(value: f32, (least, most, _): (f32, f32, f32)) -> f32 {
    if value.is_finite() { value.clamp(least, most) } else { least }
}

#[cfg(test)]
mod tests {
    use crate::ui::theme::{Look, ReadingFace, ThemeChoice};
    use crate::workbench::Settings;

    #[test]
    fn a_look_comes_back_from_the_settings_and_the_usual_one_is_not_written() {
        let mut settings = Settings::default();
        Look::default().write(&mut settings);
        assert_eq!(settings, Settings::default());
        let mut look = Look { theme: ThemeChoice::DarkContrast, still: true, ..Look::default() };
        look = look.zoomed(3.0).with_larger_text(4.0);
        (look.page.face, look.page.numbers) = (ReadingFace::Sans, false);
        (look.page.leading, look.page.letters) = (1.85, 85.0);
        look.write(&mut settings);
        assert_eq!(Look::of(&settings), look);
    }

    #[test]
    fn values_beyond_their_limits_are_brought_back() {
        let theme = Some("mauve".to_owned());
        let mut settings = Settings { zoom: Some(40.0), theme, ..Settings::default() };
        settings.reading.size = Some(-3.0);
        settings.reading.letters = Some(f32::NAN);
        let look = Look::of(&settings);
        assert_eq!((look.zoom, look.page.size, look.page.letters), (2.5, 13.0, 50.0));
        assert_eq!(look.theme, ThemeChoice::System);
    }

    #[test]
    fn the_system_is_followed_where_it_says_something() {
        assert!(ThemeChoice::System.is_dark(Some(egui::Theme::Dark)));
        assert!(!ThemeChoice::System.is_dark(None));
        for choice in ThemeChoice::ALL.into_iter().skip(1) {
            assert_eq!(ThemeChoice::with(choice.is_dark(None), choice.is_contrast()), choice);
        }
    }
}
