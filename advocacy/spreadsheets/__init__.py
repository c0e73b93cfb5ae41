"""Tables as files: written for spreadsheets, and read back from them."""
