//! Load balancers, listeners and targets, without the secrets of an action's login.

use aws_sdk_elasticloadbalancingv2::types as elb;

use super::field::{each, id, ids, known_id, text, word};
use crate::model::load_balancer::{
    Attribute, ForwardConfig, Listener, ListenerAction, ListenerRule, LoadBalancer,
    LoadBalancerAddress, LoadBalancerState, LoadBalancerZone, TargetDescription, TargetGroup,
    TargetGroupTuple, TargetHealth, TargetHealthDescription,
};

pub(in crate::loader) fn load_balancer(from: &elb::LoadBalancer) -> LoadBalancer {
    let private_link = from.enforce_security_group_inbound_rules_on_private_link_traffic();
    LoadBalancer {
        load_balancer_arn: id(from.load_balancer_arn()),
        load_balancer_name: id(from.load_balancer_name()),
        dns_name: text(from.dns_name()),
        scheme: word(from.scheme()),
        vpc_id: known_id(from.vpc_id()),
        state: from
            .state()
            .map(|s| LoadBalancerState { code: word(s.code()), reason: text(s.reason()) }),
        load_balancer_type: word(from.r#type()),
        availability_zones: each(from.availability_zones.as_ref(), zone),
        security_groups: ids(from.security_groups.as_ref()),
        ip_address_type: word(from.ip_address_type()),
        enforce_security_group_inbound_rules_on_private_link_traffic: text(private_link),
    }
}

fn zone(from: &elb::AvailabilityZone) -> LoadBalancerZone {
    LoadBalancerZone {
        zone_name: known_id(from.zone_name()),
        subnet_id: known_id(from.subnet_id()),
        load_balancer_addresses: each(from.load_balancer_addresses.as_ref(), address),
    }
}

fn address(from: &elb::LoadBalancerAddress) -> LoadBalancerAddress {
    LoadBalancerAddress {
        ip_address: known_id(from.ip_address()),
        allocation_id: known_id(from.allocation_id()),
        private_ipv4_address: known_id(from.private_ipv4_address()),
        ipv6_address: known_id(from.ipv6_address()),
    }
}

pub(in crate::loader) fn listener(from: &elb::Listener) -> Listener {
    Listener {
        listener_arn: known_id(from.listener_arn()),
        load_balancer_arn: known_id(from.load_balancer_arn()),
        port: from.port(),
        protocol: word(from.protocol()),
        default_actions: each(from.default_actions.as_ref(), action),
    }
}

fn action(from: &elb::Action) -> ListenerAction {
    ListenerAction {
        action_type: word(from.r#type()),
        order: from.order(),
        target_group_arn: known_id(from.target_group_arn()),
        forward_config: from.forward_config().map(|config| ForwardConfig {
            target_groups: each(config.target_groups.as_ref(), |group| TargetGroupTuple {
                target_group_arn: known_id(group.target_group_arn()),
                weight: group.weight,
            }),
        }),
    }
}

pub(in crate::loader) fn rule(from: &elb::Rule) -> ListenerRule {
    ListenerRule {
        rule_arn: known_id(from.rule_arn()),
        priority: text(from.priority()),
        actions: each(from.actions.as_ref(), action),
        is_default: from.is_default(),
    }
}

pub(in crate::loader) fn attribute(from: &elb::LoadBalancerAttribute) -> Attribute {
    Attribute { key: id(from.key()), value: text(from.value()) }
}

pub(in crate::loader) fn target_group_attribute(from: &elb::TargetGroupAttribute) -> Attribute {
    Attribute { key: id(from.key()), value: text(from.value()) }
}

pub(in crate::loader) fn target_group(from: &elb::TargetGroup) -> TargetGroup {
    TargetGroup {
        target_group_arn: id(from.target_group_arn()),
        target_group_name: id(from.target_group_name()),
        protocol: word(from.protocol()),
        port: from.port(),
        vpc_id: known_id(from.vpc_id()),
        target_type: word(from.target_type()),
        load_balancer_arns: ids(from.load_balancer_arns.as_ref()),
        health_check_port: text(from.health_check_port()),
        health_check_protocol: word(from.health_check_protocol()),
        health_check_enabled: from.health_check_enabled(),
        ip_address_type: word(from.ip_address_type()),
    }
}

pub(in crate::loader) fn target(from: &elb::TargetHealthDescription) -> TargetHealthDescription {
    TargetHealthDescription {
        target: from.target().map(|target| TargetDescription {
            id: id(target.id()),
            port: target.port,
            availability_zone: text(target.availability_zone()),
        }),
        health_check_port: text(from.health_check_port()),
        target_health: from.target_health().map(|health| TargetHealth {
            state: word(health.state()),
            reason: word(health.reason()),
            description: text(health.description()),
        }),
    }
}
