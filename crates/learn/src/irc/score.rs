//! How links and conversations are compared, as Kummerfeld et al. (ACL 2019) define it.

use std::collections::{BTreeMap, BTreeSet};

use crate::measure::Counts;

/// Who answers what: pairs of a line and what it answers, itself where it opens a conversation.
pub(crate) type Links = BTreeSet<(u64, u64)>;

/// What one log adds to every measure.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scored {
    /// Links, those of system lines too, as published.
    pub(crate) links: Counts,
    /// Links of people's lines alone.
    pub(crate) said: Counts,
    /// Conversations of two lines or more that are right to the line.
    pub(crate) exact: Counts,
    /// Sizes of true and of found conversations, and of what each two share.
    truth: Vec<usize>,
    found: Vec<usize>,
    shared: Vec<usize>,
    /// Lines that the best matching of conversations puts right.
    matched: usize,
    lines: usize,
}

/// Compares what was found in one log with the truth. Lines before `from` are context and belong to no
/// conversation, though they may join two.
pub(crate) fn score(truth: &Links, found: &Links, from: u64, system: impl Fn(u64) -> bool) -> Scored {
    let links = |counted: &dyn Fn(u64) -> bool| {
        let of = |links: &Links| links.iter().filter(|(line, _)| counted(*line)).count() as u64;
        let right = truth.intersection(found).filter(|(line, _)| counted(*line)).count() as u64;
        Counts { right, wrong: of(found) - right, missed: of(truth) - right }
    };
    let (true_talks, found_talks) = (conversations(truth, from), conversations(found, from));
    let several = |talks: &[BTreeSet<u64>]| talks.iter().filter(|talk| talk.len() > 1).count() as u64;
    let known: BTreeSet<_> = true_talks.iter().collect();
    let right = found_talks.iter().filter(|talk| talk.len() > 1 && known.contains(talk)).count() as u64;
    let exact = Counts { right, wrong: several(&found_talks) - right, missed: several(&true_talks) - right };

    let talk_of: BTreeMap<u64, usize> =
        true_talks.iter().enumerate().flat_map(|(at, talk)| talk.iter().map(move |line| (*line, at))).collect();
    let mut table = vec![BTreeMap::new(); found_talks.len()];
    for (row, talk) in table.iter_mut().zip(&found_talks) {
        for column in talk.iter().filter_map(|line| talk_of.get(line)) {
            *row.entry(*column).or_insert(0) += 1;
        }
    }
    Scored {
        links: links(&|_| true),
        said: links(&|line| !system(line)),
        exact,
        shared: table.iter().flat_map(BTreeMap::values).copied().collect(),
        matched: matched(&table, true_talks.len()),
        lines: found_talks.iter().map(BTreeSet::len).sum(),
        truth: true_talks.iter().map(BTreeSet::len).collect(),
        found: found_talks.iter().map(BTreeSet::len).collect(),
    }
}

/// 1 less the variation of information, as a share of its upper bound: the logarithm of the number of lines
/// (M. Meilă, Comparing Clusterings, 2007).
pub(crate) fn information(logs: &[Scored]) -> f64 {
    let total: usize = logs.iter().map(|log| log.lines).sum();
    let entropy = |sizes: &dyn Fn(&Scored) -> &Vec<usize>| -> f64 {
        let sizes = logs.iter().flat_map(sizes);
        sizes.map(|size| *size as f64 / total as f64).map(|share| -share * share.log2()).sum()
    };
    let (truth, found, both) = (entropy(&|log| &log.truth), entropy(&|log| &log.found), entropy(&|log| &log.shared));
    1.0 - (2.0 * both - truth - found) / (total as f64).log2()
}

/// The share of lines that are right when each found conversation is matched with at most one true one.
pub(crate) fn one_to_one(logs: &[Scored]) -> f64 {
    let sum = |of: fn(&Scored) -> usize| logs.iter().map(of).sum::<usize>() as f64;
    sum(|log| log.matched) / sum(|log| log.lines)
}

