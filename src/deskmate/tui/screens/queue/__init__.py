"""The queue: the list of requests and the one under the cursor."""
