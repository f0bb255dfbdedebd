"""What sends to a collector: signed batches, beacons, and connections that time each answer."""
