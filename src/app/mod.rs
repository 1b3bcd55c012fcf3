//! State, messages, update and effects of the screen: no drawing, no IO.
