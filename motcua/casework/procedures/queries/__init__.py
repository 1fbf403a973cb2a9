"""Read stories of procedures: the catalogue and its versions, finding by words."""