/// The connected components of links, without lines before `from`.
fn conversations(links: &Links, from: u64) -> Vec<BTreeSet<u64>> {
    let mut root: BTreeMap<u64, u64> = links.iter().flat_map(|(a, b)| [(*a, *a), (*b, *b)]).collect();
    let find = |root: &BTreeMap<u64, u64>, mut line: u64| {
        while let Some(up) = root.get(&line).filter(|up| **up != line) {
            line = *up;
        }
        line
    };
    for (a, b) in links {
        let (a, b) = (find(&root, *a), find(&root, *b));
        root.insert(a.max(b), a.min(b));
    }
    let mut talks: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    for line in root.keys().filter(|line| **line >= from) {
        talks.entry(find(&root, *line)).or_default().insert(*line);
    }
    talks.into_values().collect()
}

/// The greatest sum of a matching of rows with columns (the method of shortest augmenting paths with
/// potentials; H. Kuhn 1955, J. Munkres 1957).
fn matched(table: &[BTreeMap<usize, usize>], columns: usize) -> usize {
    let size = table.len().max(columns);
    let gain = |row: usize, column: usize| table.get(row).and_then(|row| row.get(&column)).copied().unwrap_or(0);
    // Row and column 0 stand for "not matched yet".
    let (mut of_row, mut of_column) = (vec![0_i64; size + 1], vec![0_i64; size + 1]);
    let mut row_of = vec![0; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let (mut least, mut came) = (vec![i64::MAX; size + 1], vec![0; size + 1]);
        let mut done = vec![false; size + 1];
        let mut column = 0;
        while row_of[column] != 0 {
            done[column] = true;
            let (from, mut step, mut next) = (row_of[column], i64::MAX, 0);
            for to in (1..=size).filter(|to| !done[*to]) {
                let cost = -(gain(from - 1, to - 1) as i64) - of_row[from] - of_column[to];
                if cost < least[to] {
                    (least[to], came[to]) = (cost, column);
                }
                if least[to] < step {
                    (step, next) = (least[to], to);
                }
            }
            for to in 0..=size {
                if done[to] {
                    of_row[row_of[to]] += step;
                    of_column[to] -= step;
                } else {
                    least[to] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[came[column]];
            column = came[column];
        }
    }
    (1..=size).map(|column| gain(row_of[column] - 1, column - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(truth: &[(u64, u64)], found: &[(u64, u64)]) -> Scored {
        score(&truth.iter().copied().collect(), &found.iter().copied().collect(), 10, |line| line == 10)
    }

    #[test]
    fn equal_links_are_all_right() {
        let links = [(10, 10), (11, 11), (12, 11), (13, 3)];
        let scored = check(&links, &links);
        assert_eq!(scored.links, Counts { right: 4, wrong: 0, missed: 0 });
        assert_eq!(scored.said.right, 3);
        assert_eq!(scored.exact, Counts { right: 1, wrong: 0, missed: 0 });
        assert!((information(std::slice::from_ref(&scored)) - 1.0).abs() < 1e-12);
        assert_eq!(one_to_one(&[scored]), 1.0);
    }

    #[test]
    fn a_conversation_torn_in_two() {
        let truth = [(11, 11), (12, 11), (13, 12), (14, 13)];
        let scored = check(&truth, &[(11, 11), (12, 11), (13, 13), (14, 13)]);
        assert_eq!(scored.links, Counts { right: 3, wrong: 1, missed: 1 });
        assert_eq!(scored.exact, Counts { right: 0, wrong: 2, missed: 1 });
        // One bit is lost of the two that four lines can hold; half of the lines are matched.
        assert!((information(std::slice::from_ref(&scored)) - 0.5).abs() < 1e-12);
        assert_eq!(one_to_one(&[scored]), 0.5);
    }

    #[test]
    fn lines_of_the_context_join_but_do_not_count() {
        let scored = check(&[(11, 3), (12, 3), (13, 13)], &[(11, 3), (12, 3), (13, 13)]);
        assert_eq!(scored.exact, Counts { right: 1, wrong: 0, missed: 0 });
        assert_eq!(scored.lines, 3);
    }

    #[test]
    fn the_matching_is_the_best_and_not_the_greedy_one() {
        // Taking the 3 first would leave 0 for the other: 3; the best is 2 + 2.
        let table = [BTreeMap::from([(0, 3), (1, 2)]), BTreeMap::from([(0, 2)])];
        assert_eq!(matched(&table, 2), 4);
        assert_eq!(matched(&table, 3), 4);
        assert_eq!(matched(&[], 2), 0);
    }
}
