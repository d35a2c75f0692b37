//! Pages of projects: the customer's list, project and task, the staff's, their forms and their board.

mod board;
mod detail;
pub mod filter;
mod forms;
mod list;
mod parts;
mod side;
mod staff_form;
mod table;
mod task;
mod tasks;

pub use board::StaffProjectBoardPage;
pub use detail::{ProjectPage, StaffProjectPage};
pub use list::{ProjectsPage, StaffProjectsPage};
pub use parts::{next, status};
pub use staff_form::{StaffProjectEditPage, StaffProjectNewPage};
pub use task::{ProjectTaskPage, StaffProjectTaskPage};
