"""The ground floor: what every office needs."""
