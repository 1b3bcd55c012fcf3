//! Load balancers with their target groups, and database proxies.

use vpctui::model::catalogue::Resources;
use vpctui::model::load_balancer::{
    Attribute, Listener, ListenerAction, ListenerRule, ListenerRules, LoadBalancer,
    LoadBalancerAttributes, LoadBalancerListeners, LoadBalancerState, LoadBalancerTargetHealth,
    LoadBalancerZone, TargetDescription, TargetGroup, TargetGroupAttributes, TargetHealth,
    TargetHealthDescription,
};
use vpctui::model::rds::{DbProxy, DbProxyEndpoint, DbProxyTarget, DbProxyTargets};

use super::line::{Parts, Words};
use super::{ACCOUNT, Network, REGION};

impl Network {
    pub(super) fn add_balancers(&self, to: &mut Resources) {
        for (name, lines) in &self.load_balancers {
            self.add_balancer(name, lines, to);
        }
        for (name, lines) in &self.target_groups {
            add_target_group(name, lines, to);
        }
        for (name, line) in &self.proxies {
            self.add_proxy(name, line, to);
        }
        for (name, line) in &self.proxy_endpoints {
            self.add_proxy_endpoint(name, line, to);
        }
    }

    fn add_balancer(&self, name: &str, lines: &[String], to: &mut Resources) {
        let mut balancer = LoadBalancer {
            load_balancer_name: name.into(),
            scheme: Some("internal".into()),
            state: Some(LoadBalancerState { code: Some("active".into()), reason: None }),
            ..LoadBalancer::default()
        };
        for line in lines {
            let mut words = Words::of(name, line);
            match words.word() {
                kind @ ("application" | "network") => {
                    balancer.load_balancer_type = Some(kind.into());
                    balancer.load_balancer_arn = arn(kind, name).into();
                    Self::options(&mut balancer, &mut words, to);
                }
                "node" => self.add_node(&mut balancer, &words.rest(), to),
                "listen" => listen(&balancer, &mut words, to),
                "rule" => add_rule(&balancer, &mut words, to),
                word => words.wrong(word),
            }
            words.end();
        }
        to.load_balancers.push(balancer);
    }

    fn options(balancer: &mut LoadBalancer, words: &mut Words, to: &mut Resources) {
        while let Some(word) = words.next() {
            match word {
                "internet-facing" => balancer.scheme = Some(word.into()),
                "state" => balancer.state = Some(state(words.word())),
                "cross-zone" => to.load_balancer_attributes.push(LoadBalancerAttributes {
                    load_balancer_arn: balancer.load_balancer_arn.clone(),
                    attributes: vec![switch("load_balancing.cross_zone.enabled", words.word())],
                }),
                _ => words.wrong(word),
            }
        }
    }

    /// `node subnet-a 10.0.1.30 public 198.51.100.30 sg-web`: one per zone.
    fn add_node(&self, balancer: &mut LoadBalancer, line: &str, to: &mut Resources) {
        let name = balancer.load_balancer_name.clone();
        let parts = Parts::read(&name, line);
        let subnet = parts.subnets[0];
        let mut interface = self.listed(&format!("eni-{name}-{subnet}"), &parts);
        let (short, kind) = match balancer.load_balancer_type.as_deref() {
            Some("application") => ("app", "interface"),
            _ => ("net", "network_load_balancer"),
        };
        interface.interface_type = Some(kind.into());
        interface.description = Some(format!("ELB {short}/{name}/50dc6c495c0c9188").into());
        interface.requester_id = Some("amazon-elb".into());
        balancer.vpc_id.clone_from(&interface.vpc_id);
        balancer.security_groups = parts.groups.iter().map(|group| (*group).into()).collect();
        balancer.availability_zones.push(LoadBalancerZone {
            subnet_id: Some(subnet.into()),
            zone_name: self.zone_of(subnet).map(Into::into),
            ..LoadBalancerZone::default()
        });
        to.network_interfaces.push(interface.into());
    }

