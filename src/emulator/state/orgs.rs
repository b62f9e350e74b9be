//! Organisations: trees of departments and their members.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::users::UserKey;
use crate::emulator::error::{ApiError, Guess};

/// A department, or the organisation itself when it has no parent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) org_id: String,
    pub(crate) parent: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) name: String,
    pub(crate) name_i18n: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) description_i18n: Option<String>,
    pub(crate) order: Option<i64>,
    /// Ids of the departments below, in order of creation.
    pub(crate) children: Vec<String>,
    /// In the order in which they joined.
    pub(crate) members: Vec<Member>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// A user's place in a department.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) user: UserKey,
    pub(crate) is_leader: bool,
    pub(crate) joined: i64,
}

/// A tree, by the id of its root.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Org {
    pub(crate) id: String,
    pub(crate) root: String,
    pub(crate) tenant_id: Option<String>,
}

/// The maximum number of levels of an organisation. Trees are walked recursively, so a limit is needed.
const DEEPEST: usize = 64;

/// All organisations of a pool.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orgs {
    /// Oldest first.
    pub(crate) list: Vec<Org>,
    nodes: BTreeMap<String, Node>,
    /// Ids of the departments that a user is in.
    by_user: HashMap<UserKey, BTreeSet<String>>,
}

impl Orgs {
    pub(crate) fn org(&self, id: &str) -> Result<&Org, ApiError> {
        self.list.iter().find(|org| org.id == id).ok_or_else(|| {
            ApiError::guess(Guess::OrgNotFound, format!("organisation \"{id}\" does not exist"))
        })
    }

