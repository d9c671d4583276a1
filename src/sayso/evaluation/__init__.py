"""Scorers, gold in the field's formats, and the gate that holds measured floors."""
