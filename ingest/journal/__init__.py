"""What the collector answered "accepted" for: frames in append-only segments, durable before the answer. It must not know what a frame holds."""
