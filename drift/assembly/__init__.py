"""The composition root: the only place that knows which concrete thing stands behind each port.

One file for what a command needs: none imports what its command can do without.
"""
