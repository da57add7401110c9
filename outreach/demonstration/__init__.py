"""The petition on a fast clock, with addressees that answer by a script. Every answer in it is invented."""
