//! The design system: plain server components, one idea per file.
//!
//! Classes live in `style/components/*.css`, words in `locales/*/ui.ftl`. Nothing here touches a database, a
//! session or the browser, so every page may use every component.

pub mod announcement;
pub mod aurora;
pub mod brand;
pub mod button;
pub mod choice;
pub mod dialog;
pub mod empty;
pub mod error_page;
pub mod field;
pub mod file_field;
pub mod form;
pub mod gate;
pub mod icon;
pub mod language;
pub mod layout;
pub mod markup;
pub mod menu;
pub mod nav;
pub mod notice;
pub mod pager;
pub mod panel;
pub mod person;
pub mod place;
pub mod session_end;
pub mod slot;
pub mod status;
pub mod topbar;
pub mod viewing;

pub use announcement::AnnouncementBar;
pub use brand::{Brand, BrandMark};
pub use button::{ButtonClass, ButtonKind, ButtonSize, ButtonWidth, LinkButton, SubmitButton};
pub use choice::{CheckRow, ChoiceGroup, RadioCard};
pub use dialog::{ConfirmDialog, DialogCancel};
pub use empty::EmptyState;
pub use error_page::ErrorPage;
pub use field::{SelectField, SelectOption, TextArea, TextField};
pub use file_field::FileField;
pub use form::ErrorSummary;
pub use gate::{Bare, Gate};
pub use icon::{Glyph, Icon};
pub use language::LanguageForm;
pub use layout::{Frame, Layout, OrganisationChoice};
pub use notice::{Notice, Toast};
pub use pager::MorePager;
pub use panel::{PageHead, Panel};
pub use person::{Avatar, PersonRow};
pub use place::{Place, Side};
pub use session_end::SessionEnd;
pub use status::{Badge, Status, Tone};
pub use topbar::bell;
pub use viewing::ViewingBar;
