"""Synthetic deliveries and timings. Nothing here is imported by the product's folders."""
