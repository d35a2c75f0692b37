//! A person at a real OpenID provider: follows redirects there, fills in its form, and comes back with the answer.

use std::collections::BTreeMap;

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use serde_json::{Value, json};

use super::client::Answer;

/// Where the provider that `script/test` started answers.
#[expect(clippy::disallowed_methods, reason = "set by script/test")]
pub fn issuer() -> String {
    std::env::var("TEST_OIDC_ISSUER").expect("run the tests through script/test, which starts an OpenID provider")
}

fn http() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

/// This portal, registered at the provider.
pub struct Registered {
    pub client_id: String,
    pub client_secret: String,
    manage: String,
    token: String,
    metadata: Value,
}

/// Registers the portal under its default address.
pub async fn register() -> Registered {
    let metadata = json!({ "redirect_uris": ["http://127.0.0.1:3000/sign-in/sso/callback"] });
    let answer = http().post(format!("{}/reg", issuer())).json(&metadata).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 201);
    let known: Value = answer.json().await.unwrap();
    let text = |name: &str| known[name].as_str().unwrap().to_owned();
    Registered {
        client_id: text("client_id"),
        client_secret: text("client_secret"),
        manage: text("registration_client_uri"),
        token: text("registration_access_token"),
        metadata,
    }
}

impl Registered {
    /// Tells the provider where to say that a session has ended.
    pub async fn log_out_at(&self, uri: &str) {
        let mut metadata = self.metadata.clone();
        metadata["client_id"] = json!(self.client_id);
        metadata["client_secret"] = json!(self.client_secret);
        metadata["backchannel_logout_uri"] = json!(uri);
        metadata["backchannel_logout_session_required"] = json!(true);
        let answer = http().put(&self.manage).bearer_auth(&self.token).json(&metadata).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{}", answer.text().await.unwrap());
    }
}

/// A browser at the provider, with its cookies.
#[derive(Default)]
pub struct AtProvider {
    cookies: BTreeMap<String, String>,
}

impl AtProvider {
    async fn send(&mut self, request: reqwest::RequestBuilder) -> reqwest::Response {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header(COOKIE, cookies.join("; ")).send().await.unwrap();
        for set in answer.headers().get_all(SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Follows the provider's own redirects; the first page of it, or the address back at the portal.
    async fn follow(&mut self, mut url: String) -> Result<(String, String), String> {
        for _ in 0..10 {
            let answer = self.send(http().get(&url)).await;
            let Some(location) = answer.headers().get(LOCATION).map(|v| v.to_str().unwrap().to_owned()) else {
                return Ok((url, answer.text().await.unwrap()));
            };
            if let Some(path) = location.strip_prefix("http://127.0.0.1:3000") {
                return Err(path.to_owned());
            }
            url = url::Url::parse(&url).unwrap().join(&location).unwrap().to_string();
        }
        panic!("the provider leads in circles");
    }

    async fn answer(&mut self, url: &str, form: &str) -> String {
        let request = http().post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.to_owned());
        let answer = self.send(request).await;
        let location = answer.headers().get(LOCATION).map(|v| v.to_str().unwrap().to_owned());
        let location = location.unwrap_or_else(|| panic!("{} leads nowhere", answer.status()));
        let next = url::Url::parse(url).unwrap().join(&location).unwrap().to_string();
        match self.follow(next).await {
            Err(path) => path,
            Ok((url, page)) => panic!("still at {url}: {page}"),
        }
    }

    /// Goes where the portal leads, signs in there as this address, and comes back: the path and query of the answer.
    pub async fn sign_in(&mut self, departure: &Answer, login: &str) -> String {
        match self.follow(departure_url(departure)).await {
            // Signed in there from before.
            Err(path) => path,
            Ok((url, page)) => {
                assert!(page.contains("name=\"login\""), "{page}");
                let login = percent_encoding::utf8_percent_encode(login, percent_encoding::NON_ALPHANUMERIC);
                self.answer(&url, &format!("login={login}")).await
            }
        }
    }

    /// Goes there and thinks better of it.
    pub async fn stop(&mut self, departure: &Answer) -> String {
        match self.follow(departure_url(departure)).await {
            Ok((url, _)) => self.answer(&url, "login=&deny=1").await,
            Err(path) => panic!("was let in at once: {path}"),
        }
    }

    /// Signs out at the provider, which then tells everybody.
    pub async fn sign_out(&mut self) {
        let (_, page) = self.follow(format!("{}/session/end", issuer())).await.unwrap();
        let xsrf = page.split("name=\"xsrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let form = format!("xsrf={xsrf}&logout=yes");
        let request = http().post(format!("{}/session/end/confirm", issuer()));
        let answer = self.send(request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form)).await;
        assert!(answer.status().is_redirection(), "{}", answer.status());
    }
}

/// Where the portal's page leads.
pub fn departure_url(departure: &Answer) -> String {
    assert_eq!(departure.status, 200, "{}", departure.words());
    let html = departure.text();
    let tag = html.split("http-equiv=\"refresh\"").nth(1).unwrap_or_else(|| panic!("leads nowhere: {html}"));
    let content = tag.split("content=\"0;url=").nth(1).unwrap().split('"').next().unwrap();
    content.replace("&amp;", "&")
}
