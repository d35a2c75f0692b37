//! Pages of appointments: the customer's list and appointment, the staff's, the form, and one's own calendar.

mod acts;
mod calendar;
mod detail;
mod list;
mod parts;
mod staff_acts;
mod staff_form;
mod staff_list;

pub use calendar::CalendarPage;
pub use detail::{AppointmentPage, StaffAppointmentPage};
pub use list::AppointmentsPage;
pub use parts::{panel_for_order, panel_for_project, rows};
pub use staff_form::{StaffAppointmentEditPage, StaffAppointmentNewPage};
pub use staff_list::StaffAppointmentsPage;
