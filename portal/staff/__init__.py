"""Who works here: accounts, roles, sign-in, and a log of what was done."""
