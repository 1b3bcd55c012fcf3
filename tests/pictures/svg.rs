//! A terminal's screen as SVG, cell by cell, and as PNG.

use std::fmt::Write;
use std::sync::Arc;

use resvg::{tiny_skia, usvg};
use vt100::{Cell, Color, Screen};

/// `DejaVu Sans Mono` at this size advances 9.03 and has lines of 17.46: box-drawing characters join.
const FONT_SIZE: f32 = 15.0;
const COLUMN: f32 = 9.03;
const ROW: f32 = 17.46;
const MARGIN: f32 = 14.0;
/// Where letters stand in their row.
const BASELINE: f32 = 13.9;
/// Pixels per unit, for sharp text on dense screens.
const SCALE: f32 = 1.5;

struct Ground {
    back: &'static str,
    fore: &'static str,
}

const DARK: Ground = Ground { back: "#12151c", fore: "#d8dee9" };
const LIGHT: Ground = Ground { back: "#ffffff", fore: "#24292f" };

/// Draws a screen.
pub fn draw(screen: &Screen, light: bool) -> String {
    let ground = if light { LIGHT } else { DARK };
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let width = f32::from(columns) * COLUMN + 2.0 * MARGIN;
    let height = f32::from(rows) * ROW + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' \
         font-family='DejaVu Sans Mono' font-size='{FONT_SIZE}'>\
         <rect width='100%' height='100%' rx='9' fill='{}'/>",
        ground.back
    );
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let cells = cells.filter_map(|(row, column)| Some((row, column, screen.cell(row, column)?)));
    let cells: Vec<_> = cells.filter(|(.., cell)| !cell.is_wide_continuation()).collect();
    for (row, column, cell) in &cells {
        back(&mut svg, *row, *column, cell, &ground);
    }
    for (row, column, cell) in &cells {
        letter(&mut svg, *row, *column, cell, &ground);
    }
    svg.push_str("</svg>");
    svg
}

fn place(row: u16, column: u16) -> (f32, f32) {
    (MARGIN + f32::from(column) * COLUMN, MARGIN + f32::from(row) * ROW)
}

fn back(svg: &mut String, row: u16, column: u16, cell: &Cell, ground: &Ground) {
    let (_, colour) = colours(cell, ground);
    if colour == ground.back {
        return;
    }
    let (x, y) = place(row, column);
    let width = if cell.is_wide() { 2.0 * COLUMN } else { COLUMN };
    let _ = write!(
        svg,
        "<rect x='{x:.2}' y='{y:.2}' width='{:.2}' height='{:.2}' fill='{colour}' shape-rendering='crispEdges'/>",
        width + 0.05,
        ROW + 0.05
    );
}

fn letter(svg: &mut String, row: u16, column: u16, cell: &Cell, ground: &Ground) {
    if cell.contents().trim().is_empty() {
        return;
    }
    let (colour, _) = colours(cell, ground);
    let (x, y) = place(row, column);
    let weight = if cell.bold() { " font-weight='bold'" } else { "" };
    let slant = if cell.italic() { " font-style='italic'" } else { "" };
    let line = if cell.underline() { " text-decoration='underline'" } else { "" };
    let dim = if cell.dim() { " opacity='0.6'" } else { "" };
    let text = escaped(cell.contents());
    let _ = write!(
        svg,
        "<text x='{x:.2}' y='{:.2}' fill='{colour}'{weight}{slant}{line}{dim} xml:space='preserve'>{text}</text>",
        y + BASELINE
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Of the letter and of the ground.
fn colours(cell: &Cell, ground: &Ground) -> (String, String) {
    let fore = colour(cell.fgcolor(), ground.fore);
    let back = colour(cell.bgcolor(), ground.back);
    if cell.inverse() { (back, fore) } else { (fore, back) }
}

fn colour(colour: Color, otherwise: &str) -> String {
    match colour {
        Color::Default => otherwise.to_owned(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Idx(index) => indexed(index),
    }
}

const SIXTEEN: [&str; 16] = [
    "#000000", "#cc3333", "#33aa33", "#b58900", "#3366cc", "#aa44aa", "#2aa1b3", "#cccccc",
    "#666666", "#ff5555", "#55ff55", "#ffff55", "#6699ff", "#ff77ff", "#55ffff", "#ffffff",
];

/// The 256 colours of xterm: sixteen, a cube of six by six by six, and 24 greys.
fn indexed(index: u8) -> String {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match index {
        0..16 => SIXTEEN[usize::from(index)].to_owned(),
        16..232 => {
            let at = index - 16;
            let (red, green, blue) = (level(at / 36), level(at / 6 % 6), level(at % 6));
            format!("#{red:02x}{green:02x}{blue:02x}")
        }
        232.. => {
            let grey = 8 + 10 * (index - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}

/// The picture of an SVG.
pub fn png(svg: &str) -> Vec<u8> {
    let mut options = usvg::Options::default();
    Arc::make_mut(&mut options.fontdb).load_system_fonts();
    let tree = usvg::Tree::from_str(svg, &options).expect("our own SVG");
    let size = tree.size().to_int_size().scale_by(SCALE).expect("a size");
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height()).expect("memory");
    resvg::render(&tree, tiny_skia::Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().expect("memory")
}
