//! Writing SVG: shares of the drawing become percentages, so that it fits any width, or pixels, for a picture.

use std::fmt::Write;

/// An SVG document being written. Places are shares: from the left and from the top, 0 to 1.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    out: String,
    /// Pixels, for a picture; none for a drawing of any width.
    size: Option<(f64, f64)>,
}

impl Canvas {
    pub(crate) fn fluid() -> Canvas {
        Canvas::default()
    }

    pub(crate) fn fixed(width: f64, height: f64) -> Canvas {
        Canvas { out: String::new(), size: Some((width, height)) }
    }

    /// Adds what is well-formed already.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    pub(crate) fn x(&self, share: f64) -> String {
        length(share, self.size.map(|(width, _)| width))
    }

    pub(crate) fn y(&self, share: f64) -> String {
        length(share, self.size.map(|(_, height)| height))
    }

    /// An element that is empty: `<line …/>`. Attributes are escaped.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open_tag(name, attributes);
        self.out.push_str("/>");
    }

    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open_tag(name, attributes);
        self.out.push('>');
    }

    pub(crate) fn close(&mut self, name: &str) {
        let _ = write!(self.out, "</{name}>");
    }

    /// An element that holds a text.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.out.push_str(&escaped(text));
        self.close(name);
    }

    fn open_tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.out, "<{name}");
        for (name, value) in attributes {
            let _ = write!(self.out, " {name}=\"{}\"", escaped(value));
        }
    }

    /// A line through points, or the area below it; `close` are the points it is closed by.
    pub(crate) fn path(&mut self, class: &str, points: &[(f64, f64)], close: &[(f64, f64)]) {
        let (width, height) = self.size.unwrap_or((1000.0, 1000.0));
        let mut shape = String::new();
        for (at, (x, y)) in points.iter().chain(close).enumerate() {
            let letter = if at == 0 { 'M' } else { 'L' };
            let _ = write!(shape, "{letter}{} {}", number(x * width), number(y * height));
        }
        if !close.is_empty() {
            shape.push('Z');
        }
        if self.size.is_some() {
            return self.empty("path", &[("class", class), ("d", &shape)]);
        }
        // Only a drawing of its own can be stretched to the width; its line stays as thick as it is.
        let whole =
            [("width", "100%"), ("height", "100%"), ("viewBox", "0 0 1000 1000"), ("preserveAspectRatio", "none")];
        self.open("svg", &whole);
        self.empty("path", &[("class", class), ("d", &shape), ("vector-effect", "non-scaling-stroke")]);
        self.close("svg");
    }
}

fn length(share: f64, pixels: Option<f64>) -> String {
    match pixels {
        Some(pixels) => number(share * pixels),
        None => number(share * 100.0) + "%",
    }
}

/// With two places at most; nothing that is no number gets into a drawing.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}

/// Escapes for text and quoted attributes, in XML 1.0 (2.4) and HTML alike. What XML cannot hold (2.2), and what makes a
/// reader see what is not there (overrides of direction, UAX #9), is left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => (),
            c if c.is_control() => (),
            c => out.push(c),
        }
    }
    out
}

/// At most so many characters, with an ellipsis where some were left out.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
