"""The hash chain of each site: what its entries say, and how they are entered."""
