//! The screen without a screen: state, messages, update, effects, the key table.
//!
//! A [`Message`] comes in, [`update()`] changes the [`State`] and says in [`Effect`]s what is to be done outside of it.
//! Nothing here draws, does IO, or knows how late it is: time comes in messages. Input from AWS is the
//! [`crate::store::Store`]; answers are [`crate::report`]'s documents.

mod act;
mod act_wizard;
mod areas;
mod bindings;
mod chooser;
mod effect;
pub mod flow_text;
mod group_panel;
mod key;
mod look;
mod message;
mod palette;
mod picks;
mod state;
mod text_input;
mod tree_filter;
mod tree_view;
mod typing;
mod update;
mod wizard;

pub use self::areas::{Area, Areas, Pane};
pub use self::bindings::{Action, BINDINGS, Binding, Move, Scope, in_scopes};
pub use self::chooser::{Choice, Chooser};
pub use self::effect::{Ask, Effect};
pub use self::group_panel::GroupPanel;
pub use self::key::{Code, Key};
pub use self::look::ThemeName;
pub use self::message::{
    Answer, Done, Extents, Failure, Gesture, Loading, Message, Mouse, Prepared, Progress,
};
pub use self::palette::Command;
pub use self::picks::{Pick, Picks};
pub use self::state::{Beginning, Marks, Network, Notice, State};
pub use self::text_input::TextInput;
pub use self::tree_view::{Fold, Row, TreeView};
pub use self::update::update;
pub use self::wizard::{AnswerView, Step, Told, WhatIf, Which, Wizard};
