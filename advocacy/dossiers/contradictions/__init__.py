"""What entries say of deadlines, against what we know: raised until a person decides."""
