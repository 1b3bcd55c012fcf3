//! DNS names that AWS gives: the name of the database or load balancer in them is masked as it is elsewhere, what AWS
//! puts around it stays.

use std::net::{IpAddr, Ipv4Addr};

use super::aws::{DOMAINS, is_region};
use super::text::{Texts, is_hex};

/// Domains of AWS's names inside of a VPC.
const PRIVATE_DOMAINS: &[&str] = &["compute.internal", "ec2.internal"];

/// Parts of AWS's DNS names that say what kind of name it is.
const KINDS: &[&str] =
    &["rds", "elb", "compute", "compute-1", "ec2", "vpce", "s3", "execute-api", "endpoint", "*"];

/// What the second part of the DNS name of a cluster or proxy begins with.
const DATABASE_DOMAINS: &[&str] = &["cluster-custom-", "cluster-ro-", "cluster-", "proxy-"];

impl Texts {
    /// A name below one of AWS's domains; any other domain is a name like others.
    pub fn dns_name(&mut self, text: &str) -> Option<String> {
        let mut domains = DOMAINS.iter().chain(PRIVATE_DOMAINS);
        let below = domains.find_map(|domain| text.strip_suffix(domain)?.strip_suffix('.'))?;
        let domain = text.get(below.len()..)?;
        let labels: Vec<_> = below.split('.').collect();
        let is_of_aws = |label: &&str| {
            KINDS.contains(label) || is_region(label) || self.services.contains(*label)
        };
        let of_aws: Vec<bool> = labels.iter().map(is_of_aws).collect();
        let all = of_aws.iter().all(|of_aws| *of_aws);
        let of_balancer = labels.contains(&"elb");
        let masked = labels.iter().zip(&of_aws).enumerate().map(|(at, (label, of_aws))| {
            if all || at > 0 && *of_aws {
                (*label).to_owned()
            } else if of_balancer {
                self.balancer_label(label)
            } else {
                self.label(label, at)
            }
        });
        let masked: Vec<_> = masked.collect();
        Some(masked.join(".") + domain)
    }

    /// `internal-NAME-1234567890`, or `NAME-0123456789abcdef`.
    fn balancer_label(&mut self, label: &str) -> String {
        let (scope, rest) = match label.strip_prefix("internal-") {
            Some(rest) => ("internal-", rest),
            None => ("", label),
        };
        let numbered = rest.rsplit_once('-').filter(|(_, number)| is_hex(number));
        match numbered {
            Some((name, id)) if id.len() >= 16 => {
                format!("{scope}{}-{}", self.part(name), self.pseudonyms.hex(id))
            }
            Some((name, number)) => {
                format!("{scope}{}-{}", self.part(name), self.pseudonyms.digits(number))
            }
            None => format!("{scope}{}", self.part(rest)),
        }
    }

    /// `ec2-203-0-113-7`, `cluster-ro-c1a2b3`, or the name of a database.
    fn label(&mut self, label: &str, at: usize) -> String {
        let hyphens = |address: IpAddr| address.to_string().replace('.', "-");
        for start in ["ip-", "ec2-"] {
            let address = label.strip_prefix(start).map(|rest| rest.replace('-', "."));
            let address = address.and_then(|address| address.parse::<Ipv4Addr>().ok());
            if let Some(address) = address {
                return format!("{start}{}", hyphens(self.addresses.address(address.into())));
            }
        }
        let start = DATABASE_DOMAINS.iter().find(|start| at > 0 && label.starts_with(**start));
        let start = start.copied().unwrap_or_default();
        format!("{start}{}", self.part(label.get(start.len()..).unwrap_or_default()))
    }
}
