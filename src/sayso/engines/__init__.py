"""Engines: the same work in one process or in many, with the same result."""
