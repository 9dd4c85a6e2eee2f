//! Licences of everything that is built: only those under which Switchboard (Apache-2.0) may be given
//! away as one binary.

use spdx::{Expression, Licensee, ParseMode};

use super::Findings;
use super::graph::Graph;

/// Permissive, or weak copyleft by file (MPL-2.0), which asks nothing of the files around it.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
];

pub(crate) fn check(graph: &Graph, findings: &mut Findings) {
    for (name, one) in &graph.crates {
        for (version, licence) in &one.licences {
            if let Err(why) = judge(licence.as_deref()) {
                findings
                    .errors
                    .push(format!("{name} {version}: {why}; replace it or argue for it in xtask/src/tidy/licences.rs"));
            }
        }
    }
}

fn judge(licence: Option<&str>) -> Result<(), String> {
    let licence = licence.ok_or("says nothing about its licence")?;
    // Some still write `MIT/Apache-2.0`.
    let expression = Expression::parse_mode(licence, ParseMode::LAX)
        .map_err(|error| format!("its licence `{licence}` cannot be read ({})", error.reason))?;
    let allowed: Vec<Licensee> = ALLOWED.iter().filter_map(|name| Licensee::parse(name).ok()).collect();
    match expression.evaluate(|needed| allowed.iter().any(|licensee| licensee.satisfies(needed))) {
        true => Ok(()),
        false => Err(format!("its licence `{licence}` is not among those allowed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_allowed_licence_is_known_to_spdx() {
        for name in ALLOWED {
            assert!(Licensee::parse(name).is_ok(), "{name}");
            assert_eq!(judge(Some(name)), Ok(()));
        }
    }

    #[test]
    fn licences_are_judged() {
        let check = |licence: Option<&str>, fine: bool| assert_eq!(judge(licence).is_ok(), fine, "{licence:?}");
        check(Some("MIT/Apache-2.0"), true);
        check(Some("MIT OR Apache-2.0 OR LGPL-2.1-or-later"), true);
        check(Some("(MIT OR Apache-2.0) AND Unicode-3.0"), true);
        check(Some("GPL-3.0-only"), false);
        check(Some("MIT AND AGPL-3.0"), false);
        check(Some("Apache-2.0 WITH Classpath-exception-2.0"), false);
        check(Some("free as in beer"), false);
        check(None, false);
    }
}
