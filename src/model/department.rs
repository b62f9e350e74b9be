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
            /// The name in other languages.
            name_i18n: Translations,
            /// What the department is for.
            description: String,
            /// The description in other languages.
            description_i18n: Translations,
            /// Its place among its siblings.
            order: i64,
            /// Whether it is the root, which stands for the organisation itself.
            is_root: bool = "root",
            /// The root of the organisation, in some responses.
            root_node_id: String,
            /// The kind of node, in some responses; `node` was seen.
            r#type: String = "type",
            /// Whether it is a department that nobody can be in, in some responses.
            is_virtual_node: bool,
            /// How far below the root it is.
            depth: i64,
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
            /// The ids of the departments just below.
            children: String,
        }
    }
}

identified! { Department by id }

model! {
    /// A department that a user is in.
    pub struct UserDepartment {
        required {
            /// The department.
            department: Department,
        }
        optional {
            /// Whether it is the user's main one.
            is_main_department: bool,
            /// Since when the user is in it.
            joined_at: Timestamp,
        }
        lists {}
    }
}
