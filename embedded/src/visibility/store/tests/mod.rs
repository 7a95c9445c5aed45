//! Lists: what they show, their order, their pages.

mod lists;
mod older;
mod pages;
