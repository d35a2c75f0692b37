//! Plain types of push.

use std::time::Duration;

use crate::account::device::Device;
use crate::ids::SubscriptionId;
use crate::time::Instant;

/// More browsers than this one person does not have.
pub const MOST: i64 = 8;
/// The longest address a push service gives, in bytes.
pub const LONGEST_ENDPOINT: usize = 1000;

/// A browser that somebody is told on, as they see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Id.
    pub id: SubscriptionId,
    /// On what.
    pub device: Device,
    /// The host of the push service that carries the messages.
    pub service: String,
    /// Since when.
    pub created_at: Instant,
    /// When the push service last took a message for it.
    pub delivered_at: Option<Instant>,
    /// It is the browser that asks.
    pub here: bool,
}

/// What a browser says when it subscribes, as text.
#[derive(Clone, Debug, Default)]
pub struct Subscribe {
    /// The address that messages to it go to.
    pub endpoint: String,
    /// Its half of the encryption, in base64url.
    pub p256dh: String,
    /// The secret it shares, likewise.
    pub auth: String,
    /// The key that it was told.
    pub key: String,
}

/// How a push service treats a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handling {
    /// How long it is kept for a device that is off.
    pub ttl: Duration,
    /// Whether it wakes a device that saves its battery (RFC 8030, 5.3).
    pub urgency: &'static str,
}

impl Handling {
    /// What needs somebody is worth waking a phone for, and worth a day; the rest is told by the bell anyway.
    pub fn of(class: &str) -> Self {
        match class {
            "needs_me" => Self { ttl: Duration::from_secs(24 * 3600), urgency: "high" },
            "security" => Self { ttl: Duration::from_secs(24 * 3600), urgency: "normal" },
            _ => Self { ttl: Duration::from_secs(6 * 3600), urgency: "low" },
        }
    }
}
