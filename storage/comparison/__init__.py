"""How two readings of an article differ: pure functions from articles to typed changes."""
