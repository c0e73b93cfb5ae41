"""What a municipality holds in its hands: the sheet for its council, the receipt."""
