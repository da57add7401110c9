"""How fast the product is: `./dev bench NAME [--quick] [--json]`.

Every figure that matters is a ratio to a reference that ran in between, on the same machine, against the same server.
"""
