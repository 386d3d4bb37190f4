"""What readers say: likes, comments, reports, moderation."""
