//! Departments of organisations.

use super::item_key::identified;
use super::macros::model;
use super::{Timestamp, Translations};

model! {
    /// A department of an organisation: a node of its tree.
    #[doc(alias = "OrgNode")]
    #[doc(alias = "Node")]
    pub struct Department {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The organisation that contains it.
            org_id: String,
            /// The code, which is unique in the organisation.
            code: String,
            /// The name that people see.
            name: String,
            /// The name in other languages.
            name_i18n: Translations,
            /// The description of the department.
            description: String,
            /// The description in other languages.
            description_i18n: Translations,
            /// The position among its siblings.
            order: i64,
            /// Whether it is the root, which represents the organisation.
            is_root: bool = "root",
            /// The root of the organisation. Present in some responses.
            root_node_id: String,
            /// The kind of node. Present in some responses; `node` has been observed.
            r#type: String = "type",
            /// Whether it is a department without members. Present in some responses.
            is_virtual_node: bool,
            /// The number of levels below the root.
            depth: i64,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// The ids on the path from the root to this department.
            path: String,
            /// The names on that path.
            name_path: String,
            /// The codes on that path; `None` for a department without a code.
            code_path: Option<String>,
            /// The ids of the child departments.
            children: String,
        }
    }
}

identified! { Department by id }

model! {
    /// A department of a user.
    pub struct UserDepartment {
        required {
            /// The department.
            department: Department,
        }
        optional {
            /// Whether it is the main department of the user.
            is_main_department: bool,
            /// When the user joined it.
            joined_at: Timestamp,
        }
        lists {}
    }
}
