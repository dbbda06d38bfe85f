//! Pictures of the real window, drawn without a graphics card and compared with kept ones; `album` says how to accept.
//!
//! `canvas` draws, `scene` makes the projects, `scripts` and `page` say what is to be seen.

mod album;
mod canvas;
mod fonts;
mod page;
mod review;
mod scene;
mod scripts;
