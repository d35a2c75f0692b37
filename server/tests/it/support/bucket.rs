//! Buckets of real servers: S3 and Azure, each as the portal opens it.

use std::sync::Arc;

use app::files::{Files, client_options, retry_config};
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use url::Url;

use super::Line;

/// Which server keeps the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    S3,
    Azure,
}

#[expect(clippy::disallowed_methods, reason = "set by script/test")]
fn set(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name}: run the tests through script/test, which starts the servers"))
}

/// What opens the Azure server.
pub fn azure_key() -> String {
    set("TEST_AZURE_KEY")
}

impl Bucket {
    pub const ALL: [Self; 2] = [Self::S3, Self::Azure];

    /// Where its server listens.
    pub fn endpoint(self) -> String {
        match self {
            Self::S3 => set("TEST_S3_ENDPOINT"),
            Self::Azure => set("TEST_AZURE_ENDPOINT"),
        }
    }

    pub fn open(self) -> Files {
        self.at(&self.endpoint())
    }

    /// The same bucket over a line that can be cut or held.
    pub async fn over_a_line(self) -> (Line, Files) {
        let mut url = Url::parse(&self.endpoint()).unwrap();
        let line = Line::to(format!("127.0.0.1:{}", url.port().unwrap())).await;
        url.set_port(Some(line.addr.port())).unwrap();
        let files = self.at(url.as_str().trim_end_matches('/'));
        (line, files)
    }

    fn at(self, endpoint: &str) -> Files {
        match self {
            Self::S3 => {
                let store = AmazonS3Builder::new()
                    .with_endpoint(endpoint)
                    .with_client_options(client_options().with_allow_http(true))
                    .with_bucket_name("kontor-test")
                    .with_region("us-east-1")
                    .with_access_key_id("test")
                    .with_secret_access_key("test")
                    .with_retry(retry_config())
                    .build();
                Files::with_signing_store(Arc::new(store.unwrap()))
            }
            Self::Azure => azure(endpoint, &azure_key()),
        }
    }
}

/// The Azure server's container with this key, or with a wrong one.
pub fn azure(endpoint: &str, key: &str) -> Files {
    let store = MicrosoftAzureBuilder::new()
        .with_endpoint(endpoint.to_owned())
        .with_client_options(client_options().with_allow_http(true))
        .with_account("kontor")
        .with_access_key(key)
        .with_container_name("kontor-test")
        .with_retry(retry_config())
        .build();
    Files::with_signing_store(Arc::new(store.unwrap()))
}
