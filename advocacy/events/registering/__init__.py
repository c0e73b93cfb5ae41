"""Places: taken, waited for, given back."""
