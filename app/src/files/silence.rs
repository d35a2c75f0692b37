//! Streams that end when nothing comes any more: whoever reads one holds something meanwhile.

use std::time::Duration;

use futures::stream::{self, Stream, StreamExt as _};

/// The same stream; one that says nothing for so long ends with this error. Only while somebody waits for it: who reads
/// slowly may do so.
pub fn until_silent<T, E>(
    limit: Duration,
    stream: impl Stream<Item = Result<T, E>>,
    silent: fn() -> E,
) -> impl Stream<Item = Result<T, E>> {
    stream::unfold(Some(Box::pin(stream)), move |state| async move {
        let mut stream = state?;
        match tokio::time::timeout(limit, stream.next()).await {
            Ok(Some(Ok(item))) => Some((Ok(item), Some(stream))),
            Ok(Some(Err(error))) => Some((Err(error), None)),
            Ok(None) => None,
            Err(_) => Some((Err(silent()), None)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_stream_that_falls_silent_ends_with_an_error() {
        let begun = stream::iter([Ok::<_, &str>(1)]).chain(stream::pending());
        let heard: Vec<_> = until_silent(Duration::from_millis(20), begun, || "silent").collect().await;
        assert_eq!(heard, [Ok(1), Err("silent")]);
    }
}
