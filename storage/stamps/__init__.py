"""Time stamps of the hash chains (RFC 3161): what is stamped, what an authority answers, and how both are kept."""
