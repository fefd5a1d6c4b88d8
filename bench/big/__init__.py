"""A big archive of invented pages, built quickly, and what is asked of it."""
