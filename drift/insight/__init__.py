"""What many statements say together: which terms are published, contradicted, unread, or stated nowhere. Pure."""
