//! Links that the store signs: one object, a minute, for whoever has the link. What may be given out this way lies there as
//! it was sent, and tells a browser to save it.

use std::fmt;
use std::time::Duration;

use object_store::signer::{Method, Signer};
use object_store::{Attribute, Attributes, GetOptions};

use super::{FileName, Files, Object, disposition, within};

/// How long a link is good for: it is followed at once.
pub const LIFE: Duration = Duration::from_secs(60);
/// No browser does anything with it but save it.
const TYPE: &str = "application/octet-stream";
/// What comes of a link is kept by nobody on the way.
const CACHE: &str = "private, no-store";

/// A link. Whoever has it has the file, so it is never printed.
pub struct Link(String);

impl Link {
    /// For the one answer that it is made for.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(..)")
    }
}

/// What an object says of itself, so that a link to it is a download with its name.
fn attributes(name: &str) -> [(Attribute, String); 3] {
    [
        (Attribute::ContentDisposition, disposition(name)),
        (Attribute::ContentType, TYPE.to_owned()),
        (Attribute::CacheControl, CACHE.to_owned()),
    ]
}

impl Files {
    /// The same store, with links given out where it can sign them.
    #[must_use]
    pub fn linking(self, links: bool) -> Self {
        Self { links, ..self }
    }

    /// Whether the store can sign links.
    pub const fn can_sign(&self) -> bool {
        self.signer.is_some()
    }

    fn signer(&self) -> Option<&dyn Signer> {
        self.signer.as_deref().filter(|_| self.links)
    }

    /// What a new object with this name is to say of itself. A sealed one says nothing: it is of no use to a browser, and
    /// its name is nobody's business.
    pub(super) fn told(&self, name: Option<&FileName>, sealed: bool) -> Attributes {
        let name = name.filter(|_| !sealed && self.signer().is_some());
        name.into_iter().flat_map(|name| attributes(name.as_str())).collect()
    }

    /// A link to this object for so long; none where it is to be streamed: no links are given out, it is sealed, or the
    /// store does not say of it what a browser must hear.
    ///
    /// # Errors
    /// The store is away, or has lost the object.
    pub async fn link(&self, object: &Object, name: &str, life: Duration) -> object_store::Result<Option<Link>> {
        let Some(signer) = self.signer().filter(|_| object.sealed_key.is_none()) else { return Ok(None) };
        let path = self.path(&object.key);
        let facts = GetOptions { head: true, ..GetOptions::default() };
        let facts = within(self.store.get_opts(&path, facts)).await?;
        let told = |(attribute, expected): (Attribute, String)| {
            facts.attributes.get(&attribute).is_some_and(|value| value.as_ref() == expected)
        };
        if u64::try_from(object.size) != Ok(facts.meta.size) || !attributes(name).into_iter().all(told) {
            return Ok(None);
        }
        match within(signer.signed_url(Method::GET, &path, life)).await {
            Ok(url) => Ok(Some(Link(url.into()))),
            Err(error) => {
                tracing::warn!(%error, "no link signed, streamed instead");
                Ok(None)
            }
        }
    }

    /// Whether links can be signed with the credentials that are there.
    pub async fn check_links(&self) -> Result<(), String> {
        let signer = self.signer.as_deref().ok_or("this store cannot sign links")?;
        let path = self.path("readiness");
        within(signer.signed_url(Method::GET, &path, LIFE)).await.map(|_| ()).map_err(|e| e.to_string())
    }
}
