"""What the command line can do, one file per noun. advocacy/__main__.py lists the commands."""
