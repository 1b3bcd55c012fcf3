//! The one table of keys: from it come what a key does, the footer, the help, the palette, the README's section on keys,
//! and what the user's own keys are named by.

use serde::Serialize;

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
    /// In the details.
    Detail,
    /// In the group panel.
    Group,
    /// In a list in front of the panes.
    Front,
    /// In front of an answer.
    Answer,
    /// In the help.
    Help,
    /// While choosing what to copy.
    Copying,
    /// While choosing from a list by typing.
    Choosing,
    /// While typing a filter.
    Filtering,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
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
    Mask,
    Profiles,
    Regions,
    NextStage,
    PreviousStage,
    NextPane,
    PreviousPane,
    Open,
    Close,
    OpenAll,
    NextOrder,
    ReverseOrder,
    NextGrouping,
    NextColumns,
    CloseAll,
    Filter,
    Groups,
    NextGroup,
    PreviousGroup,
    GoToCovered,
    OpenRule,
    Pin,
    GoToReference,
    GoBack,
    GoForward,
    Raw,
    Changes,
    Log,
    Coverage,
    FollowRow,
    CopyRow,
    Reach,
    Why,
    MarkFrom,
    MarkTo,
    Copy,
    CopyMenu,
    CopyLine(char),
    CopyCommand,
    OpenConsole,
    CopyAnswer,
    Export,
    Opens,
    OpenStep,
    WhoElse,
    History,
    NextPath,
    PreviousPath,
    NextFix,
    WhatIf,
    EditFrom,
    EditTo,
    EditFlow,
    NarrowTree,
    WidenTree,
    LowerGroup,
    RaiseGroup,
    UsualSizes,
    Swap,
    Choose,
    Erase,
    EraseAll,
    #[serde(untagged)]
    Move(Move),
}

