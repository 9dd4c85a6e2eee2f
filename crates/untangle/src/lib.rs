//! Which line of a chat answers which: pure functions over lines, no IO, nothing about storage.
