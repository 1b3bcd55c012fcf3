//! Sentences, text and JSON for answers.