    pub(crate) fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(id)
    }

    pub(crate) fn require(&self, id: &str) -> Result<&Node, ApiError> {
        self.node(id).ok_or_else(|| no_node(id))
    }

    pub(crate) fn require_mut(&mut self, id: &str) -> Result<&mut Node, ApiError> {
        self.nodes.get_mut(id).ok_or_else(|| no_node(id))
    }

    /// A department of one organisation.
    pub(crate) fn node_in(&self, org_id: &str, id: &str) -> Result<&Node, ApiError> {
        self.org(org_id)?;
        let node = self.nodes.get(id).ok_or_else(|| no_node(id))?;
        if node.org_id == org_id { Ok(node) } else { Err(other_org(id, org_id)) }
    }

    pub(crate) fn by_code(&self, org_id: &str, code: &str) -> Option<&Node> {
        self.nodes.values().find(|node| node.org_id == org_id && node.code.as_deref() == Some(code))
    }

    /// The department and those above it, from the root down.
    pub(crate) fn path(&self, id: &str) -> Vec<&Node> {
        let mut path: Vec<&Node> = Vec::new();
        let mut next = self.nodes.get(id);
        while let Some(node) = next {
            // A tree read from a snapshot may be invalid; a department seen twice ends the walk.
            if path.iter().any(|seen| seen.id == node.id) {
                break;
            }
            path.push(node);
            next = node.parent.as_ref().and_then(|parent| self.nodes.get(parent));
        }
        path.reverse();
        path
    }

    /// Returns the children of a department. Those with a larger `order` come first, then those without one;
    /// equals are in the order of creation. That the larger comes first is an assumption, from the examples
    /// of the official clients.
    pub(crate) fn children_of(&self, node: &Node) -> Vec<&Node> {
        let mut children: Vec<&Node> = node.children.iter().filter_map(|id| self.nodes.get(id)).collect();
        children.sort_by_key(|child| std::cmp::Reverse(child.order));
        children
    }

    /// Returns the department and its descendants, parents before their children.
    pub(crate) fn subtree(&self, id: &str) -> Vec<&Node> {
        let mut found: Vec<&Node> = self.nodes.get(id).into_iter().collect();
        let mut next = 0;
        while let Some(node) = found.get(next).copied() {
            for child in self.children_of(node) {
                if !found.iter().any(|seen| seen.id == child.id) {
                    found.push(child);
                }
            }
            next += 1;
        }
        found
    }

    /// Creates an organisation with the node as its root.
    pub(crate) fn found(&mut self, org: Org, root: Node) {
        self.nodes.insert(root.id.clone(), root);
        self.list.push(org);
    }

    /// Adds a department below its parent, or below the root if it names none.
    pub(crate) fn add(&mut self, mut node: Node) -> Result<(), ApiError> {
        let org = self.org(&node.org_id)?;
        let parent_id = node.parent.clone().unwrap_or_else(|| org.root.clone());
        let parent = self.nodes.get(&parent_id).ok_or_else(|| no_node(&parent_id))?;
        if parent.org_id != node.org_id {
            return Err(other_org(&parent_id, &node.org_id));
        }
        check_depth(self.path(&parent_id).len() + 1)?;
        if node.code.as_deref().is_some_and(|code| self.by_code(&node.org_id, code).is_some()) {
            return Err(ApiError::guess(
                Guess::DepartmentExists,
                "a department with that code already exists in the organisation",
            ));
        }
        if let Some(parent) = self.nodes.get_mut(&parent_id) {
            parent.children.push(node.id.clone());
        }
        node.parent = Some(parent_id);
        self.nodes.insert(node.id.clone(), node);
        Ok(())
    }

    /// Removes an organisation and returns the departments that were removed with it.
    pub(crate) fn remove_org(&mut self, id: &str) -> Result<Vec<String>, ApiError> {
        self.org(id)?;
        let gone: Vec<String> =
            self.nodes.values().filter(|node| node.org_id == id).map(|node| node.id.clone()).collect();
        self.list.retain(|org| org.id != id);
        self.drop_nodes(&gone);
        Ok(gone)
    }

    /// Removes a department and its descendants, and returns which.
    pub(crate) fn remove_node(&mut self, org_id: &str, id: &str) -> Result<Vec<String>, ApiError> {
        let parent = self.node_in(org_id, id)?.parent.clone().ok_or_else(is_root)?;
        let gone: Vec<String> = self.subtree(id).into_iter().map(|node| node.id.clone()).collect();
        if let Some(parent) = self.nodes.get_mut(&parent) {
            parent.children.retain(|child| child != id);
        }
        self.drop_nodes(&gone);
        Ok(gone)
    }

    fn drop_nodes(&mut self, gone: &[String]) {
        for id in gone {
            let Some(node) = self.nodes.remove(id) else { continue };
            for member in node.members {
                self.note_left(member.user, &node.id);
            }
        }
    }

    fn note_left(&mut self, user: UserKey, id: &str) {
        if let Some(departments) = self.by_user.get_mut(&user) {
            departments.remove(id);
            if departments.is_empty() {
                self.by_user.remove(&user);
            }
        }
    }

    /// Moves a department below another one of the same organisation.
    pub(crate) fn move_node(&mut self, org_id: &str, id: &str, target: &str) -> Result<(), ApiError> {
        let old = self.node_in(org_id, id)?.parent.clone().ok_or_else(is_root)?;
        self.node_in(org_id, target)?;
        if self.path(target).iter().any(|above| above.id == id) {
            return Err(ApiError::invalid("a department cannot be moved below itself"));
        }
        let own = self.path(id).len();
        let height = self.subtree(id).iter().map(|below| self.path(&below.id).len() - own).max().unwrap_or(0);
        check_depth(self.path(target).len() + 1 + height)?;
        if let Some(parent) = self.nodes.get_mut(&old) {
            parent.children.retain(|child| child != id);
        }
        if let Some(parent) = self.nodes.get_mut(target) {
            parent.children.push(id.to_owned());
        }
        if let Some(node) = self.nodes.get_mut(id) {
            node.parent = Some(target.to_owned());
        }
        Ok(())
    }

    /// Adds users to a department. Those who are already in it keep their position.
    pub(crate) fn join(
        &mut self,
        id: &str,
        users: &[UserKey],
        is_leader: bool,
        now: i64,
    ) -> Result<(), ApiError> {
        let node = self.nodes.get_mut(id).ok_or_else(|| no_node(id))?;
        for user in users {
            match node.members.iter_mut().find(|member| member.user == *user) {
                Some(member) => member.is_leader = is_leader,
                None => node.members.push(Member { user: *user, is_leader, joined: now }),
            }
            self.by_user.entry(*user).or_default().insert(id.to_owned());
        }
        Ok(())
    }

    /// Removes users from a department. Users who are not in it are ignored.
    pub(crate) fn leave(&mut self, id: &str, users: &[UserKey]) -> Result<(), ApiError> {
        let node = self.nodes.get_mut(id).ok_or_else(|| no_node(id))?;
        node.members.retain(|member| !users.contains(&member.user));
        for user in users {
            self.note_left(*user, id);
        }
        Ok(())
    }

    /// Removes a user who was deleted from every department.
    pub(crate) fn forget_user(&mut self, user: UserKey) {
        for id in self.by_user.remove(&user).unwrap_or_default() {
            if let Some(node) = self.nodes.get_mut(&id) {
                node.members.retain(|member| member.user != user);
            }
        }
    }

    pub(crate) fn is_member(&self, id: &str, user: UserKey) -> bool {
        self.by_user.get(&user).is_some_and(|departments| departments.contains(id))
    }

    /// Whether a user is in any department at all.
    pub(crate) fn has(&self, user: UserKey) -> bool {
        self.by_user.contains_key(&user)
    }

    /// The departments that a user is in.
    pub(crate) fn departments_of(&self, user: UserKey) -> impl Iterator<Item = (&Node, &Member)> {
        self.by_user.get(&user).into_iter().flatten().filter_map(move |id| {
            let node = self.nodes.get(id)?;
            Some((node, node.members.iter().find(|member| member.user == user)?))
        })
    }
}

