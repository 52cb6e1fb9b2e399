"""Letters to people outside: written with the work they belong to, carried afterwards."""
