"""Everything is killed, in the middle of everything: `./dev chaos [--rounds N] [--deliveries N] [--seed S] [--json]`.

An installation of its own runs under the real supervisor, with its own PostgreSQL and Valkey, and the shipped fakes
stand at the other end of every wire. In each round a campaign is published and the plug is pulled at moments drawn by
lot; then what the ledger says is compared with what came at the other end.
"""
