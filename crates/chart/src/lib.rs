//! Charts: numbers over time and side by side, as SVG for pages and as PNG for mail. Knows no community.