    /// `subnet-a subnet-b sg-proxy for orders`, or `cluster shop`.
    fn add_proxy(&self, name: &str, line: &str, to: &mut Resources) {
        let mut parts = Parts::read(name, line);
        let mut proxy = DbProxy {
            db_proxy_name: name.into(),
            db_proxy_arn: Some(format!("arn:aws:rds:{REGION}:{ACCOUNT}:db-proxy:{name}").into()),
            status: Some("available".into()),
            vpc_id: Some(self.vpc_of(parts.subnets[0])),
            vpc_security_group_ids: Some(
                parts.groups.iter().map(|group| (*group).into()).collect(),
            ),
            vpc_subnet_ids: parts.subnets.iter().map(|subnet| (*subnet).into()).collect(),
            ..DbProxy::default()
        };
        let mut targets = Vec::new();
        while let Some(word) = parts.keywords.next() {
            match word {
                "for" => targets.push(behind_proxy("RDS_INSTANCE", parts.keywords.word())),
                "cluster" => targets.push(behind_proxy("TRACKED_CLUSTER", parts.keywords.word())),
                "status" => proxy.status = Some(parts.keywords.word().into()),
                _ => parts.keywords.wrong(word),
            }
        }
        to.db_proxies.push(proxy);
        to.db_proxy_targets.push(DbProxyTargets { db_proxy_name: name.into(), targets });
    }

    /// `subnet-a sg-reader of orders-proxy read-only`.
    fn add_proxy_endpoint(&self, name: &str, line: &str, to: &mut Resources) {
        let mut parts = Parts::read(name, line);
        let arn = format!("arn:aws:rds:{REGION}:{ACCOUNT}:db-proxy-endpoint:{name}");
        let mut endpoint = DbProxyEndpoint {
            db_proxy_endpoint_name: name.into(),
            db_proxy_endpoint_arn: Some(arn.into()),
            status: Some("available".into()),
            vpc_id: Some(self.vpc_of(parts.subnets[0])),
            vpc_security_group_ids: Some(
                parts.groups.iter().map(|group| (*group).into()).collect(),
            ),
            vpc_subnet_ids: parts.subnets.iter().map(|subnet| (*subnet).into()).collect(),
            endpoint: Some(format!("{name}.endpoint.proxy-x.{REGION}.rds.amazonaws.com")),
            target_role: Some("READ_WRITE".into()),
            is_default: Some(false),
            ..DbProxyEndpoint::default()
        };
        while let Some(word) = parts.keywords.next() {
            match word {
                "of" => endpoint.db_proxy_name = parts.keywords.word().into(),
                "read-only" => endpoint.target_role = Some("READ_ONLY".into()),
                "status" => endpoint.status = Some(parts.keywords.word().into()),
                _ => parts.keywords.wrong(word),
            }
        }
        to.db_proxy_endpoints.push(endpoint);
    }
}

fn behind_proxy(kind: &str, id: &str) -> DbProxyTarget {
    DbProxyTarget {
        rds_resource_id: Some(id.into()),
        target_type: Some(kind.into()),
        ..DbProxyTarget::default()
    }
}

fn state(code: &str) -> LoadBalancerState {
    LoadBalancerState { code: Some(code.into()), reason: None }
}

fn switch(key: &str, word: &str) -> Attribute {
    Attribute { key: key.into(), value: Some((word == "on").to_string()) }
}

fn arn(kind: &str, name: &str) -> String {
    format!("arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:{kind}/{name}")
}

fn listener_arn(balancer: &LoadBalancer, port: i32) -> String {
    arn("listener", &format!("{}/{port}", balancer.load_balancer_name))
}

