//! A screen without a window: events in, triangles out.

use crate::shared::pairs::timed;
use egui::{
    Context, Event, FullOutput, Key, Modifiers, Pos2, RawInput, Rect, Ui, ViewportCommand, pos2,
};
use std::time::Duration;

/// Points of the screen.
pub(crate) const SCREEN: Rect = Rect { min: Pos2::ZERO, max: pos2(1280.0, 800.0) };

/// Seconds of a frame.
const STEP: f64 = 1.0 / 60.0;

/// One screen with its clock.
#[derive(Default)]
pub(crate) struct Screen {
    pub(crate) ctx: Context,
    time: f64,
    events: Vec<Event>,
    /// What the window is called.
    pub(crate) title: String,
    other: Vec<u64>,
}

/// Bytes that are more than the caches of a processor hold.
const OTHER: usize = 128 << 20;

impl Screen {
    /// What the next frame hears.
    pub(crate) fn hear(&mut self, event: Event) {
        self.events.push(event);
    }

    /// A key goes down and up in the next frame, with the letter that it types.
    pub(crate) fn press(&mut self, modifiers: Modifiers, key: Key) {
        let event = |pressed| Event::Key {
            key,
            physical_key: Some(key),
            pressed,
            repeat: false,
            modifiers,
        };
        self.events.push(event(true));
        let letter = key.name().to_lowercase();
        if modifiers.is_none() && letter.len() == 1 {
            self.events.push(Event::Text(letter));
        }
        self.events.push(event(false));
    }

    /// Works on something else, until the processor's caches hold nothing of what was shown.
    pub(crate) fn forget(&mut self) {
        self.other.resize(OTHER / size_of::<u64>(), 1);
        for number in &mut self.other {
            *number = number.wrapping_mul(3);
        }
        std::hint::black_box(&self.other);
    }

    /// One frame: how long it took until all triangles were there.
    pub(crate) fn frame(&mut self, draw: impl FnMut(&mut Ui)) -> Duration {
        self.time += STEP;
        let input = RawInput {
            screen_rect: Some(SCREEN),
            time: Some(self.time),
            predicted_dt: STEP as f32,
            events: std::mem::take(&mut self.events),
            focused: true,
            ..RawInput::default()
        };
        let (ctx, title) = (&self.ctx, &mut self.title);
        timed(|| {
            let FullOutput {
                mut textures_delta, shapes, pixels_per_point, viewport_output, ..
            } = ctx.run_ui(input, draw);
            // Where nothing draws, nobody takes the pictures of new glyphs.
            textures_delta.clear();
            for command in viewport_output.values().flat_map(|viewport| &viewport.commands) {
                if let ViewportCommand::Title(new) = command {
                    title.clone_from(new);
                }
            }
            ctx.tessellate(shapes, pixels_per_point)
        })
    }
}
