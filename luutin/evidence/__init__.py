"""The evidence for one edit as a file that anybody can check: how it is packed, and how it is verified."""
