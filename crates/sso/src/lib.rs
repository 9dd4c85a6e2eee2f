//! Signing in with an account somewhere else: OpenID Connect, and nothing but it. Knows no community.
