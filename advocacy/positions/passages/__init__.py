"""What municipalities said, in pieces that are tagged, cited and answered."""
