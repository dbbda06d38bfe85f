//! The kept pictures: compares a new one with the kept one of the same name, or keeps it.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test pictures` accepts all new ones; look at them before. A test that fails leaves the
//! new picture and the difference in `target/pictures`.

use crate::pictures::canvas::Picture;
use egui::Color32;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

/// So far may a channel be off: processors round differently.
const CHANNEL: u8 = 24;
/// So many pixels may be further off.
const PIXELS: usize = 60;

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots/pictures")
        .join(format!("{name}.png"))
}

fn left(name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join("pictures").join(format!("{name}.png"))
}

/// Panics unless the picture looks like the kept one.
#[track_caller]
pub(crate) fn check(name: &str, picture: &Picture) {
    let path = kept(name);
    let old = path.exists().then(|| read(&path));
    if old.as_ref().is_some_and(|old| difference(old, picture).1 <= PIXELS) {
        return;
    }
    if std::env::var("UPDATE_SNAPSHOTS").is_ok_and(|value| value != "0") {
        write(&path, picture);
        return;
    }
    let new = left(name);
    write(&new, picture);
    let Some(old) = old else {
        panic!(
            "there is no picture “{name}” yet; look at {} and accept it with UPDATE_SNAPSHOTS=1",
            new.display()
        );
    };
    let (marked, count) = difference(&old, picture);
    let difference = left(&format!("{name}-difference"));
    write(&difference, &marked);
    panic!(
        "{count} pixels of “{name}” are not as they were; look at {} and {}, and accept it with UPDATE_SNAPSHOTS=1",
        new.display(),
        difference.display()
    );
}

/// The new picture, faint, with every pixel that is off in red; and how many are.
pub(crate) fn difference(old: &Picture, new: &Picture) -> (Picture, usize) {
    if (old.width, old.height) != (new.width, new.height) {
        return (new.clone(), new.pixels.len());
    }
    let mut marked = new.clone();
    let mut count = 0;
    for ((pixel, old), new) in marked.pixels.iter_mut().zip(&old.pixels).zip(&new.pixels) {
        let off =
            old.to_array().into_iter().zip(new.to_array()).any(|(a, b)| a.abs_diff(b) > CHANNEL);
        count += usize::from(off);
        *pixel = if off { Color32::RED } else { new.lerp_to_gamma(Color32::WHITE, 0.7) };
    }
    (marked, count)
}

/// Writes a picture.
pub(crate) fn write(path: &Path, picture: &Picture) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = BufWriter::new(File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, picture.width as u32, picture.height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    let bytes: Vec<u8> =
        picture.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect();
    encoder.write_header().unwrap().write_image_data(&bytes).unwrap();
}

/// Reads a picture that was written here.
pub(crate) fn read(path: &Path) -> Picture {
    let mut reader =
        png::Decoder::new(BufReader::new(File::open(path).unwrap())).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb, "{}", path.display());
    let pixels = bytes.as_chunks::<3>().0.iter().map(|[r, g, b]| Color32::from_rgb(*r, *g, *b));
    Picture { width: info.width as usize, height: info.height as usize, pixels: pixels.collect() }
}
