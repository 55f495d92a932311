"""What is compared and where: indicators, sources, areas and neighbour sets."""
