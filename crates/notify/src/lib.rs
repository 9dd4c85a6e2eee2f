//! Sending what somebody should know: by mail, to a webhook, to a chat. Knows no community.
