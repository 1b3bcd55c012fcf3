//! The screen without a terminal: keys in, effects and pictures of the panes out.

mod details;
mod fronts;
mod keys;
mod loading;
mod never_panics;
mod panes;
mod robot;
mod tree;
mod wizard;
