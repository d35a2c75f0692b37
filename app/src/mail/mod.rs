//! Mails: written in the language of whoever gets them, queued in the transaction of the act that causes them, sent by
//! a worker over SMTP or into a folder.
//!
//! A letter is a [`Template`] with values. Its text and its HTML come from one source; links come from the portal's
//! base URL and from nothing else. What comes from people (names, messages) can become neither a header nor markup.

mod address;
mod compose;
mod html;
mod letter;
mod mailer;
mod outbox;
mod preview;
mod send;
mod smtp;
mod template;

pub use address::Sender;
pub use compose::{Composed, Foot, Line, More, compose};
pub use letter::{Button, Kept, Letter, Recipient, queue};
pub use mailer::{Mailer, Target};
pub use preview::preview;
pub use send::deliver;
pub use smtp::Smtp;
pub use template::Template;
