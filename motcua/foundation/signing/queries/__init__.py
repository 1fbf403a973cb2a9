"""Reading policies, turns, requests and issued papers."""
