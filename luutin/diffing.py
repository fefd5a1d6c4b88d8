"""How a difference is shown: picks the rendering that `--format` names and writes it to standard output."""
