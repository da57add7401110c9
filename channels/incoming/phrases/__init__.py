"""The words of machines in many languages, as regular expressions, apart from the rules that use them."""
