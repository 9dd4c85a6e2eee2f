//! An answer as it comes in, and the threads it is worked out on.

use std::future::Future;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use datafusion::execution::SendableRecordBatchStream;
use futures::channel::{mpsc, oneshot};
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
    // The query runs on these for as long as the answer is read.
    _threads: Arc<Threads>,
}

/// An answer that just stops coming is told apart from one that has ended.
enum Part {
    Rows(RecordBatch),
    Failed(EngineError),
    End,
}

impl Answer {
    /// Runs `start` and then the stream it gives; returns when the query is planned.
    pub(crate) fn start(
        threads: Arc<Threads>,
        start: impl Future<Output = Result<SendableRecordBatchStream>> + Send + 'static,
    ) -> Result<Answer> {
        let runtime = threads.0.as_ref().ok_or(EngineError::Stopped)?;
        let (planned, plan) = oneshot::channel();
        let (sender, parts) = mpsc::channel(WAITING);
        let task = runtime.spawn(async move {
            match start.await {
                Ok(stream) => {
                    if planned.send(Ok(stream.schema())).is_ok() {
                        run(stream, sender).await;
                    }
                }
                // Nobody is there to hear it when this fails.
                Err(error) => drop(planned.send(Err(error))),
            }
        });
        let schema = block_on(plan).map_err(|_| EngineError::Stopped)??;
        Ok(Answer { schema, parts, ended: false, task: task.abort_handle(), _threads: threads })
    }

    /// The columns.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
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
            None => Some(Err(EngineError::Stopped)),
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
