"""motcua-agent: signs with a key on one's own computer for one site, and shows what is signed."""
