"""Who has not answered by mail is rung up: whom, when, and what came of it."""
