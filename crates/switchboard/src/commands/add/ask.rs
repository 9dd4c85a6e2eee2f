//! Questions to somebody at a terminal.

use std::cell::RefCell;
use std::io::{BufRead, stdin};
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::section;
use crate::printer::Printer;

/// Asks on stderr and reads the answers.
pub struct Ask<'a> {
    printer: &'a Printer,
    answers: RefCell<Box<dyn BufRead>>,
}

impl<'a> Ask<'a> {
    /// Reads answers from stdin.
    pub fn new(printer: &'a Printer) -> Self {
        Ask { printer, answers: RefCell::new(Box::new(stdin().lock())) }
    }

    /// The file, folder or repository to add.
    pub fn path(&self) -> Result<PathBuf> {
        self.until("File, folder or repository to collect from", "", |answer| {
            let path = PathBuf::from(home(answer));
            path.metadata().map(|_| path).map_err(|error| format!("cannot read {answer}: {error}"))
        })
    }

    /// What to call a source.
    pub fn name(&self, proposed: &str) -> Result<String> {
        self.until("What to call it", proposed, section::name)
    }

    /// One of several, by its number from 1.
    pub fn number(&self, count: usize) -> Result<usize> {
        self.until(&format!("Which one (1 to {count})"), "1", |answer| {
            let number = answer.parse().ok().filter(|number| (1..=count).contains(number));
            number.ok_or_else(|| format!("write a number from 1 to {count}"))
        })
    }

    /// Yes or no.
    pub fn yes(&self, question: &str) -> Result<bool> {
        self.until(question, "yes", |answer| match answer.to_lowercase().as_str() {
            "y" | "yes" => Ok(true),
            "n" | "no" => Ok(false),
            _ => Err("write yes or no".to_owned()),
        })
    }

    /// Asks until `read` understands the answer; an empty one stands for `proposed`.
    fn until<T>(&self, question: &str, proposed: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<T> {
        let proposal = if proposed.is_empty() { String::new() } else { format!(" [{proposed}]") };
        loop {
            self.printer.prompt(format_args!("{question}{proposal}: "));
            let mut line = String::new();
            if self.answers.borrow_mut().read_line(&mut line)? == 0 {
                bail!("nothing was added: there was no answer");
            }
            let answer = if line.trim().is_empty() { proposed } else { line.trim() };
            match read(answer) {
                Ok(value) => return Ok(value),
                Err(message) => self.printer.prompt(format_args!("{message}\n")),
            }
        }
    }
}

/// `~/` as a shell would read it: nobody's shell reads an answer.
fn home(path: &str) -> String {
    let home = std::env::var("HOME").ok().filter(|home| !home.is_empty());
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => format!("{home}/{rest}"),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Global;

    #[test]
    fn a_question_is_asked_until_it_is_answered() {
        let global =
            Global { workspace: None, quiet: true, verbose: false, no_progress: true, json: false, reports: false };
        let printer = Printer::new(&global);
        let ask = |text: &'static str| Ask { printer: &printer, answers: RefCell::new(Box::new(text.as_bytes())) };
        assert_eq!(ask("\n").name("slack").expect("answered"), "slack");
        assert_eq!(ask("a b\nmine\n").name("slack").expect("answered"), "mine");
        assert_eq!(ask("7\nx\n2\n").number(3).expect("answered"), 2);
        assert!(!ask("maybe\nNo\n").yes("Add it?").expect("answered"));
        assert!(ask("").yes("Add it?").is_err());
    }
}
