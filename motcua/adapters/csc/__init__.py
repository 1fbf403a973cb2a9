"""Signs at remote services that speak the API of the Cloud Signature Consortium."""
