//! The one table of keys: from it come what a key does, the footer, the help, and later the user's own keys.

use super::key::{Code, Key};

/// Where a key works. A key is looked up in the scopes of the moment, the most particular first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Even while typing.
    Always,
    /// Wherever no text is being typed.
    Everywhere,
    /// On the main screen.
    Browse,
    /// Wherever something goes up and down.
    Moving,
    /// In the tree.
    Tree,
    /// In the group panel.
    Group,
    /// In front of an answer.
    Answer,
    /// While choosing from a list by typing.
    Choosing,
    /// While typing a filter.
    Filtering,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table below says it in words")]
pub enum Action {
    Quit,
    Leave,
    Suspend,
    Back,
    Help,
    Palette,
    Refresh,
    NextTheme,
    NextStage,
    PreviousStage,
    Move(Move),
    NextPane,
    PreviousPane,
    Open,
    Close,
    OpenAll,
    CloseAll,
    Filter,
    Groups,
    NextGroup,
    PreviousGroup,
    GoToCovered,
    Why,
    MarkFrom,
    MarkTo,
    Copy,
    CopyAnswer,
    SaveAnswer,
    NextPath,
    PreviousPath,
    NextFix,
    WhatIf,
    EditFrom,
    EditTo,
    EditFlow,
    Swap,
    Choose,
    Erase,
    EraseAll,
}

/// A way up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Move {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Any of these.
    pub keys: &'static [Key],
    /// Where.
    pub scope: Scope,
    /// What happens.
    pub action: Action,
    /// In the footer; empty if it is not shown there.
    pub label: &'static str,
    /// In the help.
    pub help: &'static str,
}

const fn char(char: char) -> Key {
    Key::char(char)
}

const fn control(char: char) -> Key {
    Key::control(char)
}

const fn key(code: Code) -> Key {
    Key::plain(code)
}

const fn row(
    scope: Scope,
    keys: &'static [Key],
    action: Action,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { keys, scope, action, label, help }
}

