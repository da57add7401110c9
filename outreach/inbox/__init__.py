"""What comes in: taken in at once, read by workers, matched to appeals, and what nobody is sure of left to people."""
