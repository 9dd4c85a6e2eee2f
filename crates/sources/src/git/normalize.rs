//! A raw commit to activities and identities: the work of [`crate::commit`].

use source::{Context, Normalizer, OptionsError};

use super::config::GitOptions;
use crate::commit;

/// Gives the function that turns a commit into rows.
pub fn normalizer(context: &Context) -> Result<Normalizer, OptionsError> {
    let (options, _) = GitOptions::with_branches(context)?;
    let source = context.source.clone();
    let channel = options.channel.unwrap_or_else(|| source.clone());
    Ok(Box::new(move |item, rows| commit::read(&source, &channel, &item.id, &item.bytes, rows)))
}