fn no_node(id: &str) -> ApiError {
    ApiError::guess(Guess::DepartmentNotFound, format!("department \"{id}\" does not exist"))
}

fn other_org(id: &str, org_id: &str) -> ApiError {
    ApiError::guess(
        Guess::DepartmentNotFound,
        format!("department \"{id}\" is not in organisation \"{org_id}\""),
    )
}

fn check_depth(levels: usize) -> Result<(), ApiError> {
    if levels > DEEPEST {
        return Err(ApiError::invalid(format!("an organisation may have {DEEPEST} levels, not more")));
    }
    Ok(())
}

fn is_root() -> ApiError {
    ApiError::invalid("the root of an organisation can be neither moved nor deleted")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: UserKey = UserKey(0);
    const BOB: UserKey = UserKey(1);

    fn node(id: &str, parent: Option<&str>) -> Node {
        Node {
            id: id.to_owned(),
            org_id: "org".to_owned(),
            parent: parent.map(str::to_owned),
            code: Some(id.to_owned()),
            name: id.to_owned(),
            name_i18n: None,
            description: None,
            description_i18n: None,
            order: None,
            children: Vec::new(),
            members: Vec::new(),
            created: 0,
            updated: 0,
        }
    }

    /// root -> sales -> export, root -> works
    fn orgs() -> Orgs {
        let mut orgs = Orgs::default();
        orgs.found(
            Org { id: "org".to_owned(), root: "root".to_owned(), tenant_id: None },
            node("root", None),
        );
        for (id, parent) in [("sales", "root"), ("works", "root"), ("export", "sales")] {
            orgs.add(node(id, Some(parent))).unwrap();
        }
        orgs
    }

    fn ids(nodes: &[&Node]) -> Vec<String> {
        nodes.iter().map(|node| node.id.clone()).collect()
    }

    #[test]
    fn a_path_goes_down_from_the_root() {
        assert_eq!(ids(&orgs().path("export")), ["root", "sales", "export"]);
        assert_eq!(ids(&orgs().subtree("root")), ["root", "sales", "works", "export"]);
    }

    #[test]
    fn a_moved_department_takes_its_children_along() {
        let mut orgs = orgs();
        orgs.move_node("org", "sales", "works").unwrap();
        assert_eq!(ids(&orgs.path("export")), ["root", "works", "sales", "export"]);
        assert!(orgs.move_node("org", "works", "export").is_err());
        assert!(orgs.move_node("org", "root", "export").is_err());
    }

    #[test]
    fn a_removed_department_takes_its_children_along() {
        let mut orgs = orgs();
        orgs.join("export", &[ANN], false, 1).unwrap();
        orgs.join("works", &[ANN], false, 1).unwrap();
        assert_eq!(orgs.remove_node("org", "sales").unwrap(), ["sales", "export"]);
        let left: Vec<_> = orgs.departments_of(ANN).map(|(node, _)| node.id.as_str()).collect();
        assert_eq!(left, ["works"]);
        assert_eq!(ids(&orgs.subtree("root")), ["root", "works"]);
    }

    #[test]
    fn codes_are_unique_in_an_organisation() {
        let mut orgs = orgs();
        let mut twin = node("twin", Some("works"));
        twin.code = Some("sales".to_owned());
        assert!(orgs.add(twin).is_err());
    }

    #[test]
    fn who_is_in_twice_is_in_once() {
        let mut orgs = orgs();
        orgs.join("sales", &[ANN, BOB], false, 1).unwrap();
        orgs.join("sales", &[ANN], true, 2).unwrap();
        assert_eq!(orgs.node("sales").unwrap().members.len(), 2);
        orgs.leave("sales", &[ANN, BOB]).unwrap();
        orgs.leave("sales", &[ANN]).unwrap();
        assert_eq!(orgs.departments_of(BOB).count(), 0);
        assert!(!orgs.is_member("sales", ANN));
    }
}
