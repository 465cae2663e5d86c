"""What answers which rule a sentence states."""
