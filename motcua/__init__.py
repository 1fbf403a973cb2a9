"""The building: floors from the ground up, one door to each room."""
