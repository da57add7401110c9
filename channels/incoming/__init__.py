"""Mail that comes in: from its raw bytes to plain values, whatever the bytes are. It knows no database."""
