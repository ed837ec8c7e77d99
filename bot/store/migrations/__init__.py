"""Schema changes, oldest first. A published revision is never edited."""
