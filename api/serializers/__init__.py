"""What the API says: plain serializers that only read, from which the schema is made."""
