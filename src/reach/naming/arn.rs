//! ARNs that stand for something known under a shorter id.

/// The id in an ARN of EC2: `arn:aws:ec2:eu-west-1:111122223333:instance/i-0a` → `i-0a`.
pub(super) fn id(arn: &str) -> Option<&str> {
    let mut parts = arn.splitn(6, ':');
    let ec2 = parts.next() == Some("arn") && parts.nth(1) == Some("ec2");
    let (_kind, id) = parts.nth(2).filter(|_| ec2)?.split_once('/')?;
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn the_id_is_what_follows_the_kind() {
        let cases = [
            ("arn:aws:ec2:eu-west-1:111122223333:instance/i-0a", Some("i-0a")),
            ("arn:aws-cn:ec2:cn-north-1:111122223333:network-interface/eni-0a", Some("eni-0a")),
            ("arn:aws:rds:eu-west-1:111122223333:db:orders", None),
            ("arn:aws:ec2", None),
            ("web/i-0a", None),
        ];
        for (arn, expected) in cases {
            assert_eq!(id(arn), expected, "{arn}");
        }
    }
}
