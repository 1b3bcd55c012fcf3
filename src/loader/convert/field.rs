//! Single fields: optional text to ids, words and addresses.

use std::str::FromStr;

use aws_sdk_ec2::types as ec2;
use thiserror::Error;

use crate::model::tag::Tag;

/// A value that AWS sent and that this program does not understand.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field} `{text}` is not understood")]
pub(in crate::loader) struct Unreadable {
    field: &'static str,
    text: String,
}

/// An id that AWS always sends.
pub(super) fn id<T: From<String> + Default>(text: Option<String>) -> T {
    text.map(T::from).unwrap_or_default()
}

/// An id that may be absent; AWS also sends empty text for "none".
pub(super) fn known_id<T: From<String>>(text: Option<String>) -> Option<T> {
    text.filter(|text| !text.is_empty()).map(T::from)
}

pub(super) fn ids<T: From<String>>(texts: Option<Vec<String>>) -> Vec<T> {
    each(texts, T::from)
}

/// A value of one of AWS's enumerations, as AWS writes it.
pub(super) fn word(value: Option<impl AsRef<str>>) -> Option<String> {
    value.map(|value| value.as_ref().to_owned())
}

/// The same, for an enumeration that the model knows.
pub(super) fn open<T: for<'a> From<&'a str> + Default>(value: Option<impl AsRef<str>>) -> T {
    value.map(|value| T::from(value.as_ref())).unwrap_or_default()
}

/// An address, a CIDR or the like.
pub(super) fn parsed<T: FromStr>(
    field: &'static str,
    text: Option<String>,
) -> Result<Option<T>, Unreadable> {
    match text.filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| Unreadable { field, text }),
    }
}

pub(in crate::loader) fn each<A, B>(list: Option<Vec<A>>, convert: impl Fn(A) -> B) -> Vec<B> {
    list.unwrap_or_default().into_iter().map(convert).collect()
}

pub(super) fn try_each<A, B>(
    list: Option<Vec<A>>,
    convert: impl Fn(A) -> Result<B, Unreadable>,
) -> Result<Vec<B>, Unreadable> {
    list.unwrap_or_default().into_iter().map(convert).collect()
}

/// A conversion that cannot fail, where one that can is asked for.
pub(in crate::loader) fn sure<A, B>(
    convert: impl Fn(A) -> B,
) -> impl Fn(A) -> Result<B, Unreadable> {
    move |from| Ok(convert(from))
}

pub(super) fn tags(list: Option<Vec<ec2::Tag>>) -> Vec<Tag> {
    each(list, |tag| Tag { key: tag.key.unwrap_or_default(), value: tag.value.unwrap_or_default() })
}
