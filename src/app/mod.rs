//! The screen without a screen: state, messages, update, effects, the key table.
//!
//! A [`Message`] comes in, [`update()`] changes the [`State`] and says in [`Effect`]s what is to be done outside of it.
//! Nothing here draws, does IO, or knows how late it is: time comes in messages. Input from AWS is the
//! [`crate::store::Store`]; answers are [`crate::report`]'s documents.

mod act;
mod act_detail;
mod act_front;
mod act_open;
mod act_panes;
mod act_wizard;
mod areas;
mod arranging;
mod bindings;
mod chooser;
mod comparing;
mod copying;
mod detail_view;
mod effect;
mod elsewhere;
pub mod flow_text;
mod front;
mod group_items;
mod group_look;
mod group_panel;
mod help;
mod history;
mod key;
mod keys;
mod listing;
mod look;
mod memory;
mod message;
mod narrowing;
mod palette;
mod picks;
mod pointing;
mod preview;
mod reaching;
mod reading;
mod scopes;
mod state;
mod text_input;
mod tree_filter;
mod tree_search;
mod tree_shape;
mod tree_view;
mod typing;
mod update;
mod watch;
mod wizard;
mod work;

pub use self::areas::{Area, Areas, Divider, Pane, Shares};
pub use self::arranging::{Arranged, Arranging, Columns};
pub use self::bindings::{Action, BINDINGS, Binding, Move, Scope};
pub use self::chooser::{Choice, Choices, Chooser};
pub use self::comparing::{Changed, Compared, Comparing};
pub use self::copying::{Copyable, copying_area};
pub use self::detail_view::{DetailLook, DetailView, Form, Shown};
pub use self::effect::{Ask, Effect, Wanted};
pub use self::elsewhere::{Elsewhere, Masking};
pub use self::front::{Front, Topic, front_area};
pub use self::group_items::{Item, ItemData, data as group_item};
pub use self::group_look::{Covered, GroupLook, GroupShown};
pub use self::group_panel::GroupPanel;
pub use self::help::Help;
pub use self::history::{Asked, Format, Target};
pub use self::key::{Code, Key};
pub use self::keys::{Bound, KeyError, Keys};
pub use self::listing::{About, Listing};
pub use self::look::ThemeName;
pub use self::memory::{Memory, Remembered, written};
pub use self::message::{
    Answer, Done, Extents, Failure, Gesture, Hit, Loading, Message, Mouse, Prepared, Press,
    Progress,
};
pub use self::narrowing::{Narrowing, Texts};
pub use self::palette::Command;
pub use self::picks::{Pick, Picks};
pub use self::preview::{Preview, Previewing};
pub use self::reaching::{ReachLook, ReachNews};
pub use self::scopes::STACKS;
pub use self::state::{Beginning, Marks, Network, Notice, State};
pub use self::text_input::TextInput;
pub use self::tree_search::{Found, Search, SearchIndex};
pub use self::tree_shape::{Fold, Row};
pub use self::tree_view::TreeView;
pub use self::update::update;
pub use self::watch::Watch;
pub use self::wizard::{AnswerView, Step, Told, WhatIf, Which, Wizard, rungs};
pub use self::work::{Cancel, Lane, Work, Worked};
