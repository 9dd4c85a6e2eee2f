//! Files that are made while they are sent: however large, only some pieces of them are in memory.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::Role;
use futures::stream;
use tokio::sync::mpsc;

use crate::asking::Asking;
use crate::failure::Failure;
use crate::office::{Office, OfficeResult};
use crate::room::Room;
use crate::router::App;

/// Bytes that are sent at once.
const PIECE: usize = 64 << 10;
/// Pieces that wait for a browser which is slower than we are.
const AHEAD: usize = 8;

/// Sends what `write` writes as a file (its name and its kind) to somebody who has at least the role `least`, once
/// `allowed` has said so. Where writing fails in the middle, the connection breaks, so that nobody takes a part for the whole.
pub(crate) async fn reply(
    app: &App,
    asking: Asking,
    least: Role,
    (name, kind): (&str, &'static str),
    allowed: impl FnOnce(&Room<'_>) -> Result<(), Failure> + Send + 'static,
    write: impl FnOnce(&dyn Office, &mut (dyn Write + Send)) -> OfficeResult<()> + Send + 'static,
) -> Response {
    if let Err(failure) = asking.visitor.needs(least) {
        return failure.reply(app, &asking);
    }
    let Some(turn) = app.turn().await else { return Failure::Busy.reply(app, &asking) };
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(AHEAD);
    let (service, visitor) = (app.service.clone(), asking.visitor.clone());
    let (ready, is_ready) = tokio::sync::oneshot::channel();
    let work = move || {
        let room = Room { answers: &*service.answers, service: &service, visitor: &visitor };
        let office = match allowed(&room).and_then(|()| room.office()) {
            Ok(office) => office,
            Err(failure) => return drop(ready.send(Err(failure))),
        };
        if ready.send(Ok(())).is_err() {
            return;
        }
        // A slow line must not keep the pages from being made.
        drop(turn);
        let mut pieces = Pieces { sender, waiting: Vec::with_capacity(PIECE) };
        let written = write(office, &mut pieces).map_err(|error| io::Error::other(error.to_string()));
        if let Err(error) = written.and_then(|()| pieces.flush()) {
            tracing::warn!("a download ended before its end: {error}");
            // Nobody is left to be told if the browser has gone.
            let _ = pieces.sender.blocking_send(Err(error));
        }
    };
    drop(tokio::task::spawn_blocking(work));
    match is_ready.await.unwrap_or(Err(Failure::Broken)) {
        Ok(()) => {
            let next =
                |mut receiver: mpsc::Receiver<_>| async move { receiver.recv().await.map(|piece| (piece, receiver)) };
            let body = Body::from_stream(stream::unfold(receiver, next));
            let place = format!("attachment; filename=\"{name}\"");
            ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, place)], body).into_response()
        }
        Err(failure) => {
            failure.note("a file could not be made");
            failure.reply(app, &asking)
        }
    }
}

struct Pieces {
    sender: mpsc::Sender<io::Result<Bytes>>,
    waiting: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.waiting, Vec::with_capacity(PIECE)));
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "whoever asked for it has gone");
        self.sender.blocking_send(Ok(piece)).map_err(gone)
    }
}
