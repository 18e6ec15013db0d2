"""Pages → bytes → folders that go live whole or not at all."""
