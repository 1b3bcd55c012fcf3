//! A still as PNG, with the fonts of this machine: unlike everything else here, it is not the same on every machine.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

/// Pixels per unit, for sharp text on dense screens.
const SCALE: f32 = 1.5;

/// The picture of an SVG.
///
/// # Errors
/// If it is none, or larger than memory; in words.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let mut options = usvg::Options::default();
    Arc::make_mut(&mut options.fontdb).load_system_fonts();
    let tree = usvg::Tree::from_str(svg, &options).map_err(|why| why.to_string())?;
    let size = tree.size().to_int_size().scale_by(SCALE);
    let pixels = size.and_then(|size| tiny_skia::Pixmap::new(size.width(), size.height()));
    let mut pixels = pixels.ok_or_else(|| "the picture is too large".to_owned())?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|why| why.to_string())
}
