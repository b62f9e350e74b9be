//! Departments with those below them.

use super::Timestamp;
use super::input::input;
use super::macros::model;

model! {
    /// A department and all departments below it. The root stands for the organisation.
    pub struct DepartmentTree {
        required {
            /// Its id.
            id: String,
        }
        optional {
            /// The organisation that it is in.
            org_id: String,
            /// The code, unique in the organisation.
            code: String,
            /// The name that people see.
            name: String,
            /// The name in other languages, in the text form of the service.
            name_i18n: String,
            /// What the department is for.
            description: String,
            /// The description in other languages, in the text form of the service.
            description_i18n: String,
            /// Its place among its siblings.
            order: i64,
            /// Whether it is the root, which stands for the organisation itself.
            is_root: bool = "root",
            /// How far below the root it is.
            depth: i64,
            /// Whether it is a department that nobody can be in.
            is_virtual_node: bool,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// The ids on the way from the root to here.
            path: String,
            /// The names on that way.
            name_path: String,
            /// The codes on that way; `None` for a department without one.
            code_path: Option<String>,
            /// The departments just below, with those below them.
            children: DepartmentTree,
        }
    }
}

input! {
    /// A department to be imported, with those below it. The topmost stands for the organisation.
    pub struct DepartmentInput {
        required {
            /// The name that people see.
            name: String,
        }
        optional {
            /// The code, unique in the organisation.
            code: String,
            /// What the department is for.
            description: String,
            /// The departments just below.
            children: Vec<DepartmentInput>,
        }
    }
}