/// Every key. Order is that of the footer and the help.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(Scope::Tree, &[key(Code::Enter), key(Code::Right), char('l')], Action::Open, "open", "open, or go to what is inside"),
    row(Scope::Tree, &[key(Code::Left), char('h')], Action::Close, "", "close, or go to what it is inside of"),
    row(Scope::Tree, &[char('*'), char('+')], Action::OpenAll, "", "open everything"),
    row(Scope::Tree, &[char('-')], Action::CloseAll, "", "close everything"),

    row(Scope::Group, &[key(Code::Right), char('l')], Action::NextGroup, "next group", "next group of what is selected"),
    row(Scope::Group, &[key(Code::Left), char('h')], Action::PreviousGroup, "", "previous group"),
    row(Scope::Group, &[key(Code::Enter)], Action::GoToCovered, "go to covered", "go to the interfaces that the rule covers, one after the other"),

    row(Scope::Browse, &[char('w')], Action::Why, "why", "ask why A can or cannot reach B"),
    row(Scope::Browse, &[char('/')], Action::Filter, "find", "show only what contains a text"),
    row(Scope::Browse, &[char('g')], Action::Groups, "group", "the rules of its security groups, and what they cover now"),
    row(Scope::Browse, &[char('a')], Action::MarkFrom, "", "take it as A, where the next question starts"),
    row(Scope::Browse, &[char('b')], Action::MarkTo, "", "take it as B, where the next question ends"),
    row(Scope::Browse, &[char('y')], Action::Copy, "copy", "copy its id"),
    row(Scope::Browse, &[key(Code::Tab)], Action::NextPane, "", "next pane"),
    row(Scope::Browse, &[key(Code::BackTab)], Action::PreviousPane, "", "previous pane"),

    row(Scope::Answer, &[char('f')], Action::NextFix, "fix", "next fix"),
    row(Scope::Answer, &[char('i')], Action::WhatIf, "what if", "answer as if the fix were made, and back"),
    row(Scope::Answer, &[key(Code::Tab), key(Code::Right), char('l')], Action::NextPath, "path", "next path"),
    row(Scope::Answer, &[key(Code::BackTab), key(Code::Left), char('h')], Action::PreviousPath, "", "previous path"),
    row(Scope::Answer, &[char('a')], Action::EditFrom, "from", "choose another A"),
    row(Scope::Answer, &[char('b')], Action::EditTo, "to", "choose another B"),
    row(Scope::Answer, &[char('p')], Action::EditFlow, "port", "another port or protocol"),
    row(Scope::Answer, &[char('x')], Action::Swap, "swap", "ask the other way round"),
    row(Scope::Answer, &[char('y')], Action::Copy, "copy", "copy the commands of the fix, else the summary"),
    row(Scope::Answer, &[char('Y')], Action::CopyAnswer, "", "copy the whole answer as markdown"),
    row(Scope::Answer, &[char('s')], Action::SaveAnswer, "save", "save the whole answer as markdown, into this folder"),

    row(Scope::Moving, &[key(Code::Up), char('k')], Action::Move(Move::Up), "", "up"),
    row(Scope::Moving, &[key(Code::Down), char('j')], Action::Move(Move::Down), "", "down"),
    row(Scope::Moving, &[key(Code::PageUp), control('b'), control('u')], Action::Move(Move::PageUp), "", "a page up"),
    row(Scope::Moving, &[key(Code::PageDown), control('f'), control('d')], Action::Move(Move::PageDown), "", "a page down"),
    row(Scope::Moving, &[key(Code::Home)], Action::Move(Move::First), "", "to the first"),
    row(Scope::Moving, &[key(Code::End), char('G')], Action::Move(Move::Last), "", "to the last"),

    row(Scope::Choosing, &[key(Code::Enter), key(Code::Tab)], Action::Choose, "choose", "take it"),
    row(Scope::Choosing, &[key(Code::Up), control('p')], Action::Move(Move::Up), "", "up"),
    row(Scope::Choosing, &[key(Code::Down), control('n')], Action::Move(Move::Down), "", "down"),
    row(Scope::Choosing, &[key(Code::PageUp)], Action::Move(Move::PageUp), "", "a page up"),
    row(Scope::Choosing, &[key(Code::PageDown)], Action::Move(Move::PageDown), "", "a page down"),
    row(Scope::Choosing, &[key(Code::Backspace)], Action::Erase, "", "erase a letter"),
    row(Scope::Choosing, &[control('u')], Action::EraseAll, "", "erase all"),
    row(Scope::Choosing, &[key(Code::Esc)], Action::Back, "back", "one level back"),

    row(Scope::Filtering, &[key(Code::Enter)], Action::Choose, "keep", "keep the filter and go on in the tree"),
    row(Scope::Filtering, &[key(Code::Up)], Action::Move(Move::Up), "", "up"),
    row(Scope::Filtering, &[key(Code::Down)], Action::Move(Move::Down), "", "down"),
    row(Scope::Filtering, &[key(Code::Backspace)], Action::Erase, "", "erase a letter"),
    row(Scope::Filtering, &[control('u')], Action::EraseAll, "", "erase all"),
    row(Scope::Filtering, &[key(Code::Esc)], Action::Back, "clear", "show everything again"),

    row(Scope::Everywhere, &[char(']')], Action::NextStage, "stage", "demo: next stage of the story"),
    row(Scope::Everywhere, &[char('[')], Action::PreviousStage, "", "demo: previous stage"),
    row(Scope::Everywhere, &[char('r'), control('r'), key(Code::Function(5))], Action::Refresh, "refresh", "read the network again"),
    row(Scope::Everywhere, &[char('t')], Action::NextTheme, "", "next theme"),
    row(Scope::Everywhere, &[char(':'), control('p')], Action::Palette, "command", "go to anything, do anything"),
    row(Scope::Everywhere, &[key(Code::Esc), key(Code::Backspace)], Action::Back, "", "one level back"),
    row(Scope::Everywhere, &[char('q')], Action::Leave, "", "back, and from the main screen out"),
    row(Scope::Everywhere, &[char('?'), key(Code::Function(1))], Action::Help, "help", "these keys"),

    row(Scope::Always, &[control('c')], Action::Quit, "", "quit"),
    row(Scope::Always, &[control('z')], Action::Suspend, "", "suspend"),
];

/// What a key does in these scopes.
pub fn lookup(scopes: &[Scope], key: Key) -> Option<Action> {
    let in_scope = |scope: &Scope| {
        let mut rows = BINDINGS.iter().filter(|row| row.scope == *scope);
        rows.find(|row| row.keys.contains(&key)).map(|row| row.action)
    };
    scopes.iter().find_map(in_scope)
}

/// The rows that apply in these scopes, the most particular scope first; a row whose every key means something else in
/// a scope before it is left out.
pub fn in_scopes(scopes: &[Scope]) -> Vec<&'static Binding> {
    let rows = scopes.iter().flat_map(|scope| BINDINGS.iter().filter(|row| row.scope == *scope));
    rows.filter(|row| row.keys.iter().any(|key| lookup(scopes, *key) == Some(row.action))).collect()
}
