//! The headers of tus, read strictly.

use app::documents::model::Category;
use app::uploads::Checksum;
use app::uploads::model::{NewUpload, Target};
use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The version of the protocol that is spoken here.
pub const VERSION: &str = "1.0.0";
/// What of the protocol's extensions there is.
pub const EXTENSIONS: &str = "creation,expiration,checksum,termination";
/// The checksums that are compared.
pub const ALGORITHMS: &str = "sha1,sha256";

/// A header with a number of bytes.
pub fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    let text = headers.get(name)?.to_str().ok()?;
    // No sign, no space: what `parse` would take more of is refused.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// What the bytes of this request add up to; `Err` for what is not understood.
pub fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, ()> {
    let Some(value) = headers.get("upload-checksum") else { return Ok(None) };
    let (algorithm, sum) = value.to_str().map_err(|_| ())?.split_once(' ').ok_or(())?;
    let sum = STANDARD.decode(sum.trim()).map_err(|_| ())?;
    match (algorithm, sum.len()) {
        ("sha1", 20) => Ok(Some(Checksum::Sha1(sum))),
        ("sha256", 32) => Ok(Some(Checksum::Sha256(sum))),
        _ => Err(()),
    }
}

/// What the sender says of the file: `key base64, key base64, key`.
fn metadata(headers: &HeaderMap) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let text = headers.get("upload-metadata").map(|value| value.to_str()).transpose().ok()?.unwrap_or_default();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
        found.push((key.to_owned(), value));
    }
    Some(found)
}

/// What somebody wants to send; `None` for what is not understood.
pub fn new_upload(headers: &HeaderMap, length: u64) -> Option<NewUpload> {
    let found = metadata(headers)?;
    let of = |name: &str| found.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let target = match of("target")? {
        "request" => Target::Request(of("id")?.parse().ok()?),
        "version" => Target::Version(of("id")?.parse().ok()?),
        "category" => Target::Category(of("organisation_id")?.parse().ok()?, Category::parse(of("category")?)?),
        "draft" => Target::Draft(of("organisation_id")?.parse().ok()?, Category::parse(of("category")?)?),
        _ => return None,
    };
    let text = |name: &str| of(name).unwrap_or_default().to_owned();
    Some(NewUpload { target, title: text("title"), note: text("note"), file_name: text("filename"), length })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn numbers_and_checksums_are_read_strictly() {
        assert_eq!(number(&with("upload-offset", "60"), "upload-offset"), Some(60));
        for rubbish in ["", "-1", "+1", "1.0", " 1", "0x1", "99999999999999999999"] {
            assert_eq!(number(&with("upload-offset", rubbish), "upload-offset"), None, "{rubbish:?}");
        }
        assert_eq!(checksum(&HeaderMap::new()), Ok(None));
        assert!(matches!(
            checksum(&with("upload-checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")),
            Ok(Some(Checksum::Sha1(_)))
        ));
        for rubbish in ["sha1", "sha1 !", "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0="] {
            assert_eq!(checksum(&with("upload-checksum", rubbish)), Err(()), "{rubbish:?}");
        }
    }

    #[test]
    fn metadata_names_what_a_file_is_for_or_is_not_understood() {
        let id = "019abd5c-3f5e-7000-8000-000000000001";
        let pairs = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value)));
            with("upload-metadata", &pairs.collect::<Vec<_>>().join(","))
        };
        let new =
            new_upload(&pairs(&[("filename", "Plän.pdf"), ("target", "request"), ("id", id), ("filetype", "")]), 7);
        let new = new.unwrap();
        assert_eq!((new.file_name.as_str(), new.length), ("Plän.pdf", 7));
        assert_eq!(new.target, Target::Request(id.parse().unwrap()));
        assert!(
            new_upload(&pairs(&[("target", "draft"), ("organisation_id", id), ("category", "other")]), 7).is_some()
        );
        assert!(
            new_upload(&pairs(&[("target", "draft"), ("organisation_id", id), ("category", "rubbish")]), 7).is_none()
        );
        assert!(new_upload(&pairs(&[("target", "rubbish")]), 7).is_none());
        assert!(new_upload(&with("upload-metadata", "filename !!"), 7).is_none());
        assert!(new_upload(&HeaderMap::new(), 7).is_none());
    }
}
