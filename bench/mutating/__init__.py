"""Makes second versions of real pages: noise that no reader should notice, and edits that every reader should."""
