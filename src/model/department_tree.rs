//! Departments with their descendants.

use super::input::input;
use super::macros::model;
use super::{Department, Timestamp, Translations};

model! {
    /// A department and its descendants. The root represents the organisation.
    ///
    /// ```
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::DepartmentInput;
    ///
    /// let acme = DepartmentInput::new("Acme").children([
    ///     DepartmentInput::new("Sales").code("sales"),
    ///     DepartmentInput::new("Engineering").children([DepartmentInput::new("Tools")]),
    /// ]);
    /// let tree = client.orgs().import(acme).send()?;
    /// let names: Vec<_> = tree.walk().filter_map(|node| node.name.as_deref()).collect();
    /// assert_eq!(names, ["Acme", "Sales", "Engineering", "Tools"]);
    /// assert!(tree.find_by_code("sales").is_some());
    /// let small = tree.find(|node| node.children.is_empty());
    /// assert_eq!(small.and_then(|node| node.code.as_deref()), Some("sales"));
    /// # Ok::<(), authing::Error>(())
    /// ```
    #[doc(alias = "OrgTree")]
    pub struct DepartmentTree {
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
            /// The kind of node. Present in some responses.
            r#type: String = "type",
            /// The number of levels below the root.
            depth: i64,
            /// Whether it is a department without members.
            is_virtual_node: bool,
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
            /// The child departments, with their descendants.
            children: DepartmentTree,
        }
    }
}

impl DepartmentTree {
    /// Iterates over the department and its descendants; parents come before their children.
    #[inline]
    pub fn walk(&self) -> impl Iterator<Item = &Self> {
        let mut next = vec![self];
        std::iter::from_fn(move || {
            let node = next.pop()?;
            next.extend(node.children.iter().rev());
            Some(node)
        })
    }

    /// Returns the first department of the [`walk`](Self::walk) that meets a condition.
    #[inline]
    pub fn find(&self, mut condition: impl FnMut(&Self) -> bool) -> Option<&Self> {
        self.walk().find(|node| condition(node))
    }

    /// Returns the department with this id.
    #[inline]
    pub fn find_by_id(&self, id: &str) -> Option<&Self> {
        self.find(|node| node.id == id)
    }

    /// Returns the department with this code. Codes are unique in an organisation.
    #[inline]
    pub fn find_by_code(&self, code: &str) -> Option<&Self> {
        self.find(|node| node.code.as_deref() == Some(code))
    }

    /// A department of a flat list, with its descendants in place of their ids.
    #[inline]
    pub(super) fn with_children(department: Department, children: Vec<Self>) -> Self {
        let Department {
            id,
            org_id,
            code,
            name,
            name_i18n,
            description,
            description_i18n,
            order,
            is_root,
            root_node_id,
            r#type,
            is_virtual_node,
            depth,
            created_at,
            updated_at,
            path,
            name_path,
            code_path,
            children: _,
            extra,
        } = department;
        Self {
            id,
            org_id,
            code,
            name,
            name_i18n,
            description,
            description_i18n,
            order,
            is_root,
            root_node_id,
            r#type,
            depth,
            is_virtual_node,
            created_at,
            updated_at,
            path,
            name_path,
            code_path,
            children,
            extra,
        }
    }
}

input! {
    /// A department to import, with its descendants. The root represents the organisation.
    pub struct DepartmentInput {
        required {
            /// The name that people see.
            name: String,
        }
        optional {
            /// The code, which is unique in the organisation.
            code: String,
            /// The description of the department.
            description: String,
            /// The name in other languages.
            name_i18n: Translations,
            /// The description in other languages.
            description_i18n: Translations,
            /// The position among its siblings.
            order: i64,
            /// The child departments.
            children: Vec<DepartmentInput>,
        }
    }
}

/// Converts an exported tree for an import. Keeps everything that does not follow from the position in the
/// tree; ids and times will be new.
impl From<&DepartmentTree> for DepartmentInput {
    #[inline]
    fn from(tree: &DepartmentTree) -> Self {
        let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let texts = |texts: &Option<Translations>| texts.clone().filter(|texts| !texts.is_empty());
        let children: Vec<Self> = tree.children.iter().map(Self::from).collect();
        Self {
            name: tree.name.clone().unwrap_or_default(),
            code: text(&tree.code),
            description: text(&tree.description),
            name_i18n: texts(&tree.name_i18n),
            description_i18n: texts(&tree.description_i18n),
            order: tree.order,
            children: Some(children).filter(|children| !children.is_empty()),
        }
    }
}

impl From<DepartmentTree> for DepartmentInput {
    #[inline]
    fn from(tree: DepartmentTree) -> Self {
        Self::from(&tree)
    }
}
