//! Functions, their published versions and the interfaces that they share (rule L-4).

use rustc_hash::FxHashSet;

use super::{Joined, Virtual, sorted, told};
use crate::model::ids::{SecurityGroupId, SubnetId};
use crate::model::lambda::{Function, VpcConfig};
use crate::store::interface::{InterfaceIx, Origin};
use crate::store::owner::{Owner, OwnerKind};
use crate::store::place::PlaceIx;
use crate::store::{Map, Row};

/// What functions with the same interface have in common.
type Hyperplane = (SubnetId, Vec<SecurityGroupId>);

/// Interfaces that are not listed, by the function and whatever of its versions shares them.
type Made<'a> = Map<(&'a str, bool, Hyperplane), InterfaceIx>;

impl Joined<'_> {
    /// A function uses the Hyperplane interface of each of its subnets that has exactly its groups, and so does a published
    /// version. Functions come first: an interface is called after one of them where there is one.
    pub(super) fn functions(&mut self) {
        let shared = self.shared_interfaces();
        let mut users: FxHashSet<(InterfaceIx, &str)> = FxHashSet::default();
        let mut made: Made<'_> = Map::default();
        let store = self.store;
        for is_published in [false, true] {
            let rows = store.functions.rows().map(|(_, row)| row);
            for row in rows.filter(|row| row.data.published().is_some() == is_published) {
                let Some(config) = row.data.attached() else { continue };
                let v6 = self.uses_v6(config);
                for subnet in &config.subnet_ids {
                    let groups = sorted(told(config.security_group_ids.as_deref()));
                    let key = (subnet.clone(), groups);
                    let found = if let Some(listed) = shared.get(&key) {
                        self.shared(listed, &row.data, &mut users)
                    } else {
                        let key = (row.data.unqualified_arn(), v6, key);
                        self.not_listed(row, config, subnet, key, &mut made).into_iter().collect()
                    };
                    let id = row.data.function_arn.to_string();
                    self.of_service.entry(id).or_default().extend(found);
                }
            }
        }
    }

    /// IPv6 has to be allowed, and every subnet to have it (rule L-6).
    fn uses_v6(&self, config: &VpcConfig) -> bool {
        let has_v6 = |id| self.store.subnets.get(id).is_some_and(|s| s.ipv6_cidrs().count() > 0);
        config.ipv6_allowed_for_dual_stack == Some(true) && config.subnet_ids.iter().all(has_v6)
    }

    /// More than one where one has no room for more connections.
    fn shared_interfaces(&self) -> Map<Hyperplane, Vec<InterfaceIx>> {
        let functions =
            self.interfaces.rows().filter(|(_, row)| row.data.owner.kind == OwnerKind::Function);
        let mut shared: Map<_, Vec<InterfaceIx>> = Map::default();
        for (at, row) in functions {
            let Some(subnet) = row.data.subnet else { continue };
            let subnet = self.store.subnets[subnet].data.subnet_id.clone();
            let key = (subnet, sorted(row.data.groups.iter().cloned()));
            shared.entry(key).or_default().push(at);
        }
        shared
    }

    /// The description names the first function only; the join knows them all. A version is named where its function is no
    /// user itself: that stands for all of its versions.
    fn shared<'a>(
        &mut self,
        listed: &[InterfaceIx],
        function: &'a Function,
        users: &mut FxHashSet<(InterfaceIx, &'a str)>,
    ) -> Vec<InterfaceIx> {
        for at in listed {
            let is_known = users.contains(&(*at, function.unqualified_arn()));
            if function.published().is_some() && is_known {
                continue;
            }
            users.insert((*at, function.function_arn.as_str()));
            self.add_user(*at, function);
        }
        listed.to_vec()
    }

    fn add_user(&mut self, at: InterfaceIx, function: &Function) {
        let id = self.interfaces[at].data.id.clone();
        let Some(interface) = self.interfaces.get_mut(&id) else { return };
        if interface.owner.id.starts_with("arn:") {
            interface.owner.also.push(function.label().into());
        } else {
            interface.owner = owner(function);
        }
    }

    /// One interface for a function and its versions.
    fn not_listed<'a>(
        &mut self,
        row: &Row<Function>,
        config: &VpcConfig,
        subnet: &SubnetId,
        key: (&'a str, bool, Hyperplane),
        made: &mut Made<'a>,
    ) -> Option<InterfaceIx> {
        let known = made.get(&key).copied().filter(|_| row.data.published().is_some());
        if let Some(at) = known {
            if self.interfaces[at].data.owner.id.as_ref() != key.0 {
                self.add_user(at, &row.data);
            }
            return Some(at);
        }
        let new = interface(&row.data, config, subnet, row.place);
        let at = self.add(Virtual { v6: key.1, ..new })?;
        made.insert(key, at);
        Some(at)
    }
}

