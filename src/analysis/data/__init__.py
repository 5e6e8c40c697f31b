"""Tables on disk: from bytes to cells, and from cells to frames that follow their codebook."""
