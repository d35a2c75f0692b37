//! What the portal asks of others: it follows nobody, waits for nobody too long, and reads no more than it needs.

use std::time::{Duration, Instant};

use app::outgoing::{Failure, Network, Outgoing};
use axum::http::{Request, Response};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A server that answers every connection with these bytes, and then holds it open.
async fn answering(bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let bytes = bytes.clone();
            tokio::spawn(async move {
                let mut asked = [0; 4096];
                let _ = stream.read(&mut asked).await;
                let _ = stream.write_all(&bytes).await;
                // Until the other side gives up.
                while stream.read(&mut asked).await.is_ok_and(|read| read > 0) {}
            });
        }
    });
    format!("http://{addr}/")
}

fn inside() -> Outgoing {
    Outgoing::new(Network::parse("127.0.0.0/8").into_iter().collect())
}

async fn get(outgoing: &Outgoing, url: &str) -> Result<Response<Vec<u8>>, Failure> {
    outgoing.send(Request::get(url).body(Vec::new()).unwrap()).await
}

#[tokio::test]
async fn an_answer_arrives_whole() {
    let url =
        answering(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-type: text/plain\r\n\r\nhello".to_vec()).await;
    let answer = get(&inside(), &url).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.body().as_slice()), (200, &b"hello"[..]));
    assert_eq!(answer.headers()["content-type"], "text/plain");
}

#[tokio::test]
async fn the_same_address_is_refused_where_the_operator_has_not_opened_the_network() {
    let url = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello".to_vec()).await;
    assert_eq!(get(&Outgoing::new(vec![]), &url).await.map(|_| ()), Err(Failure::Refused));
    let secure = url.replacen("http:", "https:", 1);
    assert_eq!(get(&Outgoing::new(vec![]), &secure).await.map(|_| ()), Err(Failure::Refused));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret".to_vec()).await;
    let text = format!("HTTP/1.1 302 Found\r\nlocation: {other}\r\ncontent-length: 0\r\n\r\n");
    let url = answering(text.into_bytes()).await;
    assert_eq!(get(&inside(), &url).await.map(|_| ()), Err(Failure::Redirected));
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_read() {
    let url = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n".to_vec()).await;
    assert_eq!(get(&inside(), &url).await.map(|_| ()), Err(Failure::TooLarge));
    // And one that does not say so beforehand.
    let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..64 {
        bytes.extend_from_slice(b"4000\r\n");
        bytes.extend(std::iter::repeat_n(b'x', 0x4000));
        bytes.extend_from_slice(b"\r\n");
    }
    let url = answering(bytes).await;
    assert_eq!(get(&inside(), &url).await.map(|_| ()), Err(Failure::TooLarge));
}

#[tokio::test]
async fn who_never_answers_is_not_waited_for_longer_than_a_page_may_take() {
    let url = answering(Vec::new()).await;
    let started = Instant::now();
    assert_eq!(get(&inside(), &url).await.map(|_| ()), Err(Failure::Slow));
    assert!(started.elapsed() < Duration::from_secs(9), "{:?}", started.elapsed());
}

#[tokio::test]
async fn nobody_there_is_said_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(get(&inside(), &url).await.map(|_| ()), Err(Failure::Unreachable));
}
