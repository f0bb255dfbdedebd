"""Events received over HTTP: judged, without a token, durable before the answer, then handed to the lake as lots. It must not serve boards."""
