//! The screen without a terminal: keys in, effects and pictures of the panes out.

mod details;
mod dividing;
mod elsewhere;
mod every_key;
mod fronts;
mod gallery;
mod help;
mod keys;
mod loading;
mod lost;
mod memory;
mod never_panics;
mod panes;
mod reading;
mod robot;
mod tree;
mod wizard;