/// A way up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
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
    row(Scope::Tree, &[char('s')], Action::NextOrder, "", "sort by name, address, id or count"),
    row(Scope::Tree, &[char('S')], Action::ReverseOrder, "", "the other way round"),
    row(Scope::Tree, &[char('.')], Action::NextGrouping, "", "arrange by subnet, security group, kind of user or route table"),
    row(Scope::Tree, &[char(',')], Action::NextColumns, "", "show addresses, ids, who uses it, or all"),

    row(Scope::Detail, &[key(Code::Enter), key(Code::Right), char('l')], Action::GoToReference, "go to", "go to what the row is about"),
    row(Scope::Detail, &[char('['), key(Code::Left), char('h'), key(Code::Backspace)], Action::GoBack, "back", "back to where one came from"),
    row(Scope::Detail, &[char(']')], Action::GoForward, "forward", "forward again"),

    row(Scope::Group, &[key(Code::Right), char('l')], Action::NextGroup, "next group", "next group of what is selected"),
    row(Scope::Group, &[key(Code::Left), char('h')], Action::PreviousGroup, "", "previous group"),
    row(Scope::Group, &[key(Code::Enter), char(' ')], Action::OpenRule, "open", "list what the rule covers now; go to the interface or group of the row"),
    row(Scope::Group, &[char('n')], Action::GoToCovered, "next covered", "go to the interfaces that the rule covers, one after the other"),
    row(Scope::Group, &[char('p')], Action::Pin, "pin", "stay with this group, or follow what is selected"),

    row(Scope::Browse, &[char('w')], Action::Why, "why", "ask why A can or cannot reach B"),
    row(Scope::Browse, &[char('/')], Action::Filter, "find", "show only what contains a text"),
    row(Scope::Browse, &[char('g')], Action::Groups, "group", "the rules of its security groups, and what they cover now"),
    row(Scope::Browse, &[char('a')], Action::MarkFrom, "", "take it as A, where the next question starts"),
    row(Scope::Browse, &[char('b')], Action::MarkTo, "", "take it as B, where the next question ends"),
    row(Scope::Browse, &[char('y')], Action::CopyMenu, "copy", "copy its id (yy), ARN, address or name"),
    row(Scope::Browse, &[char('c')], Action::CopyCommand, "", "copy the AWS command that shows it"),
    row(Scope::Browse, &[char('o')], Action::OpenConsole, "", "open its page in AWS's console"),
    row(Scope::Browse, &[char('e')], Action::Reach, "", "what it reaches and who reaches it: compute, list, count"),
    row(Scope::Browse, &[char('v')], Action::Raw, "JSON", "as AWS describes it, and back"),
    row(Scope::Browse, &[key(Code::Tab)], Action::NextPane, "", "next pane"),
    row(Scope::Browse, &[key(Code::BackTab)], Action::PreviousPane, "", "previous pane"),
    row(Scope::Browse, &[char('<')], Action::NarrowTree, "", "a narrower tree; the mouse drags the dividers too"),
    row(Scope::Browse, &[char('>')], Action::WidenTree, "", "a wider tree"),
    row(Scope::Browse, &[char('{')], Action::LowerGroup, "", "a lower group panel"),
    row(Scope::Browse, &[char('}')], Action::RaiseGroup, "", "a higher group panel"),
    row(Scope::Browse, &[char('=')], Action::UsualSizes, "", "the usual sizes again"),

    row(Scope::Browse, &[char('H')], Action::History, "", "questions asked before"),
    row(Scope::Browse, &[char('d')], Action::Changes, "changes", "what changed since the last reading, and which answers flipped"),
    row(Scope::Browse, &[char('L')], Action::Log, "", "every call, its outcome and duration"),
    row(Scope::Browse, &[char('!')], Action::Coverage, "", "what could not be read, and what that makes unknown"),

    row(Scope::Front, &[key(Code::Enter), key(Code::Right), char('l')], Action::FollowRow, "go to", "go to what the row is about"),
    row(Scope::Front, &[char('y')], Action::CopyRow, "copy", "copy the row"),
    row(Scope::Front, &[char('d')], Action::Changes, "", "what changed; again: close it"),
    row(Scope::Front, &[char('L')], Action::Log, "", "the log; again: close it"),
    row(Scope::Front, &[char('!')], Action::Coverage, "", "what could not be read; again: close it"),

    row(Scope::Answer, &[char('f')], Action::NextFix, "fix", "the answer with the next repair made, and after the last as it is"),
    row(Scope::Answer, &[char('i')], Action::WhatIf, "what if", "the answer with the repair made, and back"),
    row(Scope::Answer, &[key(Code::Tab), key(Code::Right), char('l')], Action::NextPath, "path", "next path"),
    row(Scope::Answer, &[key(Code::BackTab), key(Code::Left), char('h')], Action::PreviousPath, "", "previous path"),
    row(Scope::Answer, &[char('a')], Action::EditFrom, "from", "choose another A"),
    row(Scope::Answer, &[char('b')], Action::EditTo, "to", "choose another B"),
    row(Scope::Answer, &[char('p')], Action::EditFlow, "port", "another port or protocol"),
    row(Scope::Answer, &[key(Code::Enter)], Action::OpenStep, "rule", "the rule that decided the check, in its place"),
    row(Scope::Answer, &[char('x')], Action::Export, "export", "the answer as markdown, text or JSON, to the clipboard or a file"),
    row(Scope::Answer, &[char('s')], Action::Swap, "swap", "ask the other way round"),
    row(Scope::Answer, &[char('o')], Action::Opens, "", "what else the repair opens, pair by pair"),
    row(Scope::Answer, &[char('e')], Action::WhoElse, "", "who else reaches B"),
    row(Scope::Answer, &[char('H')], Action::History, "", "questions asked before"),
    row(Scope::Answer, &[char('y')], Action::Copy, "copy", "copy the commands of the fix, else the summary"),
    row(Scope::Answer, &[char('Y')], Action::CopyAnswer, "", "copy the whole answer as markdown"),

    row(Scope::Moving, &[key(Code::Up), char('k')], Action::Move(Move::Up), "", "up"),
    row(Scope::Moving, &[key(Code::Down), char('j')], Action::Move(Move::Down), "", "down"),
    row(Scope::Moving, &[key(Code::PageUp), control('b'), control('u')], Action::Move(Move::PageUp), "", "a page up"),
    row(Scope::Moving, &[key(Code::PageDown), control('f'), control('d')], Action::Move(Move::PageDown), "", "a page down"),
    row(Scope::Moving, &[key(Code::Home)], Action::Move(Move::First), "", "to the first"),
    row(Scope::Moving, &[key(Code::End), char('G')], Action::Move(Move::Last), "", "to the last"),

    row(Scope::Help, &[char('/')], Action::Filter, "find", "show only keys that have to do with a text, wherever they work"),

    row(Scope::Copying, &[char('y'), key(Code::Enter)], Action::CopyLine('y'), "id", "copy the id"),
    row(Scope::Copying, &[char('a')], Action::CopyLine('a'), "ARN", "copy the ARN"),
    row(Scope::Copying, &[char('n')], Action::CopyLine('n'), "name", "copy the name"),
    row(Scope::Copying, &[char('o')], Action::CopyLine('o'), "", "copy the id of who uses it"),
    row(Scope::Copying, &[char('i')], Action::CopyLine('i'), "address", "copy the private address"),
    row(Scope::Copying, &[char('p')], Action::CopyLine('p'), "", "copy the public address"),
    row(Scope::Copying, &[char('d')], Action::CopyLine('d'), "", "copy the DNS name"),
    row(Scope::Copying, &[char('c')], Action::CopyLine('c'), "", "copy the AWS command that shows it"),
    row(Scope::Copying, &[char('l')], Action::CopyLine('l'), "", "copy the link to AWS's console"),
    row(Scope::Copying, &[key(Code::Esc), char('q')], Action::Back, "back", "copy nothing"),

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
    row(Scope::Everywhere, &[char('M')], Action::Mask, "", "names, accounts and public addresses under pseudonyms, to show the screen to others; and back"),
    row(Scope::Everywhere, &[char('P')], Action::Profiles, "", "read with another profile"),
    row(Scope::Everywhere, &[char('R')], Action::Regions, "", "read another region"),
    row(Scope::Everywhere, &[char(':'), control('p')], Action::Palette, "command", "go to anything, do anything"),
    row(Scope::Everywhere, &[key(Code::Esc), key(Code::Backspace)], Action::Back, "", "one level back"),
    row(Scope::Everywhere, &[char('q')], Action::Leave, "", "back, and from the main screen out"),
    row(Scope::Everywhere, &[char('?'), key(Code::Function(1))], Action::Help, "help", "these keys"),

    row(Scope::Always, &[control('c')], Action::Quit, "", "quit"),
    row(Scope::Always, &[control('z')], Action::Suspend, "", "suspend"),
];

impl Scope {
    /// What the help calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always | Self::Everywhere => "Everywhere",
            Self::Browse => "Network",
            Self::Moving => "Up and down",
            Self::Tree => "Tree",
            Self::Copying => "Copy",
            Self::Detail => "Details",
            Self::Group => "Group",
            Self::Front => "List",
            Self::Help => "Help",
            Self::Answer => "Answer",
            Self::Choosing => "Choosing",
            Self::Filtering => "Filter",
        }
    }

    /// Whether keys are the same for everybody here: letters are typed into a text, or pick a line of a menu.
    pub fn is_fixed(self) -> bool {
        matches!(self, Self::Choosing | Self::Filtering | Self::Copying)
    }
}

impl Action {
    /// As the user names it in the settings: `next-theme`.
    pub fn name(self) -> String {
        let name = serde_json::to_value(self).ok();
        name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The action of this name, if its keys can be changed.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut rows = BINDINGS.iter().filter(|row| !row.scope.is_fixed());
        rows.find(|row| row.action.name() == name).map(|row| row.action)
    }
}
