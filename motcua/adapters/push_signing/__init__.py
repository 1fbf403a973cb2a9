"""Signs at services that ask their user on the telephone, and are polled for the answer."""
