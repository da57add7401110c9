"""PostgreSQL and Valkey from their wheels, run as plain children in a folder of our own. Linux and macOS."""
