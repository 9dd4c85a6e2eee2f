//! A made-up office: one source, and a sync that is over when it was looked at three times.

use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use web::office::{
    AlertRuleView, AlertsView, ExportTable, Field, FieldGroup, FieldKind, KindView, ProblemLine, ProblemsView,
    Proposal, RunView, SectionLine, SectionView, SourceForm, SourceView, SourcesView, SyncState, SyncView, Trial,
};
use web::{Draft, Fault, Office, OfficeError, OfficeResult, Values};

use super::{DAY, HOUR, NOW};

/// What can change in it.
#[derive(Default)]
pub struct Inside {
    pub sources: Vec<String>,
    pub sync: SyncView,
    pub looks: u32,
    pub text: String,
}

/// The office.
pub struct MadeUpOffice(Mutex<Inside>);

impl MadeUpOffice {
    /// With these sources.
    pub fn new(sources: &[&str]) -> MadeUpOffice {
        let sources = sources.iter().map(|name| (*name).to_owned()).collect();
        MadeUpOffice(Mutex::new(Inside {
            sources,
            text: "[promise]\nfirst_response = \"2d\"".into(),
            ..Inside::default()
        }))
    }

    /// What is in it.
    pub fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn source(&self, name: &str, synced: bool) -> SourceView {
        let run = RunView { started: NOW - HOUR, seconds: 3.0, items: Some(4), error: None };
        let view = SourceView {
            name: name.to_owned(),
            kind: Some("mbox".to_owned()),
            title: "mailing list archives".to_owned(),
            place: "list".to_owned(),
            ..SourceView::default()
        };
        match synced {
            false => view,
            true => SourceView {
                items: 4,
                messages: 4,
                problems: 2,
                channels: 1,
                first: Some(NOW - 30 * DAY),
                last: Some(NOW - DAY),
                run: Some(run),
                ..view
            },
        }
    }
}

impl Office for MadeUpOffice {
    fn kinds(&self) -> Vec<KindView> {
        let text = |text: &str| text.to_owned();
        vec![KindView {
            kind: text("mbox"),
            title: text("mailing list archives"),
            place: text("list"),
            about: text("What to know."),
        }]
    }

    fn sources(&self) -> OfficeResult<SourcesView> {
        let inside = self.inside();
        let synced = inside.sync.state == SyncState::Done || inside.sources.len() > 1;
        let sources = inside.sources.iter().map(|name| self.source(name, synced)).collect();
        Ok(SourcesView { sources, sync: inside.sync.clone() })
    }

    fn problems(&self, _: &str, skip: usize, most: usize) -> OfficeResult<ProblemsView> {
        let what = "a mail without a date".to_owned();
        let line = |number: i64| ProblemLine {
            file: "2024.mbox".to_owned(),
            offset: Some(number),
            what: what.clone(),
            detail: String::new(),
        };
        let problems = (0..120).skip(skip).take(most).map(line).collect();
        Ok(ProblemsView { counts: vec![(what.clone(), 120)], total: 120, problems })
    }

    fn look(&self, path: &str) -> OfficeResult<Vec<Proposal>> {
        if path != "mail" {
            return Err(OfficeError::wrong("nothing that a source reads was found there"));
        }
        let text = |text: &str| text.to_owned();
        Ok(vec![Proposal { kind: text("mbox"), title: text("archives"), sure: 85, what: text("1 mbox file") }])
    }

    fn new_form(&self, kind: &str, path: Option<&str>) -> OfficeResult<Option<SourceForm>> {
        let field = |name: &str, kind, must| Field {
            name: name.to_owned(),
            title: name.to_owned(),
            hint: format!("what {name} is for"),
            kind,
            value: if name == "path" { path.unwrap_or_default().to_owned() } else { String::new() },
            example: String::new(),
            must,
        };
        let fields = vec![
            field("path", FieldKind::Text, true),
            field("private", FieldKind::Yes, false),
            field("token", FieldKind::Secret, false),
            field("branches", FieldKind::List, false),
        ];
        let name = path.map(|_| "mail".to_owned()).unwrap_or_default();
        let form =
            SourceForm { name, kind: kind.to_owned(), title: "archives".to_owned(), fields, ..SourceForm::default() };
        Ok((kind == "mbox").then_some(form))
    }

    fn form(&self, name: &str) -> OfficeResult<Option<SourceForm>> {
        let known = self.inside().sources.iter().any(|source| source == name);
        let form = self.new_form("mbox", Some("mail"))?.filter(|_| known);
        Ok(form.map(|form| SourceForm { name: name.to_owned(), seen: "as it was".to_owned(), ..form }))
    }

    fn test(&self, draft: &Draft) -> OfficeResult<Trial> {
        let path = draft.values.iter().find(|(name, _)| name == "path").map(|(_, path)| path.as_str());
        match path {
            Some("mail") => Ok(Trial { well: true, said: vec!["It can be read. 4 items held 4 messages.".to_owned()] }),
            _ => Err(OfficeError::Wrong(Fault { field: Some("path".into()), ..Fault::new("cannot read that path") })),
        }
    }

    fn put_source(&self, draft: &Draft) -> OfficeResult<()> {
        self.test(draft)?;
        let mut inside = self.inside();
        match draft.seen.as_str() {
            "" => inside.sources.push(draft.name.clone()),
            "as it was" => {}
            _ => return Err(OfficeError::Faster),
        }
        Ok(())
    }

