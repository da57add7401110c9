"""Stand-ins for what is at the other end of a wire: real servers on loopback, part of the product."""
