"""Mutations: approved texts broken on purpose, one fault at a time, to see which faults the checks find."""
