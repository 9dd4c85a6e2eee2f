//! Connections, before anything is said on them: how many there may be, and how long one may stand still.
//!
//! What is said is bounded elsewhere: the head of a request by the server's own limits, its body by the guard.

use std::collections::HashMap;
use std::future::{Future, Ready, ready};
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use crate::gate::Gate;

/// Connections at once.
const MOST: usize = 1000;

/// Connections of one machine at once. A browser opens six; people behind one company's address share it.
const MOST_OF_ONE: usize = 200;

/// How long somebody may take no byte of what they asked for. (A connection on which nothing is asked is closed by the
/// time limit for heads of requests.)
const STILL: Duration = Duration::from_secs(30);

/// Lets connections in.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    gate: Gate,
    inside: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Door {
    pub(crate) fn new(gate: Gate) -> Door {
        Door { gate, inside: Arc::default() }
    }

    /// Counts a connection in, if there is room for it.
    fn enter(&self, address: IpAddr) -> io::Result<Inside> {
        let address = address.to_canonical();
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = inside.values().sum();
        let of_one = inside.get(&address).copied().unwrap_or_default();
        // A proxy speaks for many; what sits at this machine is nobody's attack.
        let is_many = address.is_loopback() || self.gate.trusts(address);
        if all >= MOST || (of_one >= MOST_OF_ONE && !is_many) {
            return Err(io::Error::other("too many connections"));
        }
        inside.insert(address, of_one + 1);
        Ok(Inside { door: self.clone(), address })
    }
}

/// One connection that counts.
#[derive(Debug)]
struct Inside {
    door: Door,
    address: IpAddr,
}

impl Drop for Inside {
    fn drop(&mut self) {
        let mut inside = self.door.inside.lock().unwrap_or_else(PoisonError::into_inner);
        match inside.get_mut(&self.address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(inside.remove(&self.address)),
        }
    }
}

impl<S> Accept<TcpStream, S> for Door {
    type Stream = Guest;
    type Service = S;
    type Future = Ready<io::Result<(Guest, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let enter = || {
            let inside = self.enter(stream.peer_addr()?.ip())?;
            // Pages leave in few small writes: waiting to fill a packet would only make them late.
            stream.set_nodelay(true)?;
            Ok((Guest { stream, still: None, _inside: inside }, service))
        };
        ready(enter())
    }
}

/// A connection that is closed when nothing of what we write is taken for too long.
#[derive(Debug)]
pub(crate) struct Guest {
    stream: TcpStream,
    /// Runs while something waits to be taken.
    still: Option<Pin<Box<Sleep>>>,
    _inside: Inside,
}

impl Guest {
    /// Passes on how writing went, and starts or stops the clock.
    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.still = None;
            return written;
        }
        let still = self.still.get_or_insert_with(|| Box::pin(tokio::time::sleep(STILL)));
        match still.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Guest {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Guest {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.watch(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::Network;

    #[test]
    fn one_machine_may_not_take_all_the_room() {
        let proxies = vec![Network::parse("10.0.0.1").unwrap()];
        let door = Door::new(Gate { proxies, ..Gate::default() });
        let stranger: IpAddr = "203.0.113.9".parse().unwrap();
        let held: Vec<Inside> = (0..MOST_OF_ONE).map(|_| door.enter(stranger).unwrap()).collect();
        assert!(door.enter(stranger).is_err());
        assert!(door.enter("203.0.113.10".parse().unwrap()).is_ok());
        let many: Vec<Inside> =
            (0..MOST - MOST_OF_ONE).map(|_| door.enter("10.0.0.1".parse().unwrap()).unwrap()).collect();
        assert!(door.enter("127.0.0.1".parse().unwrap()).is_err());
        drop(many);
        drop(held);
        assert!(door.enter(stranger).is_ok());
        assert!(door.inside.lock().unwrap().is_empty());
    }
}
