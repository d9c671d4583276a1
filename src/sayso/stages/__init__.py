"""Stages: what is read off an article, one layer at a time."""
