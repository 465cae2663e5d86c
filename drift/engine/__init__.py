"""From a snapshot to what it says of every rule: pure functions. `pipeline` names them in order."""
