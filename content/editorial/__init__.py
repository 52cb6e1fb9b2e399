"""How staff change what is published: drafts, review by a second person, schedules, history."""
