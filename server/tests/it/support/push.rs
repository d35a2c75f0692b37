//! A push service of our own on loopback, and phones that read what it carries as RFC 8291 says.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::Value;

use super::{Answer, Browser};

/// What the portal sent.
#[derive(Clone, Debug)]
pub struct Message {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Message {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The claims of the token it came with, and the key that has signed it (RFC 8292).
    pub fn claims(&self) -> (Value, String) {
        let (token, key) = self.header("authorization").strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let (head, claims) = signed.split_once('.').unwrap();
        let json = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        assert_eq!(json(head), serde_json::json!({"typ": "JWT", "alg": "ES256"}));
        let verifier = VerifyingKey::from_sec1_bytes(&URL_SAFE_NO_PAD.decode(key).unwrap()).unwrap();
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        verifier.verify(signed.as_bytes(), &signature).unwrap();
        (json(claims), key.to_owned())
    }
}

#[derive(Default)]
struct Inner {
    taken: Vec<Message>,
    /// What it answers next; 201 when it was told nothing.
    next: VecDeque<(u16, &'static str)>,
}

/// The push service.
#[derive(Clone)]
pub struct PushService {
    pub origin: String,
    inner: Arc<Mutex<Inner>>,
}

async fn take(State(inner): State<Arc<Mutex<Inner>>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let mut inner = inner.lock().unwrap();
    inner.taken.push(Message { path: uri.path().to_owned(), headers, body: body.to_vec() });
    let (status, after) = inner.next.pop_front().unwrap_or((201, ""));
    let mut response = StatusCode::from_u16(status).unwrap().into_response();
    if !after.is_empty() {
        response.headers_mut().insert("retry-after", after.parse().unwrap());
    }
    response
}

impl PushService {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let inner: Arc<Mutex<Inner>> = Arc::default();
        let router = Router::new().fallback(take).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { origin, inner }
    }

    /// What it answers the next message with, and how many seconds to wait.
    pub fn answers(&self, status: u16, after: &'static str) {
        self.inner.lock().unwrap().next.push_back((status, after));
    }

    /// Everything since the last time.
    pub fn taken(&self) -> Vec<Message> {
        std::mem::take(&mut self.inner.lock().unwrap().taken)
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> [u8; N] {
    let mut out = [0; N];
    Salt::new(HKDF_SHA256, salt).extract(secret).expand(info, Length(N)).unwrap().fill(&mut out).unwrap();
    out
}

/// A browser's half of a subscription.
pub struct Phone {
    private: PrivateKey,
    public: Vec<u8>,
    auth: [u8; 16],
    pub endpoint: String,
}

impl Phone {
    pub fn at(service: &PushService, name: &str) -> Self {
        let private = PrivateKey::generate(&ECDH_P256).unwrap();
        let public = private.compute_public_key().unwrap().as_ref().to_vec();
        let auth = rand::random();
        Self { private, public, auth, endpoint: format!("{}/send/{name}", service.origin) }
    }

    pub fn p256dh(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.public)
    }

    pub fn auth(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.auth)
    }

    /// Switches it on, as the script of the page of notifications does.
    pub async fn subscribe(&self, browser: &mut Browser) -> Answer {
        let key = browser.get("/account/notifications").await.field("key");
        let (p256dh, auth) = (self.p256dh(), self.auth());
        let form = [("endpoint", self.endpoint.as_str()), ("p256dh", &p256dh), ("auth", &auth), ("key", &key)];
        browser.post("/_fn/push/subscribe", &form).await
    }

    /// What a message says to it; `None` when it is for another.
    pub fn reads(&self, message: &Message) -> Option<Value> {
        assert_eq!(message.header("content-encoding"), "aes128gcm");
        let (head, record) = message.body.split_at(86);
        let (salt, sender) = (&head[..16], &head[21..]);
        assert_eq!((&head[16..20], head[20]), (&4096_u32.to_be_bytes()[..], 65));
        assert!(message.body.len() <= 4096);
        let info: [&[u8]; 3] = [b"WebPush: info\0", &self.public, sender];
        let peer = UnparsedPublicKey::new(&ECDH_P256, sender);
        let ikm: [u8; 32] = agree(&self.private, peer, (), |secret| Ok(derive(&self.auth, secret, &info))).unwrap();
        let key: [u8; 16] = derive(salt, &ikm, &[b"Content-Encoding: aes128gcm\0"]);
        let nonce: [u8; 12] = derive(salt, &ikm, &[b"Content-Encoding: nonce\0"]);
        let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let mut record = record.to_vec();
        let plain = cipher.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record).ok()?;
        let end = plain.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(plain[end], 2, "the last record");
        Some(serde_json::from_slice(&plain[..end]).unwrap())
    }
}
