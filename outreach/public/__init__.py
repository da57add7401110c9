"""What everybody may open without signing in."""
