"""The words of a campaign: a small template language that always ends, and letters and posts made with it."""
