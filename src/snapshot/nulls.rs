//! A deserializer that forgives `null` where AWS has a list, an object, a text or a flag.
//!
//! Tools that are not the AWS CLI write absent fields as `null`. The model's types say "absent means empty", and this
//! layer makes `null` mean absent: for whatever is asked for, it first looks whether there is anything at all. Nulls
//! inside a list are passed over. Numbers stay strict: there is no number that means "none".

use std::fmt;
use std::iter::empty;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Reads like `D`, except that nulls are forgiven, at any depth.
pub(super) struct Forgiving<D>(pub D);

/// Forwards methods that neither forgive nor nest.
macro_rules! strict {
    ($($method:ident)*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method(visitor)
        }
    )* };
}

/// Methods that ask first whether there is a value at all.
macro_rules! forgiving {
    ($($method:ident => $kind:ident($($name:ident: $type:ty),*);)*) => { $(
        fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.0.deserialize_option(OrNull { visitor, asked: Asked::$kind($($name),*) })
        }
    )* };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Forgiving<D> {
    type Error = D::Error;

    forgiving! {
        deserialize_seq => List();
        deserialize_map => Map();
        deserialize_struct => Struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_str => Text();
        deserialize_string => Text();
        deserialize_bool => Flag();
    }

    strict! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_bytes deserialize_byte_buf
        deserialize_unit deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(Inside(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(Inside(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Inside(visitor))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit_struct(name, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple_struct(name, length, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

/// What the type wanted.
enum Asked {
    List(),
    Map(),
    Struct(&'static str, &'static [&'static str]),
    Text(),
    Flag(),
}

/// Gives the type what it asked for, or its empty form.
struct OrNull<V> {
    visitor: V,
    asked: Asked,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for OrNull<V> {
    type Value = V::Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(out)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        match self.asked {
            Asked::List() => self.visitor.visit_seq(SeqDeserializer::new(empty::<()>())),
            Asked::Map() | Asked::Struct(..) => {
                self.visitor.visit_map(MapDeserializer::new(empty::<((), ())>()))
            }
            Asked::Text() => self.visitor.visit_str(""),
            Asked::Flag() => self.visitor.visit_bool(false),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        match self.asked {
            Asked::List() => from.deserialize_seq(Inside(self.visitor)),
            Asked::Map() => from.deserialize_map(Inside(self.visitor)),
            Asked::Struct(name, fields) => {
                from.deserialize_struct(name, fields, Inside(self.visitor))
            }
            Asked::Text() => from.deserialize_string(self.visitor),
            Asked::Flag() => from.deserialize_bool(self.visitor),
        }
    }
}

/// Carries the forgiveness into lists, objects and optional values.
struct Inside<T>(T);

/// Forwards what has nothing inside.
macro_rules! plain {
    ($($method:ident($($value:ident: $type:ty)?);)*) => { $(
        fn $method<E: Error>(self, $($value: $type)?) -> Result<V::Value, E> {
            self.0.$method($($value)?)
        }
    )* };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Inside<V> {
    type Value = V::Value;

    plain! {
        visit_bool(value: bool);
        visit_i64(value: i64);
        visit_u64(value: u64);
        visit_f64(value: f64);
        visit_str(value: &str);
        visit_borrowed_str(value: &'de str);
        visit_string(value: String);
        visit_none();
        visit_unit();
    }

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(out)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Forgiving(from))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Forgiving(from))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Inside(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Inside(fields))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Inside<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, A::Error> {
        let mut seed = Some(seed);
        while let Some(item) = self.0.next_element_seed(UnlessNull(&mut seed))? {
            if item.is_some() {
                return Ok(item);
            }
        }
        Ok(None)
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Inside<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.0.next_value_seed(Inside(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, T: DeserializeSeed<'de>> DeserializeSeed<'de> for Inside<T> {
    type Value = T::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T::Value, D::Error> {
        self.0.deserialize(Forgiving(from))
    }
}

/// Uses up the seed only for an item that is there.
struct UnlessNull<'a, T>(&'a mut Option<T>);

impl<'de, T: DeserializeSeed<'de>> DeserializeSeed<'de> for UnlessNull<'_, T> {
    type Value = Option<T::Value>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_option(self)
    }
}

impl<'de, T: DeserializeSeed<'de>> Visitor<'de> for UnlessNull<'_, T> {
    type Value = Option<T::Value>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an item of a list")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        match self.0.take() {
            Some(seed) => seed.deserialize(Forgiving(from)).map(Some),
            None => Ok(None),
        }
    }
}
