"""Reading a news page: pure functions from bytes to an article, with what was left out and why."""
