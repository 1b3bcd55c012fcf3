//! One line of the notation, word by word.

use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

use ipnet::IpNet;

/// The words of a line that are left; what does not fit the notation ends the test and names the line.
pub struct Words<'a> {
    id: &'a str,
    line: &'a str,
    rest: std::str::SplitWhitespace<'a>,
}

impl<'a> Words<'a> {
    /// The words of a line of the resource `id`.
    pub fn of(id: &'a str, line: &'a str) -> Self {
        Self { id, line, rest: line.split_whitespace() }
    }

    /// The next word.
    pub fn next(&mut self) -> Option<&'a str> {
        self.rest.next()
    }

    /// The next word, which has to be there.
    pub fn word(&mut self) -> &'a str {
        self.next().unwrap_or_else(|| panic!("{}: `{}` ends too early", self.id, self.line))
    }

    /// The next word as an address, a prefix or a number.
    pub fn parse<T: FromStr>(&mut self) -> T {
        let word = self.word();
        word.parse().unwrap_or_else(|_| self.wrong(word))
    }

    /// The words that are left, with single spaces.
    pub fn rest(&mut self) -> String {
        self.rest.by_ref().collect::<Vec<_>>().join(" ")
    }

    /// Nothing may be left.
    pub fn end(mut self) {
        if let Some(word) = self.next() {
            self.wrong(word)
        }
    }

    /// This word is not part of the notation.
    pub fn wrong(&self, word: &str) -> ! {
        panic!("{}: `{word}` in `{}` is not understood", self.id, self.line)
    }
}

/// What a word is by its shape.
pub enum Word<'a> {
    /// `vpc-1`.
    Vpc(&'a str),
    /// `subnet-a`.
    Subnet(&'a str),
    /// `sg-web`.
    Group(&'a str),
    /// `10.0.1.10`.
    Address(IpAddr),
    /// `10.0.0.0/16`.
    Prefix(IpNet),
    /// Anything else.
    Other(&'a str),
}

impl<'a> Word<'a> {
    /// Reads one word.
    pub fn read(word: &'a str) -> Self {
        if let Ok(address) = word.parse() {
            return Self::Address(address);
        }
        if let Ok(prefix) = word.parse() {
            return Self::Prefix(prefix);
        }
        match word.split('-').next() {
            Some("vpc") => Self::Vpc(word),
            Some("subnet") => Self::Subnet(word),
            Some("sg") => Self::Group(word),
            _ => Self::Other(word),
        }
    }
}

/// A line that is words of known shape and keywords with their values.
pub struct Parts<'a> {
    pub vpcs: Vec<&'a str>,
    pub subnets: Vec<&'a str>,
    pub groups: Vec<&'a str>,
    /// Addresses with the public address that follows as `public ...`.
    pub addresses: Vec<(IpAddr, Option<Ipv4Addr>)>,
    pub prefixes: Vec<IpNet>,
    /// Public addresses that follow no private one.
    pub public: Vec<Ipv4Addr>,
    /// Everything else, in order.
    pub keywords: Words<'a>,
}

impl<'a> Parts<'a> {
    /// Sorts the words of a line by shape, up to the first keyword other than `public`; keywords come last.
    pub fn read(id: &'a str, line: &'a str) -> Self {
        let mut words = Words::of(id, line);
        let mut parts = Self {
            vpcs: Vec::new(),
            subnets: Vec::new(),
            groups: Vec::new(),
            addresses: Vec::new(),
            prefixes: Vec::new(),
            public: Vec::new(),
            keywords: Words::of(id, line),
        };
        loop {
            let before = words.rest.clone();
            let Some(word) = words.next() else { break };
            match Word::read(word) {
                Word::Vpc(vpc) => parts.vpcs.push(vpc),
                Word::Subnet(subnet) => parts.subnets.push(subnet),
                Word::Group(group) => parts.groups.push(group),
                Word::Address(address) => parts.addresses.push((address, None)),
                Word::Prefix(prefix) => parts.prefixes.push(prefix),
                Word::Other("public") => parts.public(words.parse()),
                Word::Other(_) => {
                    parts.keywords.rest = before;
                    return parts;
                }
            }
        }
        parts.keywords.rest = words.rest;
        parts
    }

    fn public(&mut self, address: Ipv4Addr) {
        match self.addresses.last_mut() {
            Some((private, public)) if private.is_ipv4() => *public = Some(address),
            _ => self.public.push(address),
        }
    }
}
