"""The steps by which stores of earlier versions become those of this one. Each is written once and never edited."""
