"""Finds published pages the way people ask for them."""
