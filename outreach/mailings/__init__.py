"""Mailings: what staff write to supporters outside the ladder, from the draft to what came of it."""