/// `listen HTTP 80 -> web api`; without a target group it answers by itself.
fn listen(balancer: &LoadBalancer, words: &mut Words, to: &mut Resources) {
    let (protocol, port) = (words.word(), words.parse());
    let listener = Listener {
        listener_arn: Some(listener_arn(balancer, port).into()),
        load_balancer_arn: Some(balancer.load_balancer_arn.clone()),
        port: Some(port),
        protocol: Some(protocol.into()),
        default_actions: actions(words),
    };
    let all = &mut to.load_balancer_listeners;
    match all.iter_mut().find(|one| one.load_balancer_arn == balancer.load_balancer_arn) {
        Some(listed) => listed.listeners.push(listener),
        None => all.push(LoadBalancerListeners {
            load_balancer_arn: balancer.load_balancer_arn.clone(),
            listeners: vec![listener],
        }),
    }
}

/// `rule 80 -> api`: a further rule of the listener of that port.
fn add_rule(balancer: &LoadBalancer, words: &mut Words, to: &mut Resources) {
    let port = words.parse();
    let rule = ListenerRule { actions: actions(words), ..ListenerRule::default() };
    to.listener_rules.push(ListenerRules {
        listener_arn: listener_arn(balancer, port).into(),
        rules: vec![rule],
    });
}

fn actions(words: &mut Words) -> Vec<ListenerAction> {
    let groups: Vec<_> = std::iter::from_fn(|| words.next()).filter(|word| *word != "->").collect();
    let forward = |group: &&str| ListenerAction {
        action_type: Some("forward".into()),
        target_group_arn: Some(arn("targetgroup", group).into()),
        ..ListenerAction::default()
    };
    match groups[..] {
        [] => vec![ListenerAction {
            action_type: Some("fixed-response".into()),
            ..ListenerAction::default()
        }],
        _ => groups.iter().map(forward).collect(),
    }
}

/// `["instance HTTP 8080 vpc-1", "i-a", "i-b 8081 unhealthy", "preserve on", "cross-zone off"]`.
fn add_target_group(name: &str, lines: &[String], to: &mut Resources) {
    let mut group = TargetGroup {
        target_group_arn: arn("targetgroup", name).into(),
        target_group_name: name.into(),
        ..TargetGroup::default()
    };
    let (mut attributes, mut targets) = (Vec::new(), Vec::new());
    for line in lines {
        let mut words = Words::of(name, line);
        match words.word() {
            kind @ ("instance" | "ip" | "lambda" | "alb") => describe(&mut group, kind, &mut words),
            "health" => group.health_check_port = Some(words.word().into()),
            "preserve" => attributes.push(switch("preserve_client_ip.enabled", words.word())),
            "cross-zone" => {
                attributes.push(switch("load_balancing.cross_zone.enabled", words.word()));
            }
            id if group.target_type.as_deref() == Some("alb") => {
                targets.push(target(&arn("application", id), &mut words));
            }
            id => targets.push(target(id, &mut words)),
        }
        words.end();
    }
    if !attributes.is_empty() {
        let target_group_arn = group.target_group_arn.clone();
        to.target_group_attributes.push(TargetGroupAttributes { target_group_arn, attributes });
    }
    to.load_balancer_target_health.push(LoadBalancerTargetHealth {
        target_group_arn: group.target_group_arn.clone(),
        target_health_descriptions: targets,
    });
    to.target_groups.push(group);
}

fn describe(group: &mut TargetGroup, kind: &str, words: &mut Words) {
    group.target_type = Some(kind.into());
    if kind != "lambda" {
        group.protocol = Some(words.word().into());
        group.port = Some(words.parse());
        group.vpc_id = Some(words.word().into());
    }
}

fn target(id: &str, words: &mut Words) -> TargetHealthDescription {
    let (mut port, mut state) = (None, "healthy");
    while let Some(word) = words.next() {
        match word.parse() {
            Ok(number) => port = Some(number),
            Err(_) => state = word,
        }
    }
    TargetHealthDescription {
        target: Some(TargetDescription { id: id.into(), port, ..TargetDescription::default() }),
        target_health: Some(TargetHealth { state: Some(state.into()), ..TargetHealth::default() }),
        ..TargetHealthDescription::default()
    }
}
