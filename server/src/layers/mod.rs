//! What every request passes, from outside in: request id and log line, security headers, error pages, panic
//! catcher, time and size limits, origin check, session, actor.

pub mod ctx;
pub mod error_pages;
pub mod in_time;
pub mod once;
pub mod origin;
pub mod parameters;
pub mod request_id;
pub mod security_headers;
pub mod time_limit;
