"""What is written through the API and how the answers look: serializers from which the schema is made."""