fn interface<'a>(
    function: &Function,
    config: &VpcConfig,
    subnet: &'a SubnetId,
    place: PlaceIx,
) -> Virtual<'a> {
    Virtual {
        id: format!("lambda:{}:{subnet}", function.function_arn),
        origin: Origin::FunctionConfig,
        place,
        subnet,
        groups: told(config.security_group_ids.as_deref()).collect(),
        owner: owner(function),
        v6: false,
    }
}

fn owner(function: &Function) -> Owner {
    Owner::new(OwnerKind::Function, function.function_arn.as_str()).named(Some(&function.label()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::store::names::find;
    use crate::store::tree::Tree;
    use crate::store::{Store, fixture};

    const EXPORT: &str = "arn:aws:lambda:eu-west-1:111122223333:function:export";
    const REPORT: &str = "arn:aws:lambda:eu-west-1:111122223333:function:report";

    /// A version of a function with one group.
    fn function(arn: &str, version: &str, subnet: &str) -> Value {
        let name = arn.rsplit(':').next().unwrap();
        let end = if version.is_empty() { String::new() } else { format!(":{version}") };
        json!({"FunctionName": name, "FunctionArn": format!("{arn}{end}"),
            "Version": if version.is_empty() { "$LATEST" } else { version },
            "VpcConfig": {"VpcId": "vpc-1", "SubnetIds": [subnet], "SecurityGroupIds": ["sg-1"]}})
    }

    fn store(functions: &[Value]) -> Store {
        let uuid = "0a1b2c3d-0000-4000-8000-123456789012";
        let listed = ["subnet-a", "subnet-b"].map(|subnet| {
            json!({
                "NetworkInterfaceId": format!("eni-{subnet}"), "VpcId": "vpc-1", "SubnetId": subnet,
                "InterfaceType": "lambda", "Groups": [{"GroupId": "sg-1"}], "Status": "in-use",
                "Description": format!("AWS Lambda VPC ENI-export-{uuid}")})
        });
        fixture::store(&json!({
            "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
            "Subnets": [
                {"SubnetId": "subnet-a", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24"},
                {"SubnetId": "subnet-b", "VpcId": "vpc-1", "CidrBlock": "10.0.2.0/24"},
                {"SubnetId": "subnet-c", "VpcId": "vpc-1", "CidrBlock": "10.0.3.0/24"}],
            "NetworkInterfaces": listed,
            "Functions": functions
        }))
    }

    fn users(store: &Store, interface: &str) -> (String, Vec<String>) {
        let owner = &store.interfaces.get(interface).unwrap().owner;
        (owner.name.to_string(), owner.also.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_version_is_a_user_where_its_function_is_none() {
        let store = store(&[
            function(EXPORT, "2", "subnet-b"),
            function(EXPORT, "3", "subnet-a"),
            function(EXPORT, "$LATEST", "subnet-a"),
            function(REPORT, "$LATEST", "subnet-a"),
            function(REPORT, "7", "subnet-b"),
        ]);
        assert_eq!(users(&store, "eni-subnet-a"), ("export".into(), vec!["report".into()]));
        assert_eq!(users(&store, "eni-subnet-b"), ("export:2".into(), vec!["report:7".into()]));
        let version = format!("{EXPORT}:3").into();
        assert_eq!(store.interfaces_of_function(&version).len(), 1, "it shares its function's");
    }

    #[test]
    fn a_list_with_versions_tells_the_same_of_functions() {
        let outside = |arn, version| {
            let mut function = function(arn, version, "subnet-a");
            function["VpcConfig"] = Value::Null;
            function
        };
        let plain = store(&[function(EXPORT, "", "subnet-c"), outside(REPORT, "")]);
        let full = store(&[
            function(EXPORT, "$LATEST", "subnet-c"),
            function(EXPORT, "1", "subnet-c"),
            outside(REPORT, "1"),
            outside(REPORT, "$LATEST"),
        ]);
        let owners = |store: &Store| -> Vec<_> {
            store.interfaces.iter().map(|one| (one.id.clone(), one.owner.clone())).collect()
        };
        assert_eq!(owners(&plain), owners(&full));
        let nodes = |store: &Store| -> Vec<_> {
            let tree = Tree::build(store);
            tree.nodes().map(|(_, node)| node.id.to_string()).collect()
        };
        assert_eq!(nodes(&plain), nodes(&full));
        for text in ["export", "report", EXPORT, "exp"] {
            let found = |store| -> Vec<_> {
                find(store, text).into_iter().map(|one| one.named.id.clone()).collect()
            };
            assert_eq!(found(&plain), found(&full), "{text}");
        }
        let found = find(&full, "export:1");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].named.kind.word(), "function version");
    }
}
