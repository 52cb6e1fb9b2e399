"""A period and a scope become figures and a document."""
