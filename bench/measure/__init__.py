"""What bench/performance is made of."""
