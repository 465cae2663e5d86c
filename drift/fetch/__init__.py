"""Page -> Snapshot, and messages out. The only room that speaks HTTP: every connection goes through one gate."""
