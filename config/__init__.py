"""The site: settings, addresses, processes; knows everything, is known by nobody."""
