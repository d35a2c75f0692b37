//! A line to another server, for what happens when that is away.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};

/// A line to a server that can be cut: open connections break, new ones are refused. Or held: it takes what is sent and
/// says nothing, like a network that swallows packets; what it took arrives when it is mended.
pub struct Line {
    pub addr: SocketAddr,
    cut: Arc<AtomicBool>,
    broken: Arc<Notify>,
    held: watch::Sender<bool>,
}

impl Line {
    pub async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (cut, broken) = (Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
        let (is_cut, breaks) = (cut.clone(), broken.clone());
        let (held, is_held) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let (server, breaks, is_held) = (server.clone(), breaks.clone(), is_held.clone());
                tokio::spawn(async move {
                    let Ok(far) = TcpStream::connect(server).await else { return };
                    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                    let there = pass(near_in, far_out, is_held.clone());
                    let back = pass(far_in, near_out, is_held);
                    tokio::select! {
                        _ = async { tokio::try_join!(there, back) } => {}
                        () = breaks.notified() => {}
                    }
                });
            }
        });
        Self { addr, cut, broken, held }
    }

    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        self.broken.notify_waiters();
    }

    pub fn hold(&self) {
        self.held.send_replace(true);
    }

    pub fn mend(&self) {
        self.cut.store(false, Ordering::SeqCst);
        self.held.send_replace(false);
    }
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut held: watch::Receiver<bool>) -> io::Result<()> {
    let mut bytes = vec![0; 64 * 1024];
    loop {
        let count = from.read(&mut bytes).await?;
        let released = held.wait_for(|held| !held).await.is_ok();
        if count == 0 || !released {
            return to.shutdown().await;
        }
        to.write_all(&bytes[..count]).await?;
    }
}
