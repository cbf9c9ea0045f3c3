"""The knowledge over the desk: looked at, changes proposed, and taken into effect when a second person approves."""
