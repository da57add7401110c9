"""A campaign as a folder that people write by hand: read, checked in full, compared with what is loaded, loaded."""
