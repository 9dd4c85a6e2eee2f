//! An answer as it comes in, and the threads it is worked out on.

use std::future::Future;
use std::sync::{Arc, mpsc as std_mpsc};
use std::thread;
use std::time::Duration;

use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use datafusion::execution::SendableRecordBatchStream;
use futures::channel::mpsc;
use futures::executor::block_on;
use futures::{SinkExt, StreamExt};
use tokio::runtime::Runtime;
use tokio::task::AbortHandle;

use crate::hints::explain;
use crate::{EngineError, Result};

/// Batches that wait to be taken: the query works on the next while the caller writes one.
const WAITING: usize = 1;

/// Planning recurses as deep as a query nests, by some 20 KiB a level in an unoptimised build; how deep
/// that can be is bounded by [`crate::statement`]. Only what is touched becomes memory.
pub(crate) const STACK: usize = 128 << 20;

/// The engine's own threads. Callers may be threads of another runtime: nothing is entered, they only
/// wait on channels.
pub(crate) struct Threads(Option<Runtime>);

impl Threads {
    pub(crate) fn start(threads: usize) -> Result<Threads> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads.max(1))
            // These only read files.
            .max_blocking_threads(threads.max(2))
            .thread_stack_size(STACK)
            .thread_name("engine")
            .build()?;
        Ok(Threads(Some(runtime)))
    }
}

impl Drop for Threads {
    /// Does not wait, so that an engine may be dropped on any thread.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// The rows of an answer, in batches, as they are worked out. Dropped early, the query is stopped.
pub struct Answer {
    schema: SchemaRef,
    parts: mpsc::Receiver<Part>,
    ended: bool,
    task: AbortHandle,
    // Gone with the answer, which tells the watch that nobody waits any more.
    _watch: Option<std_mpsc::Sender<()>>,
    // The query runs on these for as long as the answer is read.
    _threads: Arc<Threads>,
}

/// An answer that just stops coming is told apart from one that has ended.
enum Part {
    Planned(SchemaRef),
    Rows(RecordBatch),
    Failed(EngineError),
    End,
}

impl Answer {
    /// Runs `start` and then the stream it gives, for no longer than `limit`; returns when the query is planned.
    pub(crate) fn start(
        threads: Arc<Threads>,
        limit: Option<Duration>,
        start: impl Future<Output = Result<SendableRecordBatchStream>> + Send + 'static,
    ) -> Result<Answer> {
        let runtime = threads.0.as_ref().ok_or(EngineError::Stopped)?;
        let (mut sender, mut parts) = mpsc::channel(WAITING);
        let late = sender.clone();
        let task = runtime.spawn(async move {
            match start.await {
                Ok(stream) => {
                    if sender.send(Part::Planned(stream.schema())).await.is_ok() {
                        run(stream, sender).await;
                    }
                }
                // Nobody is there to hear it when this fails.
                Err(error) => drop(sender.send(Part::Failed(error)).await),
            }
        });
        let task = task.abort_handle();
        let watch = limit.map(|limit| watch(limit, task.clone(), late)).transpose()?;
        match block_on(parts.next()) {
            Some(Part::Planned(schema)) => {
                Ok(Answer { schema, parts, ended: false, task, _watch: watch, _threads: threads })
            }
            Some(Part::Failed(error)) => Err(error),
            _ => Err(EngineError::Stopped),
        }
    }

    /// The columns.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// Stops a query that is not read to its end in time. A thread of its own: the engine's may all be at work.
fn watch(limit: Duration, task: AbortHandle, mut late: mpsc::Sender<Part>) -> Result<std_mpsc::Sender<()>> {
    let (watched, gone) = std_mpsc::channel();
    let wait = move || {
        if gone.recv_timeout(limit) == Err(std_mpsc::RecvTimeoutError::Timeout) {
            task.abort();
            // Nobody is there to hear it when this fails.
            let _ = block_on(late.send(Part::Failed(EngineError::TooSlow(limit.as_secs()))));
        }
    };
    thread::Builder::new().name("watch".to_owned()).spawn(wait).map_err(|_| EngineError::Stopped)?;
    Ok(watched)
}

async fn run(mut stream: SendableRecordBatchStream, mut sender: mpsc::Sender<Part>) {
    while let Some(batch) = stream.next().await {
        let part = batch.map_or_else(|error| Part::Failed(explain(error)), Part::Rows);
        let failed = matches!(part, Part::Failed(_));
        if sender.send(part).await.is_err() || failed {
            return;
        }
    }
    // The receiver may be gone by now: then nobody needs to know.
    let _ = sender.send(Part::End).await;
}

impl Iterator for Answer {
    type Item = Result<RecordBatch>;

    /// Waits for the next rows. After an error there are no more.
    fn next(&mut self) -> Option<Result<RecordBatch>> {
        if self.ended {
            return None;
        }
        let next = match block_on(self.parts.next()) {
            Some(Part::Rows(batch)) => return Some(Ok(batch)),
            Some(Part::Failed(error)) => Some(Err(error)),
            Some(Part::End) => None,
            Some(Part::Planned(_)) | None => Some(Err(EngineError::Stopped)),
        };
        self.ended = true;
        next
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
