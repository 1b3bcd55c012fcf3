//! A screen as SVG. Every run of letters is told its width, so that columns stand under each other in whatever font a
//! viewer has; the text of the picture is the same on every machine.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

use super::colours::Ground;
use crate::app::ThemeName;

/// Size of the letters.
const FONT_SIZE: u32 = 15;
/// What people have; the first is what the sizes below are made for.
const FONTS: &str = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK KR', NanumGothicCoding, D2Coding, monospace";
/// Hundredths of a unit: how wide a column is, how high a row, where letters stand in their row, and the room around.
pub(super) const COLUMN: u32 = 903;
pub(super) const ROW: u32 = 1746;
const BASELINE: u32 = 1390;
const MARGIN: u32 = 1400;

/// Draws a screen.
pub fn still(screen: &Buffer, theme: ThemeName) -> String {
    let ground = Ground::of(theme);
    let mut svg = opened(screen, ground, "");
    for (y, cells) in rows(screen) {
        let at = units(u32::from(y) * ROW);
        let drawn = row(cells, ground);
        if !drawn.is_empty() {
            let _ = writeln!(svg, "<g transform='translate(0 {at})'>{drawn}</g>");
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// The beginning of a picture of this size, up to the group of its rows.
pub(super) fn opened(screen: &Buffer, ground: &Ground, style: &str) -> String {
    let width = units(u32::from(screen.area.width) * COLUMN + 2 * MARGIN);
    let height = units(u32::from(screen.area.height) * ROW + 2 * MARGIN);
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}' \
         font-family=\"{FONTS}\" font-size='{FONT_SIZE}' fill='{}' xml:space='preserve'>\n{style}\
         <rect width='100%' height='100%' rx='9' fill='{}'/>\n<g transform='translate({margin} {margin})'>\n",
        ground.fore,
        ground.back,
        margin = units(MARGIN),
    )
}

/// The rows of a screen from the top.
pub(super) fn rows(screen: &Buffer) -> impl Iterator<Item = (u16, &[Cell])> {
    let width = usize::from(screen.area.width).max(1);
    (0..).zip(screen.content.chunks(width))
}

/// One row: first what is behind, then the letters.
pub(super) fn row(cells: &[Cell], ground: &Ground) -> String {
    let runs = runs(cells);
    let mut svg = String::new();
    for run in &runs {
        back(&mut svg, run, ground);
    }
    for run in &runs {
        letters(&mut svg, run, ground);
    }
    svg
}

/// Cells beside each other that look alike and have letters of one kind.
struct Run<'a> {
    column: u32,
    columns: u32,
    text: String,
    look: &'a Cell,
}

/// Letters of the font itself keep their distance; others come from other fonts, each with its own.
fn kind(cell: &Cell) -> Option<&str> {
    let symbol = cell.symbol();
    if symbol.is_ascii() { None } else { Some(symbol) }
}

fn runs(cells: &[Cell]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut column = 0;
    for (at, cell) in (0_u32..).zip(cells) {
        if at < column {
            continue;
        }
        let width = u32::try_from(cell.symbol().width().max(1)).unwrap_or(1);
        column = at + width;
        match runs.last_mut().filter(|run| is_alike(run.look, cell)) {
            Some(run) => {
                run.columns += width;
                run.text.push_str(cell.symbol());
            }
            None => runs.push(Run {
                column: at,
                columns: width,
                text: cell.symbol().to_owned(),
                look: cell,
            }),
        }
    }
    runs
}

fn is_alike(one: &Cell, other: &Cell) -> bool {
    let look = |cell: &Cell| (cell.fg, cell.bg, cell.modifier);
    look(one) == look(other) && kind(one) == kind(other)
}

/// Of the letter and of what is behind it; nothing for the ground's own.
fn colours(cell: &Cell, ground: &Ground) -> (Option<String>, Option<String>) {
    let (fore, back) = (ground.named(cell.fg), ground.named(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        let fore = fore.unwrap_or_else(|| ground.fore.to_owned());
        let back = back.unwrap_or_else(|| ground.back.to_owned());
        return (Some(back), Some(fore));
    }
    (fore, back)
}

fn back(svg: &mut String, run: &Run<'_>, ground: &Ground) {
    let (_, Some(colour)) = colours(run.look, ground) else { return };
    let (x, width) = (units(run.column * COLUMN), units(run.columns * COLUMN + 5));
    let height = units(ROW + 5);
    let _ = write!(
        svg,
        "<rect x='{x}' width='{width}' height='{height}' fill='{colour}' shape-rendering='crispEdges'/>"
    );
}

fn letters(svg: &mut String, run: &Run<'_>, ground: &Ground) {
    let text = run.text.trim();
    if text.is_empty() {
        return;
    }
    let before = run.text.len() - run.text.trim_start().len();
    let column = run.column + u32::try_from(before).unwrap_or_default();
    let columns = u32::try_from(text.width()).unwrap_or_default();
    let (x, y) = (units(column * COLUMN), units(BASELINE));
    let _ = write!(svg, "<text x='{x}' y='{y}'");
    if let (Some(colour), _) = colours(run.look, ground) {
        let _ = write!(svg, " fill='{colour}'");
    }
    let looks = [
        (Modifier::BOLD, " font-weight='bold'"),
        (Modifier::ITALIC, " font-style='italic'"),
        (Modifier::UNDERLINED, " text-decoration='underline'"),
        (Modifier::DIM, " opacity='0.6'"),
    ];
    for (_, attribute) in looks.into_iter().filter(|(look, _)| run.look.modifier.contains(*look)) {
        svg.push_str(attribute);
    }
    let width = units(columns * COLUMN);
    let _ = write!(
        svg,
        " textLength='{width}' lengthAdjust='spacingAndGlyphs'>{}</text>",
        escaped(text)
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Hundredths as a number.
pub(super) fn units(hundredths: u32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    use super::{still, units};
    use crate::app::ThemeName;

    #[test]
    fn runs_have_their_place_their_width_and_their_look() {
        let mut screen = Buffer::empty(Rect { x: 0, y: 0, width: 12, height: 2 });
        screen.set_string(0, 1, "  a <b가─", Style::new().fg(Color::Indexed(80)));
        screen.set_string(0, 0, "x", Style::new().add_modifier(Modifier::REVERSED));
        let svg = still(&screen, ThemeName::Dark);
        assert!(svg.contains(
            "<text x='18.06' y='13.9' fill='#5fd7d7' textLength='36.12' lengthAdjust='spacingAndGlyphs'>a &lt;b</text>"
        ), "{svg}");
        assert!(
            svg.contains("<text x='54.18' y='13.9' fill='#5fd7d7' textLength='18.06'"),
            "{svg}"
        );
        assert!(svg.contains("fill='#d8dee9' shape-rendering"), "reversed: {svg}");
        assert!(svg.contains("<g transform='translate(0 17.46)'>"), "{svg}");
    }

    #[test]
    fn hundredths_are_written_without_zeros_at_their_end() {
        assert_eq!(
            (units(1400), units(1390), units(903)),
            ("14".into(), "13.9".into(), "9.03".into())
        );
    }
}
