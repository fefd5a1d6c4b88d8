"""What is asked of an archive, by what it is asked of; `storage.queries` is the door to all of it."""
