//! People and programs as clients of the router.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request};
use bytes::Bytes;
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// Text without tags and comments, for what a person reads.
    pub fn words(&self) -> String {
        let html = self.text();
        let body = html.split_once("<main").map_or(html.as_str(), |(_, rest)| rest);
        let mut out = String::new();
        let mut inside = true;
        for c in body.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => out.push(c),
                _ => {}
            }
        }
        out.replace("&amp;", "&").replace("&quot;", "\"").replace("&#x27;", "'")
    }

    /// The value of a hidden or typed field.
    pub fn field(&self, name: &str) -> String {
        let html = self.text();
        html.split('<')
            .filter(|tag| tag.starts_with("input"))
            .find(|tag| tag.contains(&format!("name=\"{name}\"")))
            .and_then(|tag| tag.split("value=\"").nth(1)?.split('"').next())
            .unwrap_or_default()
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    }
}

// Not generic, so compiled once.
async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap_or_else(|e| match e {});
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

/// A browser: keeps its cookie, asks for HTML, sends forms.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookie: Option<String>,
    /// What single sign-on keeps while somebody is at their provider: names and values.
    pub pending: BTreeMap<String, String>,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookie: None, pending: BTreeMap::new() }
    }

    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let headers = request.headers_mut();
        headers.entry(ACCEPT).or_insert("text/html".parse().unwrap());
        headers.entry("sec-fetch-site").or_insert("same-origin".parse().unwrap());
        let pending = self.pending.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies: Vec<String> = self.cookie.iter().cloned().chain(pending).collect();
        if !cookies.is_empty() {
            headers.insert(COOKIE, cookies.join("; ").parse().unwrap());
        }
        let answer = send(&self.router, request).await;
        for set in answer.headers.get_all(SET_COOKIE) {
            let set = set.to_str().unwrap();
            let pair = set.split(';').next().unwrap_or_default();
            if pair.starts_with("kontor=") || pair.starts_with("__Host-kontor=") {
                self.cookie = (!set.contains("Max-Age=0")).then(|| pair.to_owned());
            } else if let Some((name, value)) = pair.split_once('=').filter(|(name, _)| name.contains("kontor-sso-")) {
                match set.contains("Max-Age=0") {
                    true => self.pending.remove(name),
                    false => self.pending.insert(name.to_owned(), value.to_owned()),
                };
            }
        }
        answer
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| {
                format!("{name}={}", percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC))
            })
            .collect::<Vec<_>>()
            .join("&");
        let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Posts a multipart form: fields, then one file.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let body = super::files::multipart(fields, name, bytes);
        let request = Request::post(path).header(CONTENT_TYPE, "multipart/form-data; boundary=XXXX");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Follows the redirect of an answer.
    pub async fn follow(&mut self, answer: &Answer) -> Answer {
        assert_eq!(answer.status, 303, "{}", answer.text());
        self.get(answer.location()).await
    }
}

/// A program with a token.
#[derive(Clone)]
pub struct Token {
    router: Router,
    pub secret: String,
}

impl Token {
    pub fn new(router: Router, secret: String) -> Self {
        Self { router, secret }
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !self.secret.is_empty() {
            request = request.header(AUTHORIZATION, format!("Bearer {}", self.secret));
        }
        for (name, value) in headers {
            request = request.header(*name, value.as_bytes());
        }
        send(&self.router, request.body(body.into()).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.post_with(path, body, &[]).await
    }

    pub async fn post_with(&self, path: &str, body: Value, headers: &[(&str, &str)]) -> Answer {
        let mut all = vec![("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.send(Method::POST, path, &all, body.to_string()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], Body::empty()).await
    }

    pub async fn delete_if(&self, path: &str, etag: &str) -> Answer {
        self.send(Method::DELETE, path, &[("if-match", etag)], Body::empty()).await
    }

    pub async fn patch(&self, path: &str, body: Value, etag: &str) -> Answer {
        self.send(Method::PATCH, path, &[("content-type", "application/json"), ("if-match", etag)], body.to_string())
            .await
    }

    pub async fn put_file(&self, id: &str, name: &str, bytes: Vec<u8>) -> Answer {
        let path = format!("/api/v1/documents/{id}/versions");
        self.send(Method::POST, &path, &[("content-type", "application/octet-stream"), ("x-filename", name)], bytes)
            .await
    }
}
