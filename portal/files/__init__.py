"""Files people hand in: recognised by what they contain, cleaned, kept and sent back safely."""
