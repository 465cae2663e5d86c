"""The desk: pages over a store, for a browser on this machine. It looks, and changes nothing."""
