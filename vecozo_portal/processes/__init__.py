"""Processes of our own: who they run as, where they listen, and that none outlives us."""
