//! Makes a report of a workspace without the whole program: `make WORKSPACE KIND PERIOD [OF]` writes `report.md`,
//! `report.html`, `report.eml` and `report.pdf` into the current folder. For whoever changes a template.

use std::path::Path;

use archive::Tables;
use insight::support::Support;
use insight::{Community, Settings};
use metric::Catalogue;
use report::{Ask, Document, Kind, Period, Questions, Sources, Templates};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workspace, kind, period, rest @ ..] = arguments.as_slice() else {
        return Err("make WORKSPACE KIND PERIOD [OF]".into());
    };
    let workspace = Path::new(workspace);
    let settings = Settings {
        community: "The community".to_owned(),
        simulated: false,
        support: Support::default_with(2 * model::time::DAY),
        spread: insight::SPREAD,
        levels: Default::default(),
        as_of: None,
    };
    let tables = Tables::new(&workspace.join("tables"));
    let community = Community::open(&tables, &workspace.join("index"), &workspace.join("desk.sqlite"), settings)?;
    let kind = Kind::parse(kind).ok_or("there is no such kind")?;
    let of = rest.first().map(String::as_str).unwrap_or_default();
    let ask = match of.split_once("..") {
        Some((from, until)) if kind == Kind::Release => Ask::release(&community, from, until)?,
        _ => Ask::usual(kind, Some(Period::parse(period)?), of, Questions::now(&community))?,
    };
    let sources = Sources { questions: &community, sql: None, catalogue: Catalogue::shipped(), desk: None };
    let made = report::make(&sources, &Templates::with_folder(&workspace.join("reports")), &ask)?;
    let document = Document::read(&made.markdown);
    std::fs::write("report.md", &made.markdown)?;
    std::fs::write("report.html", document.html()?)?;
    std::fs::write("report.eml", document.mail_draft("example", jiff::Timestamp::now())?)?;
    std::fs::write("report.pdf", document.pdf()?)?;
    Ok(())
}
