"""The HTTP API: one file for each noun, and the rules they share. `config/api.py` puts them together."""
