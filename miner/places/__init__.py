"""The places that a text speaks of: parks, groups of parks, regions, and the company whose report it is.

`survey` settles what a document is about, `mentions` finds where it names which place.
"""
