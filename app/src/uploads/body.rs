//! The body of one request, cut into parts while it arrives.

use std::convert::Infallible;
use std::pin::Pin;
use std::time::Duration;

use aws_lc_rs::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use bytes::Bytes;
use futures::stream::Fuse;
use futures::{Stream, StreamExt as _};

/// How much of a refused body is read all the same, and for how long.
const DRAIN: usize = 64 * 1024 * 1024;
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// What the sender says the bytes of a request add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// SHA-1: what the protocol asks for; against a bad line, not against a bad sender.
    Sha1(Vec<u8>),
    /// SHA-256.
    Sha256(Vec<u8>),
}

impl Checksum {
    fn context(&self) -> Context {
        match self {
            Self::Sha1(_) => Context::new(&SHA1_FOR_LEGACY_USE_ONLY),
            Self::Sha256(_) => Context::new(&SHA256),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Sha1(bytes) | Self::Sha256(bytes) => bytes,
        }
    }
}

/// A body with what is left of the chunk that was begun.
pub(super) struct Body<S: Stream> {
    stream: Pin<Box<Fuse<S>>>,
    rest: Bytes,
    sum: Option<(Checksum, Context)>,
    /// The sender broke off; what came before is kept.
    broken: bool,
}

impl<S, E> Body<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: std::fmt::Display,
{
    pub(super) fn new(stream: S, checksum: Option<Checksum>) -> Self {
        let sum = checksum.map(|checksum| {
            let context = checksum.context();
            (checksum, context)
        });
        Self { stream: Box::pin(stream.fuse()), rest: Bytes::new(), sum, broken: false }
    }

    /// The sender broke off.
    pub(super) const fn is_broken(&self) -> bool {
        self.broken
    }

    async fn fill(&mut self) -> bool {
        while self.rest.is_empty() && !self.broken {
            match self.stream.next().await {
                Some(Ok(chunk)) => self.rest = chunk,
                Some(Err(cause)) => {
                    tracing::info!(%cause, "an upload in parts was interrupted");
                    self.broken = true;
                }
                None => return false,
            }
        }
        !self.rest.is_empty()
    }

    /// Whether there is more to read.
    pub(super) async fn has_more(&mut self) -> bool {
        self.fill().await
    }

    async fn next(&mut self, most: usize) -> Option<Bytes> {
        if most == 0 || !self.fill().await {
            return None;
        }
        let chunk = self.rest.split_to(self.rest.len().min(most));
        if let Some((_, context)) = &mut self.sum {
            context.update(&chunk);
        }
        Some(chunk)
    }

    /// At most so many of the bytes that follow. A sender who breaks off ends them.
    pub(super) fn part(&mut self, most: usize) -> impl Stream<Item = Result<Bytes, Infallible>> {
        futures::stream::unfold((self, most), |(body, most)| async move {
            let chunk = body.next(most).await?;
            let left = most - chunk.len();
            Some((Ok(chunk), (body, left)))
        })
    }

    /// Reads and throws away what a refused sender still sends, so that they see the answer and not a broken line.
    pub(super) async fn drain(&mut self) {
        let all = async {
            let mut seen = 0;
            while seen < DRAIN && self.fill().await {
                seen += self.rest.len();
                self.rest.clear();
            }
        };
        let _ = tokio::time::timeout(DRAIN_TIME, all).await;
    }

    /// Whether a checksum was announced: then nothing counts before it is right.
    pub(super) const fn is_checked(&self) -> bool {
        self.sum.is_some()
    }

    /// Whether the bytes that were read add up to what was announced.
    pub(super) fn adds_up(&self) -> bool {
        let right = |(checksum, context): &(Checksum, Context)| context.clone().finish().as_ref() == checksum.bytes();
        self.sum.as_ref().is_none_or(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(body: &mut Body<impl Stream<Item = Result<Bytes, String>>>, most: usize) -> Vec<u8> {
        let chunks: Vec<Bytes> = body.part(most).map(|chunk| chunk.unwrap()).collect().await;
        chunks.concat()
    }

    #[tokio::test]
    async fn a_body_is_cut_where_parts_end_and_keeps_what_came_before_the_line_broke() {
        let chunks = vec![Ok(Bytes::from("abcd")), Ok(Bytes::new()), Ok(Bytes::from("efgh")), Err("gone".to_owned())];
        let sum = aws_lc_rs::digest::digest(&SHA1_FOR_LEGACY_USE_ONLY, b"abcdefgh").as_ref().to_vec();
        let mut body = Body::new(futures::stream::iter(chunks), Some(Checksum::Sha1(sum)));
        assert_eq!(read(&mut body, 3).await, b"abc");
        assert!(!body.adds_up() && body.has_more().await && !body.is_broken());
        assert_eq!(read(&mut body, 4).await, b"defg");
        assert_eq!(read(&mut body, 9).await, b"h");
        assert!(body.is_broken() && body.adds_up() && !body.has_more().await);
    }
}
