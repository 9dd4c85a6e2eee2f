//! Which statements are answered: one query at a time, of a size that can be planned.

use datafusion::sql::parser::{DFParserBuilder, Statement};
use datafusion::sql::sqlparser::ast;
use datafusion::sql::sqlparser::dialect::GenericDialect;
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use crate::hints::explain;
use crate::{EngineError, Place, Result};

/// Words and signs of a query, at most. A plan can be as deep as the query has operators, and planning
/// it recurses: this many fit [`crate::answer::STACK`] three times over. Literals and the commas beside
/// them do not count, so that a list of ids may be long.
const MOST_TOKENS: usize = 2_000;

/// Bytes of a query, at most.
const MOST_BYTES: usize = 4 << 20;

/// Reads the one query in `sql`. Recurses as deep as the query nests: for the engine's threads only.
pub(crate) fn read(sql: &str) -> Result<Statement> {
    let query = |message: &str| EngineError::Query { place: Place::default(), message: message.to_owned() };
    if sql.len() > MOST_BYTES {
        return Err(query("the query is longer than 4 MiB; split it up"));
    }
    let dialect = GenericDialect {};
    let tokens = Tokenizer::new(&dialect, sql).tokenize_with_location();
    let tokens = tokens.map_err(|error| EngineError::Query {
        place: Place(Some((error.location.line, error.location.column))),
        message: error.message.to_lowercase(),
    })?;
    let found = counted(&tokens);
    if found > MOST_TOKENS {
        return Err(EngineError::TooLong { found, most: MOST_TOKENS });
    }
    let parser = DFParserBuilder::new(tokens).with_dialect(&dialect).build();
    let mut statements = parser.and_then(|mut parser| parser.parse_statements()).map_err(explain)?;
    let first = statements.pop_front().ok_or_else(|| query("the query is empty"))?;
    if !statements.is_empty() {
        return Err(query("only one query at a time; leave out what follows the first `;`"));
    }
    if !asks(&first) {
        return Err(EngineError::Refused(first_word(sql)));
    }
    Ok(first)
}

fn counted(tokens: &[TokenWithSpan]) -> usize {
    let (mut count, mut after_literal) = (0, false);
    for token in tokens.iter().map(|token| &token.token) {
        let literal = matches!(token, Token::Number(..) | Token::SingleQuotedString(_));
        match token {
            Token::Whitespace(_) | Token::EOF => continue,
            Token::Comma if after_literal => {}
            _ if literal => {}
            _ => count += 1,
        }
        after_literal = literal;
    }
    count
}

/// Whether a statement only asks. Plans are checked once more: a query can hide an `INSERT` in a `WITH`.
fn asks(statement: &Statement) -> bool {
    match statement {
        Statement::Explain(explain) => asks(&explain.statement),
        Statement::Statement(statement) => matches!(
            **statement,
            ast::Statement::Query(_)
                | ast::Statement::Explain { .. }
                | ast::Statement::ExplainTable { .. }
                | ast::Statement::ShowTables { .. }
                | ast::Statement::ShowColumns { .. }
                | ast::Statement::ShowFunctions { .. }
                | ast::Statement::ShowVariable { .. }
        ),
        _ => false,
    }
}

/// The word that a refused statement begins with, as a person knows it.
pub(crate) fn first_word(sql: &str) -> String {
    let is_letter = |letter: char| letter.is_ascii_alphabetic();
    let start = sql.find(is_letter).unwrap_or(sql.len());
    let word: String = sql[start..].chars().take_while(|letter| is_letter(*letter)).collect();
    word.to_uppercase()
}
