//! A chart with all that belongs to it on a page: caption, legend, drawing, what is marked, and the numbers as a table.

use crate::bars::Bars;
use crate::draw::Canvas;
use crate::over_time::OverTime;

impl OverTime {
    /// All that a page needs, to be put into it as it is.
    pub fn figure(&self) -> String {
        let mut page = Canvas::fluid();
        let tones = self.series.iter().map(|series| (series.name.as_str(), series.tone()));
        begin(&mut page, &self.title, &self.about, tones.collect());
        page.raw(&self.svg());
        self.listed(&mut page);
        let columns: Vec<&str> = self.series.iter().map(|series| series.name.as_str()).collect();
        let rows = (0..self.starts.len()).rev().map(|slot| {
            let value = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| self.unit.long(value));
            let values = self.series.iter().map(|series| value(series.at(slot))).collect();
            (self.slot(slot), self.links.get(slot).map(String::as_str), values)
        });
        table(&mut page, &self.title, ("When", &columns), rows);
        page.close("figure");
        page.finish()
    }

    /// What the numbers above the marks mean.
    fn listed(&self, page: &mut Canvas) {
        let numbered = self.numbered();
        if numbered.is_empty() {
            return;
        }
        page.open("ol", &[("class", "marks")]);
        for mark in &numbered {
            page.open("li", &[]);
            for (at, mark) in mark.marks.iter().enumerate() {
                if at > 0 {
                    page.raw("; ");
                }
                match mark.href.as_deref().filter(|href| !href.is_empty()) {
                    Some(href) => page.element("a", &[("href", href)], &mark.label),
                    None => page.element("span", &[], &mark.label),
                }
            }
            page.close("li");
        }
        page.close("ol");
    }
}

impl Bars {
    /// All that a page needs, to be put into it as it is.
    pub fn figure(&self) -> String {
        let mut page = Canvas::fluid();
        let tones = self.parts.iter().enumerate().map(|(at, part)| (part.as_str(), format!("tone{at}")));
        begin(&mut page, &self.title, &self.about, tones.collect());
        page.raw(&self.svg());
        let columns: Vec<&str> = self.parts.iter().map(String::as_str).collect();
        let columns = if columns.is_empty() { vec!["How much"] } else { columns };
        let rows = self.bars.iter().map(|bar| {
            let values = (0..columns.len()).map(|part| self.unit.long(bar.value(part))).collect();
            (bar.name.clone(), bar.link.as_deref(), values)
        });
        table(&mut page, &self.title, ("What", &columns), rows);
        page.close("figure");
        page.finish()
    }
}

fn begin(page: &mut Canvas, title: &str, about: &str, tones: Vec<(&str, String)>) {
    page.open("figure", &[("class", "chart-figure")]);
    page.open("figcaption", &[]);
    page.element("p", &[("class", "chart-title")], title);
    if !about.is_empty() {
        page.element("p", &[("class", "why")], about);
    }
    if tones.len() > 1 {
        page.open("ul", &[("class", "legend")]);
        for (name, tone) in tones {
            page.element("li", &[("class", &tone)], name);
        }
        page.close("ul");
    }
    page.close("figcaption");
}

fn table<'a>(
    page: &mut Canvas,
    title: &str,
    (first, columns): (&str, &[&str]),
    rows: impl Iterator<Item = (String, Option<&'a str>, Vec<String>)>,
) {
    page.open("details", &[("class", "chart-table")]);
    page.element("summary", &[], "The numbers as a table");
    page.raw("<div class=\"wide\"><table>");
    page.element("caption", &[("class", "unseen")], title);
    page.raw("<thead><tr>");
    page.element("th", &[("scope", "col")], first);
    for column in columns {
        page.element("th", &[("scope", "col"), ("class", "number")], column);
    }
    page.raw("</tr></thead><tbody>");
    for (name, link, values) in rows {
        page.raw("<tr>");
        page.open("th", &[("scope", "row")]);
        match link.filter(|link| !link.is_empty()) {
            Some(link) => page.element("a", &[("href", link)], &name),
            None => page.element("span", &[], &name),
        }
        page.close("th");
        for value in values {
            page.element("td", &[("class", "number")], &value);
        }
        page.raw("</tr>");
    }
    page.raw("</tbody></table></div>");
    page.close("details");
}
