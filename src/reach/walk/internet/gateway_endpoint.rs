//! Routes to VPC endpoints: by a gateway endpoint to the service itself (rule EP-1).

use crate::model::catalogue::Envelope;
use crate::model::traffic::{PortSet, Protocol, Traffic, icmp_message};
use crate::model::vpc::Vpc;
use crate::reach::answer::{Check, Component, Kind, Reason, Said, Site};
use crate::reach::code::Code;
use crate::reach::filter::Identity;
use crate::reach::walk::{Exit, Walk, said};
use crate::store::Ix;

impl Walk<'_> {
    /// A route to a VPC endpoint: of a gateway endpoint, to the service itself (rule EP-1).
    pub(in crate::reach::walk) fn endpoint(&mut self, vpc: Ix<Vpc>, id: &str) {
        let component = Component::new(Kind::VpcEndpoint, id);
        let Some(endpoint) = self.store.vpc_endpoints.get(id) else {
            let reason = Reason::Lacks(Envelope::VpcEndpoints);
            return self.unknown(Check::Endpoints, component, Code::UnknownResource, reason);
        };
        if !endpoint.is_gateway() {
            return self.not_modelled("a gateway load balancer endpoint", id);
        }
        if !endpoint.is_available() {
            let state = endpoint.state.as_deref().unwrap_or_default();
            return self.block(
                Check::Endpoints,
                component,
                Code::BadState,
                Reason::State(state.into()),
            );
        }
        if self.is_return() {
            let code = Code::GatewayEndpointInitiates;
            return self.block(
                Check::Endpoints,
                component,
                code,
                said(Said::GatewayEndpointInitiates),
            );
        }
        if !self.is_source_of(vpc) {
            let (code, reason) = (Code::NoPossibleDestination, said(Said::EndpointNotForPeers));
            return self.block(Check::Endpoints, component, code, reason);
        }
        self.gateway_endpoint(vpc, component);
    }

    fn gateway_endpoint(&mut self, vpc: Ix<Vpc>, component: Component) {
        let echo = PortSet::one(icmp_message(8, 0));
        let carried =
            Traffic::of(Protocol::TCP, PortSet::full()).union(&Traffic::of(Protocol::ICMP, echo));
        let left = self.leg.passed.intersection(&carried);
        if left.is_empty() && !self.leg.passed.is_empty() {
            let code = Code::GatewayEndpointProtocol;
            return self.block(
                Check::Endpoints,
                component,
                code,
                said(Said::GatewayEndpointProtocols),
            );
        }
        self.leg.passed = left;
        self.session.exit.get_or_insert(Exit::GatewayEndpoint(vpc));
        self.session.identity = Identity::Lost;
        self.leg.arrived = matches!(self.to.site, Site::Outside);
        self.pass(Check::Endpoints, component, Reason::Arrived);
    }
}
