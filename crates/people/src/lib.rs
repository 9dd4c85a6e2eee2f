//! Who is who: proof, likeness and bots. Pure functions over identities, no IO, nothing about storage.
