//! Working the job queue by hand, and reading the mails that come of it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::jobs::{Handler, Worker};
use app::notifications::mail::{self as notifications, Together};
use mail_parser::{Address, MessageParser, MimeHeaders as _};

use super::TestApp;

/// A mail as its reader sees it, taken apart by a parser that is not ours.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Without the brackets.
    pub id: String,
    pub from: (String, String),
    /// Name and address.
    pub to: (String, String),
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The bytes, as text.
    pub raw: String,
}

impl Mail {
    /// The address of the button: the first one in the text.
    pub fn link(&self) -> String {
        let start = self.text.find("http").unwrap_or_else(|| panic!("no link in: {}", self.text));
        self.text[start..].split_whitespace().next().unwrap().to_owned()
    }

    /// The same without the portal's own address: what a test's browser opens.
    pub fn path(&self) -> String {
        let link = self.link();
        let path = link.strip_prefix("http://127.0.0.1:3000").unwrap_or_else(|| panic!("not ours: {link}"));
        path.to_owned()
    }

    /// The secret in the link.
    pub fn key(&self) -> String {
        let link = self.link();
        link.split_once("key=").unwrap_or_else(|| panic!("no key: {link}")).1.to_owned()
    }

    /// A header as it stands in the bytes, continuation lines included.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.raw.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
        let line = head
            .lines()
            .find(|line| line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name)))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    }
}

fn mailbox(address: Option<&Address<'_>>) -> (String, String) {
    let first = address.and_then(Address::first);
    let name = first.and_then(|a| a.name()).unwrap_or_default().to_owned();
    (name, first.and_then(|a| a.address()).unwrap_or_default().to_owned())
}

pub fn read_mail(bytes: &[u8]) -> Mail {
    let message = MessageParser::default().parse(bytes).expect("not a mail");
    assert!(message.is_content_type("multipart", "alternative"));
    Mail {
        id: message.message_id().unwrap_or_default().to_owned(),
        from: mailbox(message.from()),
        to: mailbox(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().replace("\r\n", "\n"),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        raw: String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The mails in a folder, in the order in which they were queued.
pub fn mails_in(folder: &Path) -> Vec<Mail> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "eml"));
    // Named after their jobs, whose ids sort by time.
    files.sort();
    files.iter().map(|path| read_mail(&std::fs::read(path).unwrap())).collect()
}

impl TestApp {
    /// Does every job that is due, one after the other, as the server's workers would; how many that were. What fails
    /// waits for a later time: move the clock on with `advance`. What acts told at once is mailed without the pause for what
    /// may follow, each thing in a mail of its own; what is spread from the trail is left for `run_notifications`.
    pub async fn run_jobs(&self) -> usize {
        let ctx = self.state.ctx(app::access::Actor::operator(), "notifications");
        let mut done = 0;
        loop {
            let soon = self.clock.now().plus(Duration::from_secs(6 * 60));
            notifications::dispatch_so(&ctx, soon, Together::Each).await.unwrap();
            let some = self.state.worker().drain().await.unwrap();
            if some == 0 {
                return done;
            }
            done += some;
        }
    }

    /// Spreads what happened and mails what is due now, as the loop of a node does; how many mails that are.
    pub async fn run_notifications(&self) -> usize {
        let ctx = self.state.ctx(app::access::Actor::operator(), "notifications");
        app::notifications::spread::run(&ctx).await.unwrap();
        let mails = notifications::dispatch(&ctx, self.clock.now()).await.unwrap();
        self.state.worker().drain().await.unwrap();
        mails
    }

    /// A worker of this portal that does something else with its jobs.
    pub fn worker(&self, handler: impl Handler) -> Worker {
        Worker::new(self.state.ctx(app::access::Actor::operator(), "jobs"), Arc::new(handler))
    }

    /// Every mail sent so far, oldest first.
    pub fn outbox(&self) -> Vec<Mail> {
        mails_in(&self.dir.path().join("outbox"))
    }

    /// Works the queue, then the mails to this address, oldest first.
    pub async fn mails_to(&self, address: &str) -> Vec<Mail> {
        self.run_jobs().await;
        let mut mails = self.outbox();
        mails.retain(|mail| mail.to.1 == address);
        mails
    }

    /// Works the queue, then the newest mail to this address.
    pub async fn mail_to(&self, address: &str) -> Mail {
        self.mails_to(address).await.pop().unwrap_or_else(|| panic!("no mail to {address}"))
    }
}
