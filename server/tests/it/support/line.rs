//! A line to another server, for what happens when that is away.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

/// A line to a server that can be cut: open connections break, new ones are refused.
pub struct Line {
    pub addr: SocketAddr,
    cut: Arc<AtomicBool>,
    broken: Arc<tokio::sync::Notify>,
}

impl Line {
    pub async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (cut, broken) = (Arc::new(AtomicBool::new(false)), Arc::new(tokio::sync::Notify::new()));
        let (is_cut, breaks) = (cut.clone(), broken.clone());
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let (server, breaks) = (server.clone(), breaks.clone());
                tokio::spawn(async move {
                    let Ok(mut far) = TcpStream::connect(server).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        () = breaks.notified() => {}
                    }
                });
            }
        });
        Self { addr, cut, broken }
    }

    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        self.broken.notify_waiters();
    }

    pub fn mend(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }
}
