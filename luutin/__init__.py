"""The face of Luutin: its command line."""
