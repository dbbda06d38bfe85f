//! Tells egui of the tokens: visuals, spacing, text sizes and, once, the fonts.
//!
//! Call it when the theme changes, not in every frame.

use egui::epaint::Shadow;
use egui::style::{ScrollStyle, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Id, Stroke,
    Style, TextStyle, Theme, Visuals, vec2,
};
use std::sync::Arc;

use crate::ui::theme::{Look, Tokens};

/// Seconds that a motion takes.
const MOTION: f32 = 0.08;

/// Makes egui's own widgets look as the tokens say.
pub fn apply(ctx: &Context, look: &Look, tokens: &Tokens) {
    let once = Id::unique("the fonts are there");
    if !ctx.data(|data| data.get_temp::<bool>(once).unwrap_or_default()) {
        ctx.set_fonts(fonts());
        ctx.data_mut(|data| data.insert_temp(once, true));
    }
    ctx.set_theme(if tokens.dark { Theme::Dark } else { Theme::Light });
    ctx.all_styles_mut(|style| {
        restyle(style, tokens);
        style.animation_time = if look.still { 0.0 } else { MOTION };
        style.scroll_animation = if look.still {
            egui::style::ScrollAnimation::none()
        } else {
            egui::style::ScrollAnimation::default()
        };
    });
    // Zooming is a command of ours, so that it is remembered.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_zoom_factor(look.zoom);
}

fn restyle(style: &mut Style, tokens: &Tokens) {
    let text = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, text(tokens.size.small)),
        (TextStyle::Body, text(tokens.size.text)),
        (TextStyle::Button, text(tokens.size.text)),
        (TextStyle::Heading, text(tokens.size.reading)),
        (TextStyle::Monospace, FontId::new(tokens.size.small, FontFamily::Monospace)),
    ]
    .into();
    style.visuals = visuals(tokens);
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.button_padding = vec2(12.0, 4.0);
    spacing.interact_size = vec2(28.0, 24.0);
    spacing.combo_width = 96.0;
    spacing.icon_width = 16.0;
    spacing.menu_margin = 4.into();
    spacing.window_margin = 16.into();
    spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        active_handle_opacity: 0.25,
        interact_handle_opacity: 0.45,
        ..ScrollStyle::floating()
    };
    // Rows at the edge stay as legible as the others.
    spacing.scroll.fade.strength = 0.0;
}

fn visuals(tokens: &Tokens) -> Visuals {
    let mut visuals = if tokens.dark { Visuals::dark() } else { Visuals::light() };
    let large = CornerRadius::same(tokens.size.radius_large as u8);
    visuals.widgets = Widgets {
        noninteractive: widget(tokens, tokens.panel, tokens.line),
        inactive: widget(tokens, tokens.raised, tokens.line),
        hovered: widget(tokens, tokens.hover, tokens.faint),
        active: widget(tokens, tokens.hover, tokens.focus),
        open: widget(tokens, tokens.hover, tokens.faint),
    };
    // A blinking caret would draw the window anew all day.
    visuals.text_cursor.blink = false;
    visuals.weak_text_color = Some(tokens.muted);
    visuals.selection.bg_fill = tokens.selection;
    visuals.selection.stroke = Stroke::new(tokens.stroke.hair, tokens.ink);
    visuals.hyperlink_color = tokens.focus;
    visuals.faint_bg_color = tokens.hover;
    visuals.extreme_bg_color = tokens.page;
    visuals.text_edit_bg_color = Some(tokens.raised);
    visuals.code_bg_color = tokens.hover;
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.error;
    visuals.panel_fill = tokens.panel;
    visuals.window_fill = tokens.raised;
    visuals.window_stroke = Stroke::new(tokens.stroke.hair, tokens.line);
    (visuals.window_corner_radius, visuals.menu_corner_radius) = (large, large);
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: tokens.shadow };
    (visuals.window_shadow, visuals.popup_shadow) = (shadow, shadow);
    visuals.text_cursor.stroke = Stroke::new(tokens.stroke.ring, tokens.focus);
    visuals
}

fn widget(tokens: &Tokens, ground: Color32, edge: Color32) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: ground,
        weak_bg_fill: ground,
        bg_stroke: Stroke::new(tokens.stroke.hair, edge),
        corner_radius: CornerRadius::same(tokens.size.radius as u8),
        fg_stroke: Stroke::new(1.0, tokens.ink),
        expansion: 0.0,
    }
}

/// The bundled faces in front of egui's own.
fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let bold = FontFamily::Name("bold".into());
    let behind = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    fonts.families.insert(bold.clone(), behind);
    let faces = [
        ("Noto Sans", FontFamily::Proportional, NOTO_SANS),
        ("Noto Sans Bold", bold, NOTO_SANS_BOLD),
        ("Noto Sans Mono", FontFamily::Monospace, NOTO_SANS_MONO),
    ];
    for (name, family, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let family = fonts.families.entry(family).or_default();
        family.insert(0, name.to_owned());
        // Arrows and circles, which neither these nor egui's other faces have.
        if !family.iter().any(|name| name == "Hack") {
            family.push("Hack".to_owned());
        }
    }
    fonts
}

const NOTO_SANS: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSans-Regular.ttf"));
const NOTO_SANS_BOLD: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSans-Bold.ttf"));
const NOTO_SANS_MONO: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/NotoSansMono-Regular.ttf"));
