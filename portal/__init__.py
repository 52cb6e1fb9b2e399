"""The frame every room stands on: database, time, keys, staff, headers."""
