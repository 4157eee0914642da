//! What the documents say, beside what is published and what is generated from them.

mod examples;
mod ids;
mod pages;
mod seeds;
mod sources;
