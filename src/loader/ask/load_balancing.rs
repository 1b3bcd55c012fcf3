//! Load balancers: their listeners, rules, targets and attributes.

use aws_sdk_elasticloadbalancingv2::Client;

use super::page::{Ask, Page, all, each_of, every, paged};
use crate::loader::convert::{each, load_balancer as convert, sure};
use crate::model::catalogue::Resources;
use crate::model::ids::Arn;
use crate::model::load_balancer::{
    ListenerRules, LoadBalancerAttributes, LoadBalancerListeners, LoadBalancerTargetHealth,
    TargetGroupAttributes,
};

const PAGE: i32 = 400;

paged! { page_size, set_marker -> next_marker:
    load_balancers = describe_load_balancers(PAGE), load_balancers => load_balancers, sure(convert::load_balancer);
    target_groups = describe_target_groups(PAGE), target_groups => target_groups, sure(convert::target_group);
}

pub(super) fn listeners(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, load_balancer_arns(found), async |client, load_balancer_arn: Arn| {
        let request = client.describe_listeners().load_balancer_arn(load_balancer_arn.as_str());
        let request = request.page_size(PAGE);
        let listed = every!(request, set_marker -> next_marker, listeners).await?;
        let listeners = each(Some(&listed), convert::listener);
        let listeners = LoadBalancerListeners { load_balancer_arn, listeners };
        Ok(Resources { load_balancer_listeners: vec![listeners], ..Resources::default() })
    })
}

pub(super) fn rules(client: &Client, found: &Resources) -> Vec<Ask> {
    let listeners = found.load_balancer_listeners.iter().flat_map(|group| &group.listeners);
    let arns = listeners.filter_map(|listener| listener.listener_arn.clone());
    each_of(client, arns, async |client, listener_arn: Arn| {
        let request = client.describe_rules().listener_arn(listener_arn.as_str());
        let request = request.page_size(PAGE);
        let listed = every!(request, set_marker -> next_marker, rules).await?;
        let rules = ListenerRules { listener_arn, rules: each(Some(&listed), convert::rule) };
        Ok(Resources { listener_rules: vec![rules], ..Resources::default() })
    })
}

pub(super) fn attributes(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, load_balancer_arns(found), async |client, load_balancer_arn: Arn| {
        let request = client.describe_load_balancer_attributes();
        let answer = request.load_balancer_arn(load_balancer_arn.as_str()).send().await?;
        let attributes = each(answer.attributes.as_ref(), convert::attribute);
        let attributes = LoadBalancerAttributes { load_balancer_arn, attributes };
        Ok(Resources { load_balancer_attributes: vec![attributes], ..Resources::default() })
    })
}

pub(super) fn group_attributes(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, target_group_arns(found), async |client, target_group_arn: Arn| {
        let request = client.describe_target_group_attributes();
        let answer = request.target_group_arn(target_group_arn.as_str()).send().await?;
        let attributes = each(answer.attributes.as_ref(), convert::target_group_attribute);
        let attributes = TargetGroupAttributes { target_group_arn, attributes };
        Ok(Resources { target_group_attributes: vec![attributes], ..Resources::default() })
    })
}

pub(super) fn targets(client: &Client, found: &Resources) -> Vec<Ask> {
    each_of(client, target_group_arns(found), async |client, target_group_arn: Arn| {
        let request = client.describe_target_health();
        let answer = request.target_group_arn(target_group_arn.as_str()).send().await?;
        let targets = each(answer.target_health_descriptions.as_ref(), convert::target);
        let targets =
            LoadBalancerTargetHealth { target_group_arn, target_health_descriptions: targets };
        Ok(Resources { load_balancer_target_health: vec![targets], ..Resources::default() })
    })
}

fn load_balancer_arns(found: &Resources) -> impl Iterator<Item = Arn> + '_ {
    found.load_balancers.iter().map(|balancer| balancer.load_balancer_arn.clone())
}

fn target_group_arns(found: &Resources) -> impl Iterator<Item = Arn> + '_ {
    found.target_groups.iter().map(|group| group.target_group_arn.clone())
}
