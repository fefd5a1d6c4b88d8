"""The archive: captures, versions, edits. Imports nothing of ours."""
