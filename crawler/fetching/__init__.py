"""Getting a response, exactly as it was sent: politely, within bounds, and from public addresses."""
