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

/// An id or a text that AWS always sends.
pub(super) fn id<T: for<'a> From<&'a str> + Default>(text: Option<&str>) -> T {
    text.map(T::from).unwrap_or_default()
}

/// An id that may be absent; AWS also sends empty text for "none".
pub(super) fn known_id<T: for<'a> From<&'a str>>(text: Option<&str>) -> Option<T> {
    text.filter(|text| !text.is_empty()).map(T::from)
}

pub(super) fn ids<T: for<'a> From<&'a str>>(texts: Option<&Vec<String>>) -> Vec<T> {
    each(texts, |text| text.as_str().into())
}

/// Text that may be absent.
pub(super) fn text<T: for<'a> From<&'a str>>(text: Option<&str>) -> Option<T> {
    text.map(T::from)
}

/// A value of one of AWS's enumerations, as AWS writes it.
pub(super) fn word<T: for<'a> From<&'a str>>(value: Option<impl AsRef<str>>) -> Option<T> {
    value.map(|value| value.as_ref().into())
}

/// The same, for an enumeration that the model knows.
pub(super) fn open<T: for<'a> From<&'a str> + Default>(value: Option<impl AsRef<str>>) -> T {
    value.map(|value| T::from(value.as_ref())).unwrap_or_default()
}

/// An address, a CIDR or the like.
pub(super) fn parsed<T: FromStr>(
    field: &'static str,
    text: Option<&str>,
) -> Result<Option<T>, Unreadable> {
    match text.filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => {
            text.parse().map(Some).map_err(|_| Unreadable { field, text: text.to_owned() })
        }
    }
}

pub(in crate::loader) fn each<A, B>(list: Option<&Vec<A>>, convert: impl Fn(&A) -> B) -> Vec<B> {
    list.map(|list| list.iter().map(convert).collect()).unwrap_or_default()
}

pub(super) fn try_each<A, B>(
    list: Option<&Vec<A>>,
    convert: impl Fn(&A) -> Result<B, Unreadable>,
) -> Result<Vec<B>, Unreadable> {
    let list = list.map_or(&[][..], Vec::as_slice);
    let mut converted = Vec::with_capacity(list.len());
    for item in list {
        converted.push(convert(item)?);
    }
    Ok(converted)
}

/// A conversion that cannot fail, where one that can is asked for.
pub(in crate::loader) fn sure<A, B>(
    convert: impl Fn(&A) -> B,
) -> impl Fn(&A) -> Result<B, Unreadable> {
    move |from| Ok(convert(from))
}

pub(super) fn tags(list: Option<&Vec<ec2::Tag>>) -> Vec<Tag> {
    each(list, |tag| Tag { key: id(tag.key()), value: id(tag.value()) })
}
