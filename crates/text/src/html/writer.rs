//! Plain text being written: where lines end, what stands before each.

/// Writes text; white space is collapsed outside preformatted blocks.
pub(super) struct Writer {
    out: String,
    /// Line ends to be written before the next text.
    breaks: usize,
    /// What parts the next text from the one before on the same line.
    gap: &'static str,
    /// Depth of quotes now, and of the last line written.
    quotes: usize,
    last_quotes: usize,
    /// Depth of preformatted blocks, and whether they hold code.
    preformatted: usize,
    code_block: bool,
    /// Nothing was written since the preformatted block began.
    fresh: bool,
    /// Open code within lines.
    ticks: usize,
}

/// Quotes deeper than this look like this deep: a line's prefix must not grow with the input.
const DEEPEST_QUOTE: usize = 16;

impl Writer {
    pub(super) fn new(capacity: usize) -> Self {
        Writer {
            out: String::with_capacity(capacity),
            breaks: 0,
            gap: "",
            quotes: 0,
            last_quotes: 0,
            preformatted: 0,
            code_block: false,
            fresh: false,
            ticks: 0,
        }
    }

    /// Bytes written.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    pub(super) fn finish(mut self) -> String {
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    /// The next text begins a line.
    pub(super) fn new_line(&mut self) {
        self.breaks = self.breaks.max(1);
    }

    /// A blank line comes before the next text.
    pub(super) fn blank_line(&mut self) {
        self.breaks = self.breaks.max(2);
    }

    /// `<br>`: any number of them makes one blank line at most.
    pub(super) fn line_break(&mut self) {
        self.breaks = (self.breaks + 1).min(2).max(self.breaks);
    }

    pub(super) fn rule(&mut self) {
        self.new_line();
        self.push("________________________________");
        self.new_line();
    }

    /// Parts two cells of a table.
    pub(super) fn cell(&mut self) {
        if self.breaks == 0 && !self.out.is_empty() {
            self.gap = "\t";
        }
    }

    /// Enters or leaves a quoted block.
    pub(super) fn quote(&mut self, enter: bool) {
        self.new_line();
        self.quotes = if enter { self.quotes + 1 } else { self.quotes.saturating_sub(1) };
    }

    /// Enters or leaves a preformatted block.
    pub(super) fn preformatted(&mut self, enter: bool) {
        self.blank_line();
        self.preformatted = if enter { self.preformatted + 1 } else { self.preformatted.saturating_sub(1) };
        self.fresh = enter;
        self.code_block &= self.preformatted > 0;
    }

    /// Enters or leaves code.
    pub(super) fn code(&mut self, enter: bool) {
        if self.preformatted > 0 {
            self.code_block |= enter && self.fresh;
        } else if enter {
            self.ticks += 1;
            self.push("`");
        } else if self.ticks > 0 {
            self.ticks -= 1;
            self.out.push('`');
        }
    }

    /// Begins a point of a list.
    pub(super) fn point(&mut self, depth: usize, mark: &str) {
        self.new_line();
        self.start();
        self.out.extend(std::iter::repeat_n("  ", depth));
        self.out.push_str(mark);
    }

    /// Adds the target of a link whose text began at byte `begin`, unless the text says it.
    pub(super) fn link(&mut self, target: &str, begin: usize) {
        let text = self.out.get(begin..).unwrap_or_default().trim();
        let shown = !text.is_empty() && !is_same(text, target);
        let followed = ["http://", "https://", "ftp://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
        if shown && followed && !target.contains(char::is_whitespace) {
            self.gap = if self.gap.is_empty() { " " } else { self.gap };
            let breaks = std::mem::take(&mut self.breaks);
            self.push("<");
            self.out.push_str(target.strip_prefix("mailto:").unwrap_or(target));
            self.out.push('>');
            self.breaks = breaks;
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            return self.preformatted_text(text);
        }
        let space = |c: char| c.is_ascii_whitespace() || c == '\u{a0}';
        for (number, word) in text.split(space).enumerate() {
            if number > 0 && self.gap.is_empty() {
                self.gap = " ";
            }
            if !word.is_empty() {
                self.push(word);
            }
        }
    }

    fn preformatted_text(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            // The line end right after `<pre>` is no part of it.
            if number > 0 && !self.fresh {
                self.breaks += 1;
            }
            self.fresh = false;
            let line = line.trim_end_matches('\r');
            if !line.is_empty() {
                self.start();
                self.out.push_str(line);
            }
        }
    }

    fn push(&mut self, word: &str) {
        self.start();
        self.out.push_str(word);
    }

    /// Writes what is due before the next text: line ends and prefixes, or the gap.
    fn start(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        let first = self.out.is_empty();
        if self.breaks == 0 && !first {
            self.out.push_str(gap);
            return;
        }
        let breaks = std::mem::take(&mut self.breaks);
        if !first {
            let between = self.quotes.min(self.last_quotes);
            for blank in 0..breaks {
                if blank > 0 {
                    self.marks(between);
                }
                self.out.push('\n');
            }
        }
        self.marks(self.quotes);
        if self.quotes > 0 {
            self.out.push(' ');
        }
        if self.code_block {
            self.out.push_str("    ");
        }
        self.last_quotes = self.quotes;
    }

    fn marks(&mut self, depth: usize) {
        self.out.extend(std::iter::repeat_n('>', depth.min(DEEPEST_QUOTE)));
    }
}

/// Whether a link's text is its target, give or take the scheme and a slash.
fn is_same(text: &str, target: &str) -> bool {
    bare(text) == bare(target)
}

fn bare(url: &str) -> &str {
    let url = url.strip_prefix("mailto:").or_else(|| url.split_once("://").map(|(_, rest)| rest)).unwrap_or(url);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}
