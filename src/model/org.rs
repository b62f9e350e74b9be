//! Organisations.

use super::item_key::identified;
use super::macros::model;
use super::treeify::treeify;
use super::{Department, DepartmentTree};
use crate::error::Error;

model! {
    /// An organisation and its departments, as a flat list. [`tree`](Self::tree) nests them.
    pub struct Org {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The tenant that it belongs to. Present only in REST responses.
            tenant_id: String,
            /// The root department, which represents the organisation and has its name.
            root_node: Department,
        }
        lists {
            /// All departments, including the root.
            nodes: Department,
        }
    }
}

identified! { Org by id }

impl Org {
    /// Returns the root department, which represents the organisation.
    #[inline]
    pub fn root(&self) -> Option<&Department> {
        self.root_node.as_ref().or_else(|| self.nodes.iter().find(|node| node.is_root == Some(true)))
    }

    /// Returns the departments as a tree.
    ///
    /// ```
    /// # let client = authing::emulator::Pool::new().client();
    /// let acme = client.orgs().create("Acme").send()?;
    /// client.orgs().create_node(&acme.id, "Sales").send()?;
    ///
    /// let tree = client.orgs().detail(&acme.id).send()?.unwrap().tree()?;
    /// assert_eq!(tree.children[0].name.as_deref(), Some("Sales"));
    /// # Ok::<(), authing::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if there is no root, if a department is not connected to the root, or if the
    /// departments are nested deeper than 100 levels.
    #[doc(alias = "treeify")]
    #[inline]
    pub fn tree(&self) -> Result<DepartmentTree, Error> {
        let root = self.root().ok_or_else(|| Error::unexpected("the organisation has no root"))?;
        treeify(root, &self.nodes)
    }
}
