"""The lexicons: words, units and names as data, each entry with the clause it was met in."""
