//! Writing down what a check found, and taking it into the account of the way.

use super::super::answer::{But, Check, Component, Outcome, Reason, Rule, Site, Step};
use super::super::code::Code;
use super::super::filter::Filtered;
use super::Walk;
use crate::model::traffic::Traffic;
use crate::store::InterfaceIx;

impl Walk<'_> {
    pub(super) fn step(&mut self, make: impl FnOnce() -> Step) {
        if self.explain {
            let step = make();
            self.leg.steps.push(step);
        }
    }

    pub(super) fn pass(&mut self, check: Check, component: Component, reason: Reason) {
        self.step(|| Step {
            check,
            component,
            outcome: Outcome::Pass,
            code: None,
            rule: None,
            reason,
        });
    }

    pub(super) fn skip(&mut self, check: Check, component: Component, reason: Reason) {
        self.step(|| Step {
            check,
            component,
            outcome: Outcome::Skipped,
            code: None,
            rule: None,
            reason,
        });
    }

    pub(super) fn block(&mut self, check: Check, component: Component, code: Code, reason: Reason) {
        self.block_by(check, component, code, None, reason);
    }

    pub(super) fn block_by(
        &mut self,
        check: Check,
        component: Component,
        code: Code,
        rule: Option<Rule>,
        reason: Reason,
    ) {
        let outcome = if self.session.is_off_track {
            self.doubt();
            Outcome::Unknown
        } else {
            self.leg.passed = Traffic::empty();
            Outcome::Block
        };
        let code = Some(code);
        self.step(|| Step { check, component, outcome, code, rule, reason });
    }

    pub(super) fn unknown(
        &mut self,
        check: Check,
        component: Component,
        code: Code,
        reason: Reason,
    ) {
        self.doubt();
        self.session.is_off_track |= self.throws_off_track(check);
        let code = Some(code);
        self.step(|| Step {
            check,
            component,
            outcome: Outcome::Unknown,
            code,
            rule: None,
            reason,
        });
    }

    /// From here on nothing is sure.
    fn doubt(&mut self) {
        self.leg.unknown = true;
        self.leg.doubtful = Traffic::full();
    }

    /// Whether a hop that is not in the data may lead elsewhere, or change the packet's addresses. Inside of a VPC the
    /// router delivers by itself.
    fn throws_off_track(&self, check: Check) -> bool {
        let vpc = |at: Option<InterfaceIx>| at.and_then(|at| self.store.interface(at).vpc);
        let (from, to) = (vpc(self.initiator()), vpc(self.to.site.interface()));
        match check {
            Check::Route => from.is_none() || from != to || self.is_translated(),
            Check::Hop => from.is_some() && (from != to || self.is_translated()),
            Check::Nat | Check::Peering | Check::TransitGateway => true,
            _ => false,
        }
    }

    /// Whether the packet, or what it answers, is called by a public address or comes from a translator.
    fn is_translated(&self) -> bool {
        let is_public = matches!(self.to.site, Site::Public(_)) || self.session.exit.is_some();
        is_public || !self.session.bindings.is_empty()
    }

    /// Takes what a filter said into the way's account and writes it down.
    pub(super) fn filtered(&mut self, check: Check, component: Component, said: Filtered) {
        let missing = self.asked.difference(&said.passed);
        if missing.is_empty() && !self.explain {
            return;
        }
        let open = missing.intersection(&said.unknown);
        self.leg.passed = self.leg.passed.intersection(&said.passed.union(&said.unknown));
        if !open.is_empty() {
            self.leg.unknown = true;
            self.leg.doubtful = self.leg.doubtful.union(&open);
        }
        let outcome = outcome(&self.asked, &said.passed, &open);
        let asked = self.asked.clone();
        self.step(|| filter_step(check, component, said, outcome, &asked, missing));
    }
}

fn outcome(asked: &Traffic, passed: &Traffic, open: &Traffic) -> Outcome {
    if asked.is_subset(passed) {
        Outcome::Pass
    } else if !open.is_empty() {
        Outcome::Unknown
    } else if passed.is_empty() {
        Outcome::Block
    } else {
        Outcome::BlockPart
    }
}

pub(super) fn filter_step(
    check: Check,
    component: Component,
    said: Filtered,
    outcome: Outcome,
    asked: &Traffic,
    missing: Traffic,
) -> Step {
    let is_group = matches!(check, Check::SecurityGroupEgress | Check::SecurityGroupIngress);
    let is_near = |but| said.near.iter().any(|miss| miss.but == but);
    let code = match outcome {
        Outcome::Pass | Outcome::Skipped => None,
        Outcome::Unknown if is_near(But::NotVisible) => Some(Code::UnknownPeeredGroups),
        Outcome::Unknown => Some(Code::UnknownResource),
        _ if !is_group => Some(Code::AclRestriction),
        _ if !said.has_rules => Some(Code::GroupHasNoRules),
        _ if is_near(But::ReferencingOff) => Some(Code::GroupReferencingSupport),
        _ if is_near(But::IdentityLost) => Some(Code::GroupReferencesNotPreserved),
        _ => Some(Code::GroupRulesMismatch),
    };
    let reason = match outcome {
        Outcome::Pass => Reason::Allowed,
        _ if is_group => Reason::NotAllowed { missing, near: said.near },
        _ => Reason::Denied { denied: missing, asked: asked.clone() },
    };
    Step { check, component, outcome, code, rule: said.rule, reason }
}
