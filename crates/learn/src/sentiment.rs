//! The sentiment of technical text: [`text::sentiment()`].
//!
//! Data: `labels/sentiment-stackoverflow-train.csv` (Senti4SD), split by [`crate::split`].

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use text::linear::write;
use text::sentiment::{Feeling, features};

use crate::Figure;
use crate::linear::{Example, Recipe, fit, sure};
use crate::measure::{interval, macro_f1};
use crate::split::{CHOICE, TEST, part};

const LABELS: &str = "labels/sentiment-stackoverflow-train.csv";
const MODEL: &str = "crates/text/models/sentiment.bin";
const RECIPE: Recipe = Recipe { passes: 8, rate: 0.15, decay: 1e-5 };

struct Post {
    text: String,
    class: usize,
}

fn posts(data: &Path) -> Result<Vec<Post>> {
    let file = fs::read_to_string(data.join(LABELS)).with_context(|| format!("cannot read {LABELS}"))?;
    let mut posts = Vec::new();
    for (number, line) in file.lines().enumerate() {
        let mut cells = line.splitn(3, ';').skip(1);
        let class = cells.next().and_then(|name| ["negative", "neutral", "positive"].iter().position(|it| *it == name));
        let (Some(class), Some(text)) = (class, cells.next()) else {
            anyhow::bail!("line {} of {LABELS} is not id;polarity;text", number + 1);
        };
        posts.push(Post { text: unquote(text), class });
    }
    Ok(posts)
}

fn unquote(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.map_or_else(|| text.to_owned(), |inner| inner.replace("\"\"", "\""))
}

/// Macro F1 of what is shipped.
pub(crate) fn eval(data: &Path) -> Result<Vec<Figure>> {
    let posts = posts(data)?;
    let judge = |post: &Post| (post.class, text::sentiment(&post.text).feeling as usize);
    let pairs: Vec<_> = posts.iter().filter(|post| part(&post.text) == TEST).map(judge).collect();
    let classes = Feeling::ALL.len();
    Ok(vec![Figure {
        task: "sentiment of technical text",
        measure: "macro F1",
        value: macro_f1(&pairs, classes),
        interval: interval(&pairs, |pairs| macro_f1(pairs, classes)),
        reach: 0.86,
        cases: format!("{} posts", pairs.len()),
    }])
}

/// Fits the model to all parts but the test, and says on stderr what the same recipe reaches on the part it was
/// chosen by.
pub(crate) fn train(data: &Path, checkout: &Path) -> Result<()> {
    let posts = posts(data)?;
    let teacher = teacher()?;
    let examples = |without: u64| -> Vec<Example<3>> {
        let kept = posts.iter().filter(|post| ![TEST, without].contains(&part(&post.text)));
        let labelled = kept.map(|post| Example { bag: features(&post.text), truth: sure(post.class), weight: 1.0 });
        let taught = teacher.iter().map(|(text, truth)| Example { bag: features(text), truth: *truth, weight: 0.3 });
        labelled.chain(taught).collect()
    };
    let (bias, weights) = fit(&examples(CHOICE), RECIPE);
    let file = write(&bias, &weights);
    let model = text::linear::Model::<3>::read(&file).context("the model cannot be read again")?;
    let chosen = posts.iter().filter(|post| part(&post.text) == CHOICE);
    let pairs: Vec<_> =
        chosen.map(|post| (post.class, text::linear::likeliest(&model.judge(&features(&post.text))))).collect();
    eprintln!("{}", macro_f1(&pairs, 3));
    let (bias, weights) = fit(&examples(TEST), RECIPE);
    fs::write(checkout.join(MODEL), write(&bias, &weights)).with_context(|| format!("cannot write {MODEL}"))
}

fn teacher() -> Result<Vec<(String, [f32; 3])>> {
    let Ok(path) = std::env::var("TEACHER") else { return Ok(Vec::new()) };
    let (texts, sums): (Vec<String>, Vec<[f32; 3]>) = serde_json::from_slice(&fs::read(path)?)?;
    Ok(texts.into_iter().zip(sums.into_iter().map(text::linear::softmax)).collect())
}
