//! Integration tests: one binary, through the real router, on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod account;
mod activity;
mod administration;
mod announcements;
mod appointments;
mod approval_steps;
mod approvals;
mod approvals_list;
mod archive;
mod arrivals;
mod audience;
mod audit;
mod bulk;
mod categories;
mod certificates;
mod cli;
mod customers;
mod documents_api;
mod documents_pages;
mod doors;
mod downloads;
mod everywhere;
mod factors;
mod factors_required;
mod headers;
mod home;
mod imports;
mod imports_doors;
mod imports_files;
mod imports_projects;
mod imports_runs;
mod imports_store;
mod imports_watch;
mod inbox;
mod jobs;
mod jobs_doors;
mod jobs_kill;
mod links;
mod mail;
mod matrix;
mod matrix_sample;
mod matrix_states;
mod notification_mails;
mod notifications;
mod orders;
mod orders_board;
mod orders_files;
mod orders_lists;
mod organisations_api;
mod outages;
mod outgoing;
mod passkeys;
mod people;
mod portraits;
mod previews;
mod previews_hostile;
mod projects;
mod push;
mod real_data;
mod recovery;
mod requests;
mod retention;
mod scan;
mod schema;
mod scope;
mod sealed;
mod sealing;
mod search;
mod search_pages;
mod settings;
mod sign_in;
mod smtp;
mod sorting;
mod sso;
mod sso_liars;
mod staff_invitations;
mod stale_forms;
mod statements;
mod statuses;
mod stores;
mod story;
mod support;
mod team;
mod transactions;
mod tus;
mod tus_client;
mod uploads;
mod users_api;
mod validity;
mod versions;
mod view_as;
mod watermarks;
mod webhooks;
mod webhooks_send;
