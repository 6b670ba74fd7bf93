"""Rules that turn a situation into duties and requests: whenever X, ask Y."""
