"""How the providers' own libraries are put on our lines. Not imported before the first message: they are heavy."""