    fn remove_source(&self, name: &str, _: &str) -> OfficeResult<()> {
        self.inside().sources.retain(|source| source != name);
        Ok(())
    }

    fn sync(&self, names: &[String], who: &str) -> OfficeResult<()> {
        let mut inside = self.inside();
        if inside.sync.state == SyncState::Running {
            return Err(OfficeError::Busy("a sync that ada started is under way".to_owned()));
        }
        inside.looks = 0;
        inside.sync = SyncView {
            state: SyncState::Running,
            sources: names.to_vec(),
            who: who.to_owned(),
            since: Some(NOW),
            step: "mail".to_owned(),
            done: 1,
            total: 4,
            words: "1 new item".to_owned(),
            ..SyncView::default()
        };
        Ok(())
    }

    fn erase(&self, person: &str, who: &str) -> OfficeResult<()> {
        let mut inside = self.inside();
        inside.looks = 0;
        let (state, sources) = (SyncState::Running, vec![person.to_owned()]);
        inside.sync =
            SyncView { state, erases: true, sources, who: who.to_owned(), since: Some(NOW), ..SyncView::default() };
        Ok(())
    }

    fn stop_sync(&self) -> OfficeResult<bool> {
        let mut inside = self.inside();
        let running = inside.sync.state == SyncState::Running;
        if running {
            inside.sync.state = SyncState::Stopped;
        }
        Ok(running)
    }

    fn syncing(&self) -> SyncView {
        let mut inside = self.inside();
        inside.looks += 1;
        if inside.sync.state == SyncState::Running && inside.looks > 2 {
            inside.sync.state = SyncState::Done;
            inside.sync.ended = Some(NOW);
            inside.sync.said = vec!["mail: 4 new items".to_owned()];
        }
        inside.sync.clone()
    }

    fn sections(&self) -> OfficeResult<Vec<SectionLine>> {
        let line = |name: &str| SectionLine {
            name: name.to_owned(),
            title: name.to_owned(),
            about: format!("All about {name}."),
            now: "as it was".to_owned(),
        };
        Ok(["support", "alerts", "server"].map(line).into())
    }

    fn section(&self, name: &str) -> OfficeResult<Option<SectionView>> {
        let first = Field {
            name: "promise.first_response".into(),
            title: "First response".into(),
            value: "2d".into(),
            ..Field::default()
        };
        Ok(["support", "alerts", "server"].contains(&name).then(|| SectionView {
            name: name.to_owned(),
            title: "Support".to_owned(),
            about: "What is promised.".to_owned(),
            counts: "A change counts at once.".to_owned(),
            groups: vec![FieldGroup { title: "Promises".to_owned(), about: String::new(), fields: vec![first] }],
            text: self.inside().text.clone(),
            example: String::new(),
            seen: "as it was".to_owned(),
            keys: vec!["promise".to_owned()],
        }))
    }

    fn put_values(&self, _: &str, values: &Values, _: &str) -> OfficeResult<()> {
        match values.iter().any(|(_, value)| value == "soon") {
            true => Err(OfficeError::Wrong(Fault {
                field: Some("promise.first_response".into()),
                ..Fault::new("write a time, as \"2d\"")
            })),
            false => Ok(()),
        }
    }

    fn put_text(&self, _: &str, text: &str, seen: &str) -> OfficeResult<()> {
        if seen != "as it was" {
            return Err(OfficeError::Faster);
        }
        if text.contains("= =") {
            return Err(OfficeError::Wrong(Fault {
                line: Some(2),
                column: Some(9),
                ..Fault::new("a value is missing")
            }));
        }
        self.inside().text = text.to_owned();
        Ok(())
    }

    fn alerts(&self, _: usize) -> OfficeResult<AlertsView> {
        let text = |text: &str| text.to_owned();
        let rule = AlertRuleView {
            name: text("late"),
            when: text("promise broken"),
            to: vec![text("webhook:bot")],
            at: text("at once"),
            ..AlertRuleView::default()
        };
        Ok(AlertsView { rules: vec![rule], targets: vec![text("webhook:bot")], ..AlertsView::default() })
    }

    fn test_alert(&self, target: &str) -> OfficeResult<()> {
        if target == "webhook:bot" { Ok(()) } else { Err(OfficeError::wrong("there is no such target")) }
    }

    fn stop_alerts(&self, _: &str, _: bool, _: &str) -> OfficeResult<()> {
        Ok(())
    }

    fn send_again(&self, _: i64) -> OfficeResult<()> {
        Err(OfficeError::Missing("nothing of this number failed".to_owned()))
    }

    fn tables(&self) -> OfficeResult<Vec<ExportTable>> {
        Ok(vec![ExportTable {
            name: "messages".into(),
            about: "a text that somebody posted".into(),
            rows: 4,
            bytes: 999,
        }])
    }

    fn export(&self, table: &str, format: &str, out: &mut (dyn Write + Send)) -> OfficeResult<()> {
        let all = format!("{table} as {format}\n").repeat(100_000);
        out.write_all(all.as_bytes()).map_err(|error| OfficeError::Failed(error.to_string()))
    }

    fn export_desk(&self, out: &mut (dyn Write + Send)) -> OfficeResult<()> {
        out.write_all(b"SQLite").map_err(|error| OfficeError::Failed(error.to_string()))
    }
}
