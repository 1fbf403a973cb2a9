"""The engine: pure on bytes. What imports the PDF library is not imported by the door."""
