"""The evidence log: everything that supports a public claim, in a chain that cannot be changed without trace.

`canonical`, `chain`, `account`, `archive`, `page` and `verify` need nothing but Python itself, so that a stranger can
check a file on any machine; the rest reads our tables.
"""
